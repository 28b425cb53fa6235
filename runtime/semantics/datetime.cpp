// SPDX-License-Identifier: MIT
#include "writ/semantics/datetime.h"

#include <cstdio>

namespace writ {

namespace {

constexpr Ticks kLastTick = 3'652'059 * kTicksPerDay - 1; // 9999-12-31T23:59:59.9999999

bool leap_year(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap_year(year) ? 29 : kDays[month - 1];
}

/// Days since 0001-01-01.
std::int64_t days_before(int year, int month, int day) {
  const int y = year - 1;
  std::int64_t days = std::int64_t{365} * y + y / 4 - y / 100 + y / 400;
  for (int m = 1; m < month; ++m)
    days += days_in_month(year, m);
  return days + day - 1;
}

class DateReader {
public:
  explicit DateReader(std::string_view text) : text_(text) {}
  bool digits(int count, int& out) {
    out = 0;
    for (int i = 0; i < count; ++i) {
      if (position_ >= text_.size() || text_[position_] < '0' || text_[position_] > '9') return false;
      out = out * 10 + (text_[position_++] - '0');
    }
    return true;
  }
  bool accept(char c) {
    if (position_ < text_.size() && text_[position_] == c) return ++position_, true;
    return false;
  }
  [[nodiscard]] bool done() const { return position_ == text_.size(); }
  /// Fraction of a second in ticks: 1 to 7 digits.
  bool fraction(Ticks& out) {
    out = 0;
    int count = 0;
    while (position_ < text_.size() && text_[position_] >= '0' && text_[position_] <= '9') {
      if (++count > 7) return false;
      out = out * 10 + (text_[position_++] - '0');
    }
    for (int i = count; i < 7; ++i)
      out *= 10;
    return count > 0;
  }

private:
  std::string_view text_;
  std::size_t position_ = 0;
};

} // namespace

std::optional<Ticks> parse_date(std::string_view text) {
  DateReader in(text);
  int year = 0;
  int month = 0;
  int day = 0;
  if (!in.digits(4, year) || !in.accept('-') || !in.digits(2, month) || !in.accept('-') || !in.digits(2, day))
    return std::nullopt;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return std::nullopt;
  Ticks ticks = days_before(year, month, day) * kTicksPerDay;
  if (in.done()) return ticks;
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!in.accept('T') || !in.digits(2, hour) || !in.accept(':') || !in.digits(2, minute) || !in.accept(':') ||
      !in.digits(2, second))
    return std::nullopt;
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  ticks += (Ticks{hour} * 3600 + minute * 60 + second) * kTicksPerSecond;
  if (in.accept('.')) {
    Ticks fraction = 0;
    if (!in.fraction(fraction)) return std::nullopt;
    ticks += fraction;
  }
  if (in.done() || (in.accept('Z') && in.done())) return ticks;
  const bool east = in.accept('+');
  if (!east && !in.accept('-')) return std::nullopt;
  int zone_hours = 0;
  int zone_minutes = 0;
  if (!in.digits(2, zone_hours) || !in.accept(':') || !in.digits(2, zone_minutes) || !in.done())
    return std::nullopt;
  if (zone_hours > 14 || zone_minutes > 59) return std::nullopt;
  const Ticks offset = (Ticks{zone_hours} * 3600 + zone_minutes * 60) * kTicksPerSecond;
  return east ? ticks - offset : ticks + offset;
}

std::string format_date(Ticks ticks) {
  if (ticks < 0) ticks = 0;
  std::int64_t days = ticks / kTicksPerDay;
  const Ticks rest = ticks % kTicksPerDay;
  int year = static_cast<int>(days / 366) + 1;
  while (days_before(year + 1, 1, 1) <= days)
    ++year;
  days -= days_before(year, 1, 1);
  int month = 1;
  while (days >= days_in_month(year, month))
    days -= days_in_month(year, month++);
  const auto seconds = static_cast<int>(rest / kTicksPerSecond);
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02dT%02d:%02d:%02d.%07dZ", year, month,
                static_cast<int>(days) + 1, seconds / 3600, seconds / 60 % 60, seconds % 60,
                static_cast<int>(rest % kTicksPerSecond));
  return buffer;
}

bool add_days(Ticks& ticks, std::int64_t days) {
  constexpr std::int64_t kAllDays = 3'652'059;
  if (days > kAllDays || days < -kAllDays) return false;
  const Ticks moved = ticks + days * kTicksPerDay;
  if (moved < 0 || moved > kLastTick) return false;
  ticks = moved;
  return true;
}

} // namespace writ
