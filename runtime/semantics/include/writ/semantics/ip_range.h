// SPDX-License-Identifier: MIT
// Intervals of IPv4 and IPv6 addresses, as the function ipRangeContains reads them.
// Source: docs/azure-policy-semantics.md, "Functions".
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace writ {

/// Inclusive. Addresses in network order; IPv4 uses the first four bytes, the others are zero.
struct IpRange {
  bool v6 = false;
  std::array<std::uint8_t, 16> low{};
  std::array<std::uint8_t, 16> high{};
};

/// A single address, `address/prefix` (host bits may be set: the whole network is meant) or `start-end`.
/// Nothing for any other text, a prefix too long, mixed families or an end before the start. Short and octal
/// IPv4 forms and zone ids are not addresses.
std::optional<IpRange> parse_ip_range(std::string_view text);

/// Requires the same family.
bool contains(const IpRange& outer, const IpRange& inner);

} // namespace writ
