// SPDX-License-Identifier: MIT
#include "order.h"

#include "writ/semantics/datetime.h"
#include "writ/semantics/number_text.h"
#include "writ/text.h"

namespace writ::detail {

namespace {

Truth ordering_holds(Operator op, int order) {
  switch (op) {
  case Operator::Less:
    return truth_of(order < 0);
  case Operator::LessOrEquals:
    return truth_of(order <= 0);
  case Operator::Greater:
    return truth_of(order > 0);
  default:
    return truth_of(order >= 0);
  }
}

template <typename T> int three_way(T a, T b) { return a < b ? -1 : a > b ? 1 : 0; }

int order_numbers(const Value& a, const Value& b) {
  if (a.is(ValueKind::Int) && b.is(ValueKind::Int)) return three_way(a.as_int(), b.as_int());
  return three_way(a.as_number(), b.as_number());
}

/// Two dates as instants, any other pair of strings by folded code points.
int order_strings(std::string_view a, std::string_view b) {
  if (const auto left = parse_date(a))
    if (const auto right = parse_date(b)) return three_way(*left, *right);
  return compare_fold(a, b);
}

/// The number that a lenient reading sees in a value.
std::optional<double> lenient_number(const Value& value) {
  if (value.is_number()) return value.as_number();
  if (value.is(ValueKind::String)) return parse_decimal(value.as_string());
  return std::nullopt;
}

} // namespace

Truth apply_ordering(Operator op, const Value& left, const Value& right, const SemanticsOptions& options,
                     EvaluationError* why) {
  const bool orderable = right.is_number() || right.is(ValueKind::String);
  if (!orderable && !options.lenient_ordering)
    return comparison_fails(why, "type-mismatch", "only numbers and strings can be ordered");
  if (left.is(ValueKind::Unknown)) return orderable ? Truth::Unknown : Truth::False;
  if (left.absent() || !orderable) return Truth::False;
  if (left.is_number() && right.is_number()) return ordering_holds(op, order_numbers(left, right));
  if (left.is(ValueKind::String) && right.is(ValueKind::String))
    return ordering_holds(op, order_strings(left.as_string(), right.as_string()));
  if (options.lenient_ordering) {
    const auto a = lenient_number(left);
    const auto b = lenient_number(right);
    return a && b ? ordering_holds(op, three_way(*a, *b)) : Truth::False;
  }
  if (left.is_number())
    return comparison_fails(why, "type-mismatch", "a number cannot be ordered against a string");
  if (left.is(ValueKind::String))
    return comparison_fails(why, "type-mismatch", "a string cannot be ordered against a number");
  return comparison_fails(why, "type-mismatch", "only numbers and strings can be ordered");
}

} // namespace writ::detail
