// SPDX-License-Identifier: MIT
// UTF-16 positions in UTF-8 text: the template language counts code units. Private to this layer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace writ::detail {

std::size_t utf16_length(std::string_view text);

/// Units [start, start + count), clipped to the text. Half a surrogate pair becomes U+FFFD.
std::string utf16_slice(std::string_view text, std::size_t start, std::size_t count);

} // namespace writ::detail
