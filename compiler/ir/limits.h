// SPDX-License-Identifier: MIT
// Azure's documented limits, by name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace writ::azure {

enum class Limit : std::uint8_t {
#define WRIT_LIMIT(name, number, what, source) name,
#include "ir/limits.def"
#undef WRIT_LIMIT
};

struct LimitInfo {
  Limit limit;
  std::string_view name;
  std::size_t most;
  std::string_view what; ///< "conditions in `if`", behind a number
  std::string_view source;
};

std::span<const LimitInfo> all_limits();
const LimitInfo& info(Limit limit);

/// The number itself.
constexpr std::size_t most(Limit limit) {
  switch (limit) {
#define WRIT_LIMIT(name, number, what, source)                                                               \
  case Limit::name:                                                                                          \
    return number;
#include "ir/limits.def"
#undef WRIT_LIMIT
  }
  return 0;
}

/// Characters as Azure counts them: UTF-16 units.
std::size_t utf16_length(std::string_view text);
/// 4096 -> "4,096".
std::string with_separators(std::size_t number);
/// "21 parameters of a definition; Azure takes 20". `where`: what is counted of several, or empty.
std::string excess_text(Limit limit, std::size_t count, std::string_view where = {});

} // namespace writ::azure
