// SPDX-License-Identifier: MIT
// URI references (RFC 3986) and percent-encoding. Private to this layer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace writ::detail {

/// Percent-encodes the UTF-8 bytes of everything but A-Z a-z 0-9 - . _ ~, with upper-case digits.
std::string percent_encode(std::string_view text);
/// Decodes %XX; other percent signs stay. `plus_is_blank` also turns + into a blank. Invalid UTF-8 becomes
/// U+FFFD.
std::string percent_decode(std::string_view text, bool plus_is_blank);
/// Replaces invalid UTF-8 bytes by U+FFFD.
std::string repair_utf8(std::string_view text);

/// The reference resolved against the base: dot segments removed, scheme and host in lower case, characters
/// that no URI may contain percent-encoded, the path of a host at least "/". Nothing when the base is not an
/// absolute URI with a host and of legal characters.
std::optional<std::string> resolve_uri(std::string_view base, std::string_view reference);

} // namespace writ::detail
