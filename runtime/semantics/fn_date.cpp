// SPDX-License-Identifier: MIT
// addDays. Source: "Functions".
#include "call.h"

#include "writ/semantics/datetime.h"

namespace writ::fn {

Value AddDays(const Call& call) {
  if (!call[0].is(ValueKind::String)) return call.bad_argument(0, "a string");
  Value error;
  const auto days = index_argument(call, 1, error);
  if (!days) return error;
  const auto instant = parse_universal_date(call[0].as_string());
  if (!instant) return call.fail("bad-date", "the string is not a date like 2031-05-06T07:08:09Z");
  // 32-bit counts of days times ticks would overflow; no date is further away than all of them.
  constexpr std::int64_t kAllDays = (kLastInstant + 1) / kTicksPerDay;
  if (*days > kAllDays || *days < -kAllDays)
    return call.fail("overflow", "the date leaves the years 1 to 9999");
  const Instant moved = *instant + *days * kTicksPerDay;
  if (moved < 0 || moved > kLastInstant) return call.fail("overflow", "the date leaves the years 1 to 9999");
  return call.text(format_instant(moved));
}

} // namespace writ::fn
