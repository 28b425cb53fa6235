// SPDX-License-Identifier: MIT
// The hashes behind guid and uniqueString. Private to this layer.
#pragma once

#include <string>
#include <string_view>

namespace writ::detail {

/// RFC 4122 version 5 UUID of a name in the name space of Azure templates, lower case.
std::string name_based_guid(std::string_view name);
/// Thirteen characters a-z, 2-7 of a 64-bit Murmur-like hash.
std::string unique_string(std::string_view text);

} // namespace writ::detail
