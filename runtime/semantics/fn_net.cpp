// SPDX-License-Identifier: MIT
// ipRangeContains. Source: "Functions".
#include "call.h"

#include "writ/semantics/ip_range.h"

namespace writ::fn {

Value IpRangeContains(const Call& call) {
  std::array<IpRange, 2> ranges{};
  for (std::size_t i = 0; i < 2; ++i) {
    if (!call[i].is(ValueKind::String)) return call.bad_argument(i, "a string");
    const auto range = parse_ip_range(call[i].as_string());
    if (!range)
      return call.fail("bad-ip-range",
                       std::string("`").append(call[i].as_string()).append("` is not an address or range"));
    ranges[i] = *range;
  }
  if (ranges[0].v6 != ranges[1].v6) return call.fail("bad-ip-range", "IPv4 and IPv6 cannot be compared");
  return Value::boolean(contains(ranges[0], ranges[1]));
}

} // namespace writ::fn
