// SPDX-License-Identifier: MIT
// The two deterministic hashes of the template language. Source: "uniqueString and guid".
#pragma once

#include <string>
#include <string_view>

namespace writ::reference {

/// Thirteen characters a-z2-7.
std::string unique_string(std::string_view bytes);
/// RFC 4122 version 5 in the template engine's namespace, lower case with dashes.
std::string name_based_guid(std::string_view bytes);

} // namespace writ::reference
