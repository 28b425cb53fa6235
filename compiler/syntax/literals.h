// SPDX-License-Identifier: MIT
// Strings and durations as written.
#pragma once

#include "writ/diagnostic.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace writ::syntax {

/// Removes the quotes and resolves \" \\ \n \t \r \{ \} \u{1F600}. `begin` is the offset of the opening
/// quote.
std::string unescape(std::string_view quoted, std::uint32_t begin, Diagnostics& diagnostics);

/// A piece of a message: text, or the byte range of an expression inside the quoted text.
struct MessagePart {
  bool is_expression = false;
  std::string text;
  std::size_t begin = 0; ///< offsets in the quoted text, without the braces
  std::size_t end = 0;
};
/// Splits "…{expr}…" at its braces. \{ and \} are literal.
std::vector<MessagePart> split_message(std::string_view quoted, std::uint32_t begin,
                                       Diagnostics& diagnostics);

/// "90d" in seconds; nothing when it does not fit.
std::optional<std::int64_t> parse_duration(std::string_view text);

} // namespace writ::syntax
