// SPDX-License-Identifier: MIT
// Decimal digits of a number, for number formats. Private to this layer.
#pragma once

#include "writ/semantics/value.h"

#include <string>

namespace writ::detail {

/// The number 0.d1d2d3… · 10^point. No leading zeros: zero has no digits.
struct Decimal {
  bool negative = false;
  std::string digits;
  int point = 0;

  /// The digits before and after the decimal point, padded with zeros where the number has none. `integer` is
  /// empty for numbers below one.
  [[nodiscard]] std::string integer() const;
  [[nodiscard]] std::string fraction(int places) const;
  /// Half away from zero; a number that becomes zero loses its sign.
  void round_to_places(int places);
  void round_to_digits(int count);

private:
  void keep_digits(int count);
};

/// Of an Int or Float; of a Float the shortest digits that read back to it.
Decimal decimal_of(const Value& number);

} // namespace writ::detail
