// SPDX-License-Identifier: MIT
#include "writ/semantics/datetime.h"

#include <array>

namespace writ {

namespace {

enum class DateZone { None, Utc, Offset };

struct DateParts {
  Instant local = 0;
  bool has_time = false;
  int fraction_digits = 0;
  DateZone zone = DateZone::None;
  Instant offset = 0; ///< of the local time against UTC
};

bool is_leap_year(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int length_of_month(int year, int month) {
  constexpr std::array<int, 12> kLengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : kLengths[static_cast<std::size_t>(month - 1)];
}

/// Days between 0001-01-01 and the first day of a year.
Instant days_before_year(int year) {
  const Instant y = year - 1;
  return y * 365 + y / 4 - y / 100 + y / 400;
}

/// Reads fixed-width fields from the left.
class DateScanner {
public:
  explicit DateScanner(std::string_view text) : text_(text) {}
  bool number(std::size_t width, int low, int high, int& out) {
    if (text_.size() - at_ < width) return false;
    out = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const char c = text_[at_++];
      if (c < '0' || c > '9') return false;
      out = out * 10 + (c - '0');
    }
    return out >= low && out <= high;
  }
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  /// One to seven digits as ticks; how many there were.
  int fraction(Instant& ticks) {
    int count = 0;
    ticks = 0;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9' && count < 8) {
      if (count < 7) ticks = ticks * 10 + (text_[at_] - '0');
      ++count;
      ++at_;
    }
    for (int i = count; i < 7; ++i)
      ticks *= 10;
    return count;
  }
  [[nodiscard]] bool done() const { return at_ == text_.size(); }

private:
  std::string_view text_;
  std::size_t at_ = 0;
};

bool scan_date(std::string_view text, DateParts& out) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return false; // nearly every other string
  DateScanner in(text);
  int year = 0;
  int month = 0;
  int day = 0;
  if (!in.number(4, 1, 9999, year) || !in.take('-') || !in.number(2, 1, 12, month) || !in.take('-') ||
      !in.number(2, 1, length_of_month(year, month), day))
    return false;
  Instant days = days_before_year(year) + day - 1;
  for (int m = 1; m < month; ++m)
    days += length_of_month(year, m);
  out.local = days * kTicksPerDay;
  if (in.done()) return true;

  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!in.take('T') || !in.number(2, 0, 23, hour) || !in.take(':') || !in.number(2, 0, 59, minute) ||
      !in.take(':') || !in.number(2, 0, 59, second))
    return false;
  out.has_time = true;
  out.local += (Instant{hour} * 3600 + Instant{minute} * 60 + second) * kTicksPerSecond;
  if (in.take('.')) {
    Instant ticks = 0;
    out.fraction_digits = in.fraction(ticks);
    if (out.fraction_digits < 1 || out.fraction_digits > 7) return false;
    out.local += ticks;
  }
  if (in.take('Z')) {
    out.zone = DateZone::Utc;
    return in.done();
  }
  const bool east = in.take('+');
  if (east || in.take('-')) {
    if (!in.number(2, 0, 23, hour) || !in.take(':') || !in.number(2, 0, 59, minute)) return false;
    out.zone = DateZone::Offset;
    out.offset = (Instant{hour} * 60 + minute) * 60 * kTicksPerSecond * (east ? 1 : -1);
  }
  return in.done();
}

void append_padded(std::string& out, Instant value, std::size_t width) {
  const std::string digits = std::to_string(value);
  out.append(width > digits.size() ? width - digits.size() : 0, '0').append(digits);
}

} // namespace

std::optional<Instant> parse_date(std::string_view text) {
  DateParts parts;
  if (!scan_date(text, parts)) return std::nullopt;
  return parts.local - parts.offset;
}

std::optional<Instant> parse_universal_date(std::string_view text) {
  DateParts parts;
  if (!scan_date(text, parts) || !parts.has_time || parts.zone == DateZone::None) return std::nullopt;
  if (parts.zone == DateZone::Offset && parts.fraction_digits != 7) return std::nullopt;
  return parts.local - parts.offset;
}

std::string format_instant(Instant instant) {
  Instant days = instant / kTicksPerDay;
  const Instant ticks = instant % kTicksPerDay;
  int year = static_cast<int>(days / 366) + 1; // never too late; at most a few years early
  while (days_before_year(year + 1) <= days)
    ++year;
  days -= days_before_year(year);
  int month = 1;
  while (days >= length_of_month(year, month))
    days -= length_of_month(year, month++);

  const Instant seconds = ticks / kTicksPerSecond;
  std::string out;
  append_padded(out, year, 4);
  out += '-';
  append_padded(out, month, 2);
  out += '-';
  append_padded(out, days + 1, 2);
  out += 'T';
  append_padded(out, seconds / 3600, 2);
  out += ':';
  append_padded(out, seconds / 60 % 60, 2);
  out += ':';
  append_padded(out, seconds % 60, 2);
  out += '.';
  append_padded(out, ticks % kTicksPerSecond, 7);
  out += 'Z';
  return out;
}

} // namespace writ
