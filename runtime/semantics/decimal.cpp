// SPDX-License-Identifier: MIT
#include "decimal.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace writ::detail {

std::string Decimal::integer() const {
  if (point <= 0) return {};
  std::string out = digits.substr(0, static_cast<std::size_t>(point));
  return out.append(static_cast<std::size_t>(point) - out.size(), '0');
}

std::string Decimal::fraction(int places) const {
  std::string out;
  for (int i = 0; i < places; ++i) {
    const int index = point + i;
    out +=
        index >= 0 && index < static_cast<int>(digits.size()) ? digits[static_cast<std::size_t>(index)] : '0';
  }
  return out;
}

void Decimal::keep_digits(int count) {
  if (count >= static_cast<int>(digits.size())) return;
  const bool up = count >= 0 && digits[static_cast<std::size_t>(count)] >= '5';
  digits.resize(static_cast<std::size_t>(std::max(count, 0)));
  if (up) {
    std::size_t i = digits.size();
    while (i > 0 && digits[i - 1] == '9')
      digits[--i] = '0';
    if (i > 0) {
      ++digits[i - 1];
    } else {
      digits.insert(digits.begin(), '1');
      ++point;
    }
  }
  while (!digits.empty() && digits.back() == '0')
    digits.pop_back();
  if (digits.empty()) *this = {};
}

void Decimal::round_to_places(int places) { keep_digits(point + places); }

void Decimal::round_to_digits(int count) { keep_digits(count); }

Decimal decimal_of(const Value& number) {
  std::array<char, 40> buffer{};
  Decimal out;
  char* const begin = buffer.data();
  char* const limit = begin + buffer.size();
  const char* end = begin;
  if (number.is(ValueKind::Int)) {
    end = std::to_chars(begin, limit, number.as_int()).ptr;
    for (const char* c = begin; c != end; ++c)
      if (*c != '-') out.digits += *c;
    out.point = static_cast<int>(out.digits.size());
  } else {
    end = std::to_chars(begin, limit, number.as_float(), std::chars_format::scientific).ptr;
    const char* c = begin;
    for (; c != end && *c != 'e'; ++c)
      if (*c >= '0' && *c <= '9') out.digits += *c;
    if (c != end) ++c; // e
    if (c != end && *c == '+') ++c;
    std::from_chars(c, end, out.point);
    ++out.point;
  }
  out.negative = buffer[0] == '-';
  while (!out.digits.empty() && out.digits.back() == '0')
    out.digits.pop_back();
  if (out.digits.empty()) out = {}; // zero, also a negative one
  return out;
}

} // namespace writ::detail
