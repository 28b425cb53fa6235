// SPDX-License-Identifier: MIT
// ISO 8601 instants. Source: docs/azure-policy-semantics.md, "Ordering".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace writ {

/// Ticks of 100 ns since 0001-01-01T00:00:00Z, as .NET counts them.
using Ticks = std::int64_t;
inline constexpr Ticks kTicksPerSecond = 10'000'000;
inline constexpr Ticks kTicksPerDay = 86'400 * kTicksPerSecond;

/// YYYY-MM-DD, optionally THH:MM:SS[.f{1,7}][Z|±HH:MM]; valid calendar values only; no zone = UTC, no time =
/// midnight.
std::optional<Ticks> parse_date(std::string_view text);
/// yyyy-MM-ddTHH:mm:ss.fffffffZ. Requires a year from 1 to 9999.
std::string format_date(Ticks ticks);
/// False when the result would leave the years 1 to 9999.
bool add_days(Ticks& ticks, std::int64_t days);

} // namespace writ
