// SPDX-License-Identifier: MIT
// Date strings as instants. Source: docs/azure-policy-semantics.md, "Ordering" and "Functions".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace writ {

/// 100-nanosecond ticks since 0001-01-01T00:00:00Z, proleptic Gregorian calendar.
using Instant = std::int64_t;

inline constexpr Instant kTicksPerSecond = 10'000'000;
inline constexpr Instant kTicksPerDay = 86'400 * kTicksPerSecond;
inline constexpr Instant kLastInstant = 3'652'059 * kTicksPerDay - 1; ///< end of the year 9999

/// YYYY-MM-DD, optionally THH:MM:SS, then optionally a point and 1-7 digits, then optionally Z or ±HH:MM.
/// Without zone UTC, without time midnight. What the ordering operators take for a date.
std::optional<Instant> parse_date(std::string_view text);
/// The stricter form that the function addDays takes: with time, and Z, or exactly 7 fraction digits and an
/// offset, which may move the instant a day out of the years 1 to 9999.
std::optional<Instant> parse_universal_date(std::string_view text);
/// yyyy-MM-ddTHH:mm:ss.fffffffZ. Requires 0 <= instant <= kLastInstant.
std::string format_instant(Instant instant);

} // namespace writ
