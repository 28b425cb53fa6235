// SPDX-License-Identifier: MIT
// Instants: the calendar forward and backward.
#include "writ/semantics/datetime.h"

#include <catch2/catch.hpp>

using namespace writ;

TEST_CASE("every day of ten thousand years goes to text and back") {
  constexpr Instant kDays = (kLastInstant + 1) / kTicksPerDay;
  std::string before;
  for (Instant day = 0; day < kDays; day += 37) {
    const Instant instant = day * kTicksPerDay + (day % 86400) * kTicksPerSecond + day % 7;
    const std::string text = format_instant(instant);
    if (parse_date(text) != instant || parse_universal_date(text) != instant || text <= before) FAIL(text);
    before = text;
  }
  CHECK(format_instant(0) == "0001-01-01T00:00:00.0000000Z");
  CHECK(format_instant(kLastInstant) == "9999-12-31T23:59:59.9999999Z");
  CHECK(parse_universal_date("9999-12-31T23:59:59.9999999-00:01") == kLastInstant + 60 * kTicksPerSecond);
}

TEST_CASE("offsets move an instant") {
  const auto noon = parse_date("2031-05-06T12:00:00Z");
  REQUIRE(noon.has_value());
  CHECK(parse_date("2031-05-06T14:30:00+02:30") == noon);
  CHECK(parse_date("2031-05-06T11:00:00-01:00") == noon);
  CHECK(parse_date("2031-05-06T12:00:00") == noon);
  CHECK(parse_date("2031-05-06") == *noon - kTicksPerDay / 2);
  CHECK(parse_date("2031-05-06T12:00:00.5") == *noon + kTicksPerSecond / 2);
  CHECK_FALSE(parse_date("2031-05-06T12:00:00+2:30").has_value());
  CHECK_FALSE(parse_date("2031-05-06T12:00:00+02:60").has_value());
  CHECK_FALSE(parse_date("2031-05-06T12:00:00ZZ").has_value());
  CHECK_FALSE(parse_date("2031-05-06T").has_value());
  CHECK_FALSE(parse_date("2031-00-06").has_value());
  CHECK_FALSE(parse_date("2031-04-31").has_value());
  CHECK_FALSE(parse_date("1900-02-29").has_value());
  CHECK(parse_date("2000-02-29").has_value());
}
