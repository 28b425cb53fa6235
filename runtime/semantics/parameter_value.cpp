// SPDX-License-Identifier: MIT
#include "writ/semantics/parameter_value.h"

#include "writ/semantics/compare.h"
#include "writ/semantics/datetime.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace writ {

namespace {

constexpr std::array<std::string_view, 7> kTypeNames = {"String", "Integer", "Float",   "Boolean",
                                                        "Array",  "Object",  "DateTime"};
static_assert(kTypeNames.size() == static_cast<std::size_t>(ParameterType::DateTime) + 1);

/// A number, also one written as text; nothing for everything else.
std::optional<Value> number_in(const Value& value) {
  if (!value.is(ValueKind::String)) return value.is_number() ? std::optional(value) : std::nullopt;
  Arena scratch;
  Value number;
  JsonError error;
  if (!parse_json(scratch, value.as_string(), number, error) || !number.is_number()) return std::nullopt;
  return number;
}

std::optional<Value> integer_in(const Value& value) {
  const std::optional<Value> number = number_in(value);
  if (!number || number->is(ValueKind::Int)) return number;
  constexpr double kExact = 9007199254740992.0; // beyond, doubles skip integers
  const double whole = number->as_float();
  if (std::trunc(whole) != whole || std::abs(whole) > kExact) return std::nullopt;
  return Value::integer(static_cast<std::int64_t>(whole));
}

} // namespace

std::string_view to_text(ParameterType type) { return kTypeNames[static_cast<std::size_t>(type)]; }

bool has_type(ParameterType type, const Value& value) {
  switch (type) {
  case ParameterType::String:
    return value.is(ValueKind::String);
  case ParameterType::Integer:
    return value.is(ValueKind::Int);
  case ParameterType::Float:
    return value.is_number();
  case ParameterType::Boolean:
    return value.is(ValueKind::Bool);
  case ParameterType::Array:
    return value.is(ValueKind::Array);
  case ParameterType::Object:
    return value.is(ValueKind::Object);
  case ParameterType::DateTime:
    break;
  }
  return value.is(ValueKind::String) && parse_date(value.as_string()).has_value();
}

std::optional<Value> coerce(ParameterType type, const Value& value) {
  if (has_type(type, value)) return value;
  switch (type) {
  case ParameterType::Integer:
    return integer_in(value);
  case ParameterType::Float:
    return number_in(value);
  case ParameterType::Boolean:
    if (!value.is(ValueKind::String)) return std::nullopt;
    if (equal_ascii_fold(value.as_string(), "true")) return Value::boolean(true);
    if (equal_ascii_fold(value.as_string(), "false")) return Value::boolean(false);
    return std::nullopt;
  default:
    return std::nullopt;
  }
}

bool is_allowed(std::span<const Value> allowed, const Value& value) {
  const auto listed = [&](const Value& one) {
    return std::any_of(allowed.begin(), allowed.end(),
                       [&](const Value& entry) { return structurally_equal(entry, one); });
  };
  if (allowed.empty() || listed(value)) return true;
  return value.is(ValueKind::Array) && std::all_of(value.as_array().begin(), value.as_array().end(), listed);
}

} // namespace writ
