// SPDX-License-Identifier: MIT
// Percent encoding and RFC 3986 reference resolution.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace writ::reference {

/// Encodes every byte but letters, digits and those in `keep`; upper-case hexadecimal.
std::string percent_encode(std::string_view text, std::string_view keep);
/// A % that two hexadecimal digits do not follow stays.
std::string percent_decode(std::string_view text);

/// `reference` against `base`, absolute and normalised; nothing when the base is no absolute URI with a host.
std::optional<std::string> resolve_uri(std::string_view base, std::string_view reference);

} // namespace writ::reference
