// SPDX-License-Identifier: MIT
#include "number_format.h"

#include "decimal.h"
#include "writ/semantics/number_text.h"

#include <array>
#include <charconv>
#include <cstdlib>

namespace writ::detail {

namespace {

constexpr int kMaxPrecision = 99;

std::string digits_with_point(const Decimal& number, int places, bool grouped) {
  std::string whole = number.integer();
  if (whole.empty()) whole = "0";
  std::string out = grouped ? group_thousands(whole) : whole;
  if (places > 0) out.append(".").append(number.fraction(places));
  return out;
}

std::string fixed(Decimal number, int places, bool grouped) {
  number.round_to_places(places);
  return (number.negative ? "-" : "") + digits_with_point(number, places, grouped);
}

std::string percent(Decimal number, int places) {
  number.point += 2;
  return fixed(number, places, true) + " %";
}

/// The invariant culture writes negative amounts in parentheses.
std::string currency(Decimal number, int places) {
  constexpr const char* kSign = "\xC2\xA4";
  number.round_to_places(places);
  const std::string amount = kSign + digits_with_point(number, places, true);
  return number.negative ? "(" + amount + ")" : amount;
}

/// d.ddd and an exponent with sign and at least `exponent_digits` digits. `places` < 0: as many as there are.
std::string scientific(const Decimal& number, int places, std::size_t exponent_digits, char letter) {
  std::string out = number.negative ? "-" : "";
  out += number.digits.empty() ? '0' : number.digits[0];
  std::string rest = number.digits.empty() ? "" : number.digits.substr(1);
  if (places >= 0) rest.resize(static_cast<std::size_t>(places), '0');
  if (!rest.empty()) out.append(".").append(rest);
  const int exponent = number.digits.empty() ? 0 : number.point - 1;
  const std::string magnitude = std::to_string(std::abs(exponent));
  out += letter;
  out += exponent < 0 ? '-' : '+';
  out.append(magnitude.size() < exponent_digits ? exponent_digits - magnitude.size() : 0, '0');
  return out.append(magnitude);
}

std::string exponential(Decimal number, int places, char letter) {
  number.round_to_digits(places + 1);
  return scientific(number, places, 3, letter);
}

/// Without precision (0): every digit of an integer, the shortest text of a floating-point number.
std::string general(const Value& value, int precision, char letter) {
  Decimal number = decimal_of(value);
  int significant = precision;
  if (significant == 0) significant = value.is(ValueKind::Int) ? 19 : 15;
  if (precision > 0) number.round_to_digits(precision);
  const int exponent = number.digits.empty() ? 0 : number.point - 1;
  if (exponent >= significant || exponent <= -5) return scientific(number, -1, 2, letter);
  const int places = static_cast<int>(number.digits.size()) - number.point;
  return (number.negative ? "-" : "") + digits_with_point(number, places > 0 ? places : 0, false);
}

std::string decimal_integer(std::int64_t value, int digits) {
  std::string text;
  append_integer(text, value);
  const bool negative = text[0] == '-';
  if (negative) text.erase(0, 1);
  const auto width = static_cast<std::size_t>(digits);
  text.insert(0, text.size() < width ? width - text.size() : 0, '0');
  return negative ? "-" + text : text;
}

std::string hexadecimal(std::int64_t value, int digits, bool upper) {
  std::array<char, 20> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), static_cast<std::uint64_t>(value), 16);
  std::string text(buffer.data(), end.ptr);
  if (upper)
    for (char& c : text)
      if (c >= 'a') c = static_cast<char>(c - 32);
  const auto width = static_cast<std::size_t>(digits);
  return text.insert(0, text.size() < width ? width - text.size() : 0, '0');
}

/// The digits behind the letter: -1 when there are none, nothing when there is something else.
std::optional<int> precision_of(std::string_view text) {
  if (text.empty()) return -1;
  if (text.size() > 2) return std::nullopt;
  int precision = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    precision = precision * 10 + (c - '0');
  }
  return precision <= kMaxPrecision ? std::optional(precision) : std::nullopt;
}

} // namespace

std::string group_thousands(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::optional<std::string> format_number(const Value& number, std::string_view spec) {
  const char letter = spec.front();
  const bool is_letter = (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
  if (!is_letter) return format_picture(number, spec);
  const auto given = precision_of(spec.substr(1));
  if (!given) return std::nullopt;
  const int precision = *given;
  const int places = precision < 0 ? 2 : precision;
  switch (letter) {
  case 'D':
  case 'd':
    if (!number.is(ValueKind::Int)) return std::nullopt;
    return decimal_integer(number.as_int(), precision < 0 ? 1 : precision);
  case 'X':
  case 'x':
    if (!number.is(ValueKind::Int)) return std::nullopt;
    return hexadecimal(number.as_int(), precision < 0 ? 1 : precision, letter == 'X');
  case 'N':
  case 'n':
    return fixed(decimal_of(number), places, true);
  case 'F':
  case 'f':
    return fixed(decimal_of(number), places, false);
  case 'P':
  case 'p':
    return percent(decimal_of(number), places);
  case 'C':
  case 'c':
    return currency(decimal_of(number), places);
  case 'E':
  case 'e':
    return exponential(decimal_of(number), precision < 0 ? 6 : precision, letter);
  case 'G':
  case 'g':
    return general(number, precision < 0 ? 0 : precision, letter == 'G' ? 'E' : 'e');
  default:
    return std::nullopt;
  }
}

} // namespace writ::detail
