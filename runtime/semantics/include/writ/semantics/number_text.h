// SPDX-License-Identifier: MIT
// Numbers as text and text as numbers, locale-free. Source: docs/azure-policy-semantics.md, "Values".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace writ {

void append_integer(std::string& out, std::int64_t value);
/// Shortest decimal that reads back to the same double: plain digits up to 15 places before the point, else
/// an exponent of at least two digits (1E+15). `mark_float` adds ".0" to plain integral text, so that the
/// canonical text of 5.0 differs from that of 5. Infinity and not-a-number do not occur in values.
void append_double(std::string& out, double value, bool mark_float);

/// Blanks around, an optional sign and digits only, within 64 bits.
std::optional<std::int64_t> parse_integer(std::string_view text);
/// Blanks around, an optional sign, digits with an optional point, an optional exponent. Finite only.
std::optional<double> parse_decimal(std::string_view text);

} // namespace writ
