// SPDX-License-Identifier: MIT
// Which values a parameter takes, and what becomes of them: one rule for definitions, assignments, bundles
// and the command line. Source: docs/azure-policy-semantics.md, "Parameters".
#pragma once

#include "writ/semantics/value.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace writ {

enum class ParameterType : std::uint8_t { String, Integer, Float, Boolean, Array, Object, DateTime };

/// "String", "Integer", … as definitions spell it.
std::string_view to_text(ParameterType type);

/// Whether the value has the declared type as it is: what a default and JSON that knows its types need.
bool has_type(ParameterType type, const Value& value);

/// The value as the declared type, or nothing when it does not fit. Files carry text where typed JSON is
/// meant: "30" for an integer, "TRUE" for a boolean; 5.0 is the integer 5.
std::optional<Value> coerce(ParameterType type, const Value& value);

/// One of the allowed values, compared exactly; of an array every element, or the array as a whole. An empty
/// list allows everything.
bool is_allowed(std::span<const Value> allowed, const Value& value);

} // namespace writ
