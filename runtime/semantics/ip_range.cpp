// SPDX-License-Identifier: MIT
#include "writ/semantics/ip_range.h"

#include <algorithm>

namespace writ {

namespace {

using AddressBytes = std::array<std::uint8_t, 16>;

struct Address {
  bool v6 = false;
  AddressBytes bytes{};
};

/// One to three decimal digits, at most `limit`.
std::optional<int> small_decimal(std::string_view text, int limit) {
  if (text.empty() || text.size() > 3) return std::nullopt;
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value <= limit ? std::optional(value) : std::nullopt;
}

/// Four dotted numbers, written to `out`.
bool parse_dotted(std::string_view text, std::uint8_t* out) {
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = text.find('.');
    if ((dot == std::string_view::npos) != (part == 3)) return false;
    const std::string_view number = text.substr(0, dot);
    if (number.size() > 1 && number[0] == '0') return false; // would be octal elsewhere
    const auto value = small_decimal(number, 255);
    if (!value) return false;
    out[part] = static_cast<std::uint8_t>(*value);
    if (part < 3) text.remove_prefix(dot + 1);
  }
  return true;
}

std::optional<std::uint16_t> hex_group(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  unsigned value = 0;
  for (char c : text) {
    unsigned digit = 0;
    if (c >= '0' && c <= '9')
      digit = static_cast<unsigned>(c - '0');
    else if (c >= 'a' && c <= 'f')
      digit = static_cast<unsigned>(c - 'a') + 10;
    else if (c >= 'A' && c <= 'F')
      digit = static_cast<unsigned>(c - 'A') + 10;
    else
      return std::nullopt;
    value = value * 16 + digit;
  }
  return static_cast<std::uint16_t>(value);
}

/// Groups between colons into `out` (room for 16 bytes); the last may be dotted IPv4. Number of bytes, or -1.
int parse_groups(std::string_view text, std::uint8_t* out) {
  int size = 0;
  if (text.empty()) return 0;
  while (true) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    if (colon == std::string_view::npos && group.find('.') != std::string_view::npos) {
      if (size > 12 || !parse_dotted(group, out + size)) return -1;
      return size + 4;
    }
    const auto value = hex_group(group);
    if (!value || size > 14) return -1;
    out[size++] = static_cast<std::uint8_t>(*value >> 8);
    out[size++] = static_cast<std::uint8_t>(*value & 0xFF);
    if (colon == std::string_view::npos) return size;
    text.remove_prefix(colon + 1);
  }
}

std::optional<Address> parse_v6(std::string_view text) {
  Address address;
  address.v6 = true;
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos)
    return parse_groups(text, address.bytes.data()) == 16 ? std::optional(address) : std::nullopt;
  AddressBytes tail{};
  const std::string_view before = text.substr(0, gap);
  // A dotted tail may only end the address, so the part before the gap must not have one.
  if (before.find('.') != std::string_view::npos) return std::nullopt;
  const int head_size = parse_groups(before, address.bytes.data());
  const int tail_size = parse_groups(text.substr(gap + 2), tail.data());
  if (head_size < 0 || tail_size < 0 || head_size + tail_size > 14) return std::nullopt;
  std::copy_n(tail.begin(), tail_size, address.bytes.end() - tail_size);
  return address;
}

std::optional<Address> parse_address(std::string_view text) {
  if (text.find(':') != std::string_view::npos) return parse_v6(text);
  Address address;
  if (!parse_dotted(text, address.bytes.data())) return std::nullopt;
  return address;
}

} // namespace

std::optional<IpRange> parse_ip_range(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash != std::string_view::npos) {
    const auto low = parse_address(text.substr(0, dash));
    const auto high = parse_address(text.substr(dash + 1));
    if (!low || !high || low->v6 != high->v6 || high->bytes < low->bytes) return std::nullopt;
    return IpRange{low->v6, low->bytes, high->bytes};
  }
  const std::size_t slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (!address) return std::nullopt;
  IpRange range{address->v6, address->bytes, address->bytes};
  if (slash == std::string_view::npos) return range;
  const int bits = address->v6 ? 128 : 32;
  const auto prefix = small_decimal(text.substr(slash + 1), bits);
  if (!prefix) return std::nullopt;
  for (int bit = *prefix; bit < bits; ++bit) {
    const auto index = static_cast<std::size_t>(bit / 8);
    const auto mask = static_cast<std::uint8_t>(0x80 >> (bit % 8));
    range.low[index] = static_cast<std::uint8_t>(range.low[index] & ~mask);
    range.high[index] = static_cast<std::uint8_t>(range.high[index] | mask);
  }
  return range;
}

bool contains(const IpRange& outer, const IpRange& inner) {
  return outer.low <= inner.low && inner.high <= outer.high;
}

} // namespace writ
