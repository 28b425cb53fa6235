// SPDX-License-Identifier: MIT
#include "ir/limits.h"

#include <array>
#include <fmt/format.h>

namespace writ::azure {

namespace {

constexpr std::array kLimits = {
#define WRIT_LIMIT(name, number, what, source) LimitInfo{Limit::name, #name, number, what, source},
#include "ir/limits.def"
#undef WRIT_LIMIT
};

} // namespace

std::span<const LimitInfo> all_limits() { return kLimits; }
const LimitInfo& info(Limit limit) { return kLimits[static_cast<std::size_t>(limit)]; }

std::size_t utf16_length(std::string_view text) {
  std::size_t out = 0;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) continue;
    out += byte >= 0xF0 ? 2 : 1;
  }
  return out;
}

std::string excess_text(Limit limit, std::size_t count, std::string_view where) {
  const LimitInfo& row = info(limit);
  return fmt::format("{} {}{}; Azure takes {}", with_separators(count), row.what,
                     where.empty() ? std::string() : fmt::format(" ({})", where), with_separators(row.most));
}

std::string with_separators(std::size_t number) {
  std::string out = std::to_string(number);
  for (std::size_t at = out.size(); at > 3;)
    out.insert(at -= 3, ",");
  return out;
}

} // namespace writ::azure
