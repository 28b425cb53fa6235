// SPDX-License-Identifier: MIT
#include "ip_range.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace writ::reference {
namespace {

struct Address {
  int bytes = 4;
  std::array<std::uint8_t, 16> value{};
};

std::optional<Address> parse_address(std::string_view text) {
  Address out;
  const std::string copy(text);
  if (copy.find('\0') != std::string::npos) return std::nullopt;
  // inet_pton refuses short forms, leading zeros and zone ids, as wanted.
  if (inet_pton(AF_INET, copy.c_str(), out.value.data()) == 1) return out;
  out.bytes = 16;
  if (inet_pton(AF_INET6, copy.c_str(), out.value.data()) == 1) return out;
  return std::nullopt;
}

} // namespace

std::optional<IpRange> parse_ip_range(std::string_view text) {
  if (const auto slash = text.find('/'); slash != std::string_view::npos) {
    const auto address = parse_address(text.substr(0, slash));
    const std::string_view digits = text.substr(slash + 1);
    if (!address || digits.empty() || digits.size() > 3) return std::nullopt;
    int prefix = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size() || digits[0] == '-' ||
        prefix > address->bytes * 8)
      return std::nullopt;
    IpRange range{address->bytes, address->value, address->value};
    for (int bit = prefix; bit < address->bytes * 8; ++bit) {
      const auto index = static_cast<std::size_t>(bit / 8);
      const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
      range.low[index] = static_cast<std::uint8_t>(range.low[index] & ~mask);
      range.high[index] = static_cast<std::uint8_t>(range.high[index] | mask);
    }
    return range;
  }
  if (const auto dash = text.find('-'); dash != std::string_view::npos) {
    const auto low = parse_address(text.substr(0, dash));
    const auto high = parse_address(text.substr(dash + 1));
    if (!low || !high || low->bytes != high->bytes || high->value < low->value) return std::nullopt;
    return IpRange{low->bytes, low->value, high->value};
  }
  const auto address = parse_address(text);
  if (!address) return std::nullopt;
  return IpRange{address->bytes, address->value, address->value};
}

bool contains(const IpRange& outer, const IpRange& inner) {
  return outer.bytes == inner.bytes && outer.low <= inner.low && inner.high <= outer.high;
}

} // namespace writ::reference
