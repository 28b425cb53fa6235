// SPDX-License-Identifier: MIT
// Small checks that the function files share.
#pragma once

#include "functions.h"
#include "value.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace writ::reference {

inline Outcome bad_argument(std::size_t index, std::string_view wanted) {
  return Outcome::error("bad-argument-type",
                        "argument " + std::to_string(index + 1) + " must be " + std::string(wanted));
}

/// A string, or null read as "".
inline std::optional<std::string> text_argument(const json& value) {
  if (value.is_null()) return std::string();
  if (value.is_string()) return value.get<std::string>();
  return std::nullopt;
}

inline bool fits_int32(std::int64_t n) {
  return n >= std::numeric_limits<std::int32_t>::min() && n <= std::numeric_limits<std::int32_t>::max();
}

/// Deep, strings and keys case-sensitive, member order free. `mixed_numbers`: 1 equals 1.0.
bool function_equal(const json& a, const json& b, bool mixed_numbers);

} // namespace writ::reference
