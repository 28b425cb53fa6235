// SPDX-License-Identifier: MIT
// A decimal number as its digits: what numeric format pictures work on.
#pragma once

#include "json.h"

#include <string>

namespace writ::reference {

/// (-1)^negative × 0.digits × 10^point; no leading zeros; zero has no digits.
struct Decimal {
  bool negative = false;
  std::string digits;
  int point = 0;

  /// An integer exactly, a float by its shortest digits.
  static Decimal of(const json& number);

  /// Keeps `count` digits, half away from zero.
  void round_to_digits(int count);
  void round_to_decimals(int decimals) { round_to_digits(point + decimals); }
  [[nodiscard]] std::string whole() const;             ///< "" for |x| < 1
  [[nodiscard]] std::string decimals(int count) const; ///< exactly `count` digits after the point
};

/// Thousands separated by commas.
std::string group_thousands(const std::string& digits);

} // namespace writ::reference
