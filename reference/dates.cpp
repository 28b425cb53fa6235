// SPDX-License-Identifier: MIT
#include "dates.h"

#include <array>
#include <cstdio>

namespace writ::reference {
namespace {

/// Reads a date string piece by piece; every method is false when the text does not go on so.
class DateReader {
public:
  explicit DateReader(std::string_view text) : text_(text) {}

  bool digits(std::size_t count, int& out) {
    if (at_ + count > text_.size()) return false;
    out = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const char c = text_[at_ + i];
      if (c < '0' || c > '9') return false;
      out = out * 10 + (c - '0');
    }
    at_ += count;
    return true;
  }
  bool literal(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  [[nodiscard]] bool done() const { return at_ == text_.size(); }

private:
  std::string_view text_;
  std::size_t at_ = 0;
};

struct DateParts {
  Ticks local = 0;
  int fraction_digits = -1; ///< -1: no point
  bool has_time = false;
  bool has_zulu = false;
  bool has_offset = false;
  Ticks offset = 0;
};

bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

/// Days from 0001-01-01 to the given day.
Ticks day_number(int year, int month, int day) {
  const int y = year - 1;
  Ticks days = Ticks{y} * 365 + y / 4 - y / 100 + y / 400;
  for (int m = 1; m < month; ++m)
    days += days_in_month(year, m);
  return days + day - 1;
}

std::optional<DateParts> read_date(std::string_view text) {
  DateReader in(text);
  DateParts parts;
  int year = 0;
  int month = 0;
  int day = 0;
  if (!in.digits(4, year) || !in.literal('-') || !in.digits(2, month) || !in.literal('-') ||
      !in.digits(2, day))
    return std::nullopt;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return std::nullopt;
  parts.local = day_number(year, month, day) * kTicksPerDay;
  if (in.done()) return parts;

  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!in.literal('T') || !in.digits(2, hour) || !in.literal(':') || !in.digits(2, minute) ||
      !in.literal(':') || !in.digits(2, second) || hour > 23 || minute > 59 || second > 59)
    return std::nullopt;
  parts.has_time = true;
  parts.local += (Ticks{hour} * 3600 + minute * 60 + second) * kTicksPerSecond;
  if (in.literal('.')) {
    parts.fraction_digits = 0;
    Ticks unit = kTicksPerSecond;
    int digit = 0;
    while (in.digits(1, digit)) {
      unit /= 10;
      parts.local += digit * unit;
      ++parts.fraction_digits;
    }
    if (parts.fraction_digits < 1 || parts.fraction_digits > 7) return std::nullopt;
  }
  if (in.literal('Z')) {
    parts.has_zulu = true;
  } else if (!in.done()) {
    const bool negative = in.literal('-');
    int hours = 0;
    int minutes = 0;
    if ((!negative && !in.literal('+')) || !in.digits(2, hours) || !in.literal(':') ||
        !in.digits(2, minutes) || hours > 23 || minutes > 59)
      return std::nullopt;
    parts.has_offset = true;
    parts.offset = (Ticks{hours} * 3600 + minutes * 60) * kTicksPerSecond * (negative ? -1 : 1);
  }
  if (!in.done()) return std::nullopt;
  return parts;
}

} // namespace

std::optional<Ticks> parse_comparable_date(std::string_view text) {
  const auto parts = read_date(text);
  if (!parts) return std::nullopt;
  return parts->local - parts->offset;
}

std::optional<Ticks> parse_strict_date(std::string_view text) {
  const auto parts = read_date(text);
  if (!parts || !parts->has_time) return std::nullopt;
  if (!parts->has_zulu && !(parts->has_offset && parts->fraction_digits == 7)) return std::nullopt;
  return parts->local - parts->offset;
}

std::string format_date(Ticks ticks) {
  Ticks days = ticks / kTicksPerDay;
  const Ticks in_day = ticks % kTicksPerDay;
  int year = 1 + static_cast<int>(days / 366);
  while (year < 9999 && day_number(year + 1, 1, 1) <= days)
    ++year;
  days -= day_number(year, 1, 1);
  int month = 1;
  while (days >= days_in_month(year, month)) {
    days -= days_in_month(year, month);
    ++month;
  }
  const Ticks seconds = in_day / kTicksPerSecond;
  std::array<char, 64> buffer{};
  const int n = std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%07dZ", year,
                              month, static_cast<int>(days) + 1, static_cast<int>(seconds / 3600),
                              static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60),
                              static_cast<int>(in_day % kTicksPerSecond));
  return {buffer.data(), static_cast<std::size_t>(n)};
}

} // namespace writ::reference
