// SPDX-License-Identifier: MIT
// Constants, logic, equality and order inside expressions. Source: "Functions".
#include "call.h"

#include "deep_equal.h"
#include "writ/text.h"

namespace writ::fn {

namespace {

/// and (deciding = false) and or (deciding = true). Left to right; the deciding value and an error end it,
/// unless every argument is to be looked at: then any error comes before the outcome.
Value junction(const Call& call, bool deciding) {
  bool decided = false;
  bool unknown = false;
  for (std::size_t i = 0; i < call.size(); ++i) {
    const Value& argument = call[i];
    if (argument.is(ValueKind::Error)) return argument;
    if (argument.is(ValueKind::Unknown)) {
      unknown = true;
      continue;
    }
    if (!argument.is(ValueKind::Bool)) return call.bad_argument(i, "a boolean");
    if (argument.as_bool() != deciding) continue;
    if (!call.options.eager_logic) return argument;
    decided = true;
  }
  if (decided) return Value::boolean(deciding);
  return unknown ? Value::unknown() : Value::boolean(!deciding);
}

/// Letters first, then case with lower before upper: negative, zero, positive.
int expression_order(std::string_view a, std::string_view b) {
  if (const int folded = compare_fold(a, b); folded != 0) return folded;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const char32_t x = next_code_point(a, i);
    const char32_t y = next_code_point(b, j);
    if (x == y) continue;
    const bool x_lower = fold_code_point(x) == x;
    const bool y_lower = fold_code_point(y) == y;
    if (x_lower != y_lower) return x_lower ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return i < a.size() ? 1 : j < b.size() ? -1 : 0;
}

/// The order of two numbers or two strings, handed to `holds`.
Value ordered(const Call& call, bool (*holds)(int)) {
  const Value& a = call[0];
  const Value& b = call[1];
  if (a.is_number() && b.is_number()) {
    if (a.is(ValueKind::Int) && b.is(ValueKind::Int))
      return Value::boolean(holds(a.as_int() < b.as_int() ? -1 : a.as_int() > b.as_int() ? 1 : 0));
    return Value::boolean(holds(a.as_number() < b.as_number() ? -1 : a.as_number() > b.as_number() ? 1 : 0));
  }
  const auto left = text_or_null(a);
  const auto right = text_or_null(b);
  if (!left && !a.is_number()) return call.bad_argument(0, "a number or string");
  if (!left) return call.bad_argument(1, "a number, as the other argument is");
  if (!right) return call.bad_argument(1, "a string, as the other argument is");
  return Value::boolean(holds(expression_order(*left, *right)));
}

bool is_empty_string(const Value& value) { return value.is(ValueKind::String) && value.as_string().empty(); }

} // namespace

Value True(const Call&) { return Value::boolean(true); }

Value False(const Call&) { return Value::boolean(false); }

Value Null(const Call&) { return Value::null(); }

Value Not(const Call& call) {
  if (!call[0].is(ValueKind::Bool)) return call.bad_argument(0, "a boolean");
  return Value::boolean(!call[0].as_bool());
}

Value And(const Call& call) { return junction(call, false); }

Value Or(const Call& call) { return junction(call, true); }

Value If(const Call& call) {
  if (call[0].undecided()) return call[0];
  if (!call[0].is(ValueKind::Bool)) return call.bad_argument(0, "a boolean");
  return call[0].as_bool() ? call[1] : call[2];
}

Value Coalesce(const Call& call) {
  if (call.options.eager_logic)
    for (const Value& argument : call.arguments)
      if (argument.is(ValueKind::Error)) return argument;
  for (const Value& argument : call.arguments)
    if (!argument.absent()) return argument;
  return Value::null();
}

Value Equals(const Call& call) {
  const Value& a = call[0];
  const Value& b = call[1];
  if ((a.is_absent_field() && is_empty_string(b)) || (b.is_absent_field() && is_empty_string(a)))
    return Value::boolean(true);
  switch (detail::deep_equal(a, b, detail::NumberEquality::ByValue)) {
  case Truth::True:
    return Value::boolean(true);
  case Truth::False:
    return Value::boolean(false);
  case Truth::Unknown:
    return Value::unknown();
  case Truth::Error:
    break;
  }
  const Value left = undecided_inside(a);
  return left.is(ValueKind::Error) ? left : undecided_inside(b);
}

Value Less(const Call& call) {
  return ordered(call, [](int order) { return order < 0; });
}

Value LessOrEquals(const Call& call) {
  return ordered(call, [](int order) { return order <= 0; });
}

Value Greater(const Call& call) {
  return ordered(call, [](int order) { return order > 0; });
}

Value GreaterOrEquals(const Call& call) {
  return ordered(call, [](int order) { return order >= 0; });
}

} // namespace writ::fn
