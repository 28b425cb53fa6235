// SPDX-License-Identifier: MIT
// Instants in 100-nanosecond ticks since 0001-01-01T00:00:00Z. Source: "Ordering", "Dates; error model".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace writ::reference {

using Ticks = std::int64_t;
constexpr Ticks kTicksPerSecond = 10'000'000;
constexpr Ticks kTicksPerDay = 86'400 * kTicksPerSecond;
/// One past 9999-12-31T23:59:59.9999999Z.
constexpr Ticks kTicksEnd = 3'652'059 * kTicksPerDay;

/// A date string of the ordering operators: date, or date and time with optional fraction and zone (none =
/// UTC).
std::optional<Ticks> parse_comparable_date(std::string_view text);
/// A date string of `addDays`: with `Z`, or with an offset after exactly seven fraction digits.
std::optional<Ticks> parse_strict_date(std::string_view text);
/// yyyy-MM-ddTHH:mm:ss.fffffffZ
std::string format_date(Ticks ticks);

} // namespace writ::reference
