// SPDX-License-Identifier: MIT
// Address ranges of `ipRangeContains`. Source: the section of that function.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace writ::reference {

/// An inclusive interval of addresses of one family, in network byte order.
struct IpRange {
  int bytes = 4; ///< 4 or 16
  std::array<std::uint8_t, 16> low{};
  std::array<std::uint8_t, 16> high{};
};

/// `address`, `address/prefix` or `start-end`; nothing when the text is none of these.
std::optional<IpRange> parse_ip_range(std::string_view text);
bool contains(const IpRange& outer, const IpRange& inner);

} // namespace writ::reference
