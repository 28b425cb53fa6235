// SPDX-License-Identifier: MIT
// Truth of a condition: Kleene's three values plus "evaluation failed".
#pragma once

#include <cstdint>

namespace writ {

/// False and True are decided. Unknown: the input does not tell. Error: evaluation failed.
/// Source: docs/azure-policy-semantics.md, "Truth".
enum class Truth : std::uint8_t { False = 0, True = 1, Unknown = 2, Error = 3 };

[[nodiscard]] constexpr bool decided(Truth t) { return t == Truth::False || t == Truth::True; }
[[nodiscard]] constexpr Truth truth_of(bool b) { return b ? Truth::True : Truth::False; }

/// False wins over everything, then Error, then Unknown: the order of evaluation never matters.
[[nodiscard]] constexpr Truth truth_and(Truth a, Truth b) {
  if (a == Truth::False || b == Truth::False) return Truth::False;
  if (a == Truth::Error || b == Truth::Error) return Truth::Error;
  if (a == Truth::Unknown || b == Truth::Unknown) return Truth::Unknown;
  return Truth::True;
}
/// True wins over everything, then Error, then Unknown.
[[nodiscard]] constexpr Truth truth_or(Truth a, Truth b) {
  if (a == Truth::True || b == Truth::True) return Truth::True;
  if (a == Truth::Error || b == Truth::Error) return Truth::Error;
  if (a == Truth::Unknown || b == Truth::Unknown) return Truth::Unknown;
  return Truth::False;
}
[[nodiscard]] constexpr Truth truth_not(Truth t) {
  return t == Truth::False ? Truth::True : t == Truth::True ? Truth::False : t;
}

} // namespace writ
