// SPDX-License-Identifier: MIT
#include "order.h"
#include "writ/semantics/datetime.h"
#include "writ/text.h"

#include <charconv>

namespace writ {

namespace {

Truth decide_order(Operator op, int order) {
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

int order_of_numbers(const Value& a, const Value& b) {
  if (a.is(ValueKind::Int) && b.is(ValueKind::Int))
    return a.as_int() < b.as_int() ? -1 : a.as_int() > b.as_int() ? 1 : 0;
  return a.as_number() < b.as_number() ? -1 : a.as_number() > b.as_number() ? 1 : 0;
}

Truth mismatch(EvaluationError* why) {
  if (why) *why = {"type-mismatch", "the two sides of an ordering have types that cannot be ordered"};
  return Truth::Error;
}

/// A numeric string as the lenient reading takes it.
bool numeric_text(const Value& value, Value& out) {
  if (value.is_number()) return out = value, true;
  if (!value.is(ValueKind::String)) return false;
  std::string_view text = value.as_string();
  while (!text.empty() && text.front() == ' ')
    text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  double parsed = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), parsed);
  if (text.empty() || result.ec != std::errc() || result.ptr != text.data() + text.size()) return false;
  out = Value::floating(parsed);
  return true;
}

} // namespace

Truth compare_order(Operator op, const Value& left, const Value& right, const SemanticsOptions& options,
                    EvaluationError* why) {
  // A right side that can order nothing is an error before the left side is looked at.
  if (!right.is_number() && !right.is(ValueKind::String))
    return options.lenient_ordering ? Truth::False : mismatch(why);
  if (left.absent()) return Truth::False;
  if (left.is_number() && right.is_number()) return decide_order(op, order_of_numbers(left, right));
  if (left.is(ValueKind::String) && right.is(ValueKind::String)) {
    const auto left_date = parse_date(left.as_string());
    const auto right_date = left_date ? parse_date(right.as_string()) : std::nullopt;
    if (left_date && right_date)
      return decide_order(op, *left_date < *right_date ? -1 : *left_date > *right_date ? 1 : 0);
    return decide_order(op, compare_fold(left.as_string(), right.as_string()));
  }
  if (options.lenient_ordering) {
    Value a;
    Value b;
    if (numeric_text(left, a) && numeric_text(right, b)) return decide_order(op, order_of_numbers(a, b));
    if (left.is(ValueKind::Bool) && right.is(ValueKind::Bool))
      return decide_order(op, int{left.as_bool()} - int{right.as_bool()});
    return Truth::False;
  }
  return mismatch(why);
}

bool contains_fold(std::string_view text, std::string_view needle) {
  if (needle.empty()) return true;
  if (!is_ascii(text) || !is_ascii(needle))
    return fold_case(text).find(fold_case(needle)) != std::string::npos;
  if (needle.size() > text.size()) return false;
  for (std::size_t i = 0; i + needle.size() <= text.size(); ++i)
    if (equal_ascii_fold(text.substr(i, needle.size()), needle)) return true;
  return false;
}

} // namespace writ
