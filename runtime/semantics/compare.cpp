// SPDX-License-Identifier: MIT
// Dispatch of the condition operators. Every negative operator is the negation of its partner.
#include "writ/semantics/compare.h"

#include "fold_search.h"
#include "order.h"
#include "writ/semantics/number_text.h"
#include "writ/semantics/pattern.h"
#include "writ/text.h"

#include <array>

namespace writ {

namespace {

constexpr std::array kOperators = {
#define WRIT_OPERATOR(name, azure, negated) OperatorInfo{Operator::name, azure, Operator::negated},
#include "writ/semantics/operators.def"
#undef WRIT_OPERATOR
};

using detail::comparison_fails;

constexpr std::string_view kBadOperand = "bad-operator-value";

bool has_text(const Value& value) {
  return value.is(ValueKind::String) || value.is(ValueKind::Bool) || value.is_number();
}

Truth apply_pattern(Operator op, const Value& left, std::string_view pattern,
                    const SemanticsOptions& options) {
  if (left.is(ValueKind::Unknown)) return Truth::Unknown;
  std::string buffer;
  const auto text = text_of(left, buffer);
  if (!text) return Truth::False;
  if (op == Operator::Like) return truth_of(like(*text, pattern, options.like_question_mark));
  return truth_of(match(*text, pattern, op == Operator::MatchInsensitively));
}

Truth object_has_key(const Value& object, std::string_view key) {
  for (const Member& member : object.as_object())
    if (equal_fold(member.key, key)) return Truth::True;
  return Truth::False;
}

Truth apply_contains(const Value& left, const Value& right, std::string_view needle,
                     const SemanticsOptions& options) {
  switch (left.kind()) {
  case ValueKind::Unknown:
    return Truth::Unknown;
  case ValueKind::String:
    return truth_of(detail::contains_fold(left.as_string(), needle));
  case ValueKind::Bool:
  case ValueKind::Int:
  case ValueKind::Float: {
    if (!right.is(ValueKind::String)) return Truth::False;
    std::string buffer;
    return truth_of(detail::contains_fold(*text_of(left, buffer), needle));
  }
  case ValueKind::Array: {
    Truth any = Truth::False;
    for (const Value& element : left.as_array()) {
      any = truth_or(any, values_equal(element, right, options));
      if (any == Truth::True) break;
    }
    return any;
  }
  case ValueKind::Object:
    return object_has_key(left, needle);
  default:
    return Truth::False;
  }
}

Truth apply_in(const Value& left, const Value& right, const SemanticsOptions& options, EvaluationError* why) {
  if (!right.is(ValueKind::Array))
    return comparison_fails(why, kBadOperand, "the right side of `in` must be an array");
  Truth any = Truth::False;
  for (const Value& member : right.as_array()) {
    if (member.absent()) continue; // null members match nothing
    if (member.is(ValueKind::Error)) {
      if (why != nullptr) *why = member.as_error();
      any = truth_or(any, Truth::Error);
      continue;
    }
    any = truth_or(any, values_equal(left, member, options));
    if (any == Truth::True) break;
  }
  return any;
}

Truth apply_exists(const Value& left, const Value& right, EvaluationError* why) {
  bool wanted = false;
  if (right.is(ValueKind::Bool))
    wanted = right.as_bool();
  else if (right.is(ValueKind::String) && equal_ascii_fold(right.as_string(), "true"))
    wanted = true;
  else if (!right.is(ValueKind::String) || !equal_ascii_fold(right.as_string(), "false"))
    return comparison_fails(why, kBadOperand, "the right side of `exists` must be true or false");
  if (left.is(ValueKind::Unknown)) return Truth::Unknown;
  return truth_of(left.absent() != wanted);
}

/// Operators whose right side is a text.
Truth apply_textual(Operator op, const Value& left, const Value& right, const SemanticsOptions& options,
                    EvaluationError* why) {
  if (!has_text(right))
    return comparison_fails(why, kBadOperand, "the right side must be a string, number or boolean");
  std::string buffer;
  const std::string_view operand = *text_of(right, buffer);
  if (op == Operator::Contains) return apply_contains(left, right, operand, options);
  if (op != Operator::ContainsKey) return apply_pattern(op, left, operand, options);
  if (left.is(ValueKind::Unknown)) return Truth::Unknown;
  return left.is(ValueKind::Object) ? object_has_key(left, operand) : Truth::False;
}

} // namespace

Truth detail::comparison_fails(EvaluationError* why, std::string_view code, std::string_view text) {
  if (why != nullptr) *why = {code, text};
  return Truth::Error;
}

std::span<const OperatorInfo> all_operators() { return kOperators; }

const OperatorInfo& info(Operator op) { return kOperators[static_cast<std::size_t>(op)]; }

std::optional<Operator> find_operator(std::string_view azure_name) {
  for (const OperatorInfo& row : kOperators)
    if (equal_ascii_fold(row.azure_name, azure_name)) return row.op;
  return std::nullopt;
}

Truth apply_operator(Operator op, const Value& left, const Value& right, const SemanticsOptions& options,
                     EvaluationError* why) {
  for (const Value* side : {&left, &right}) {
    if (!side->is(ValueKind::Error)) continue;
    if (why != nullptr) *why = side->as_error();
    return Truth::Error;
  }
  if (right.is(ValueKind::Unknown)) return Truth::Unknown;
  switch (op) {
  case Operator::Equals:
    return values_equal(left, right, options);
  case Operator::Like:
  case Operator::Match:
  case Operator::MatchInsensitively:
  case Operator::Contains:
  case Operator::ContainsKey:
    return apply_textual(op, left, right, options, why);
  case Operator::In:
    return apply_in(left, right, options, why);
  case Operator::Less:
  case Operator::LessOrEquals:
  case Operator::Greater:
  case Operator::GreaterOrEquals:
    return detail::apply_ordering(op, left, right, options, why);
  case Operator::Exists:
    return apply_exists(left, right, why);
  case Operator::NotEquals:
  case Operator::NotLike:
  case Operator::NotMatch:
  case Operator::NotMatchInsensitively:
  case Operator::NotContains:
  case Operator::NotIn:
  case Operator::NotContainsKey:
    break;
  }
  return truth_not(apply_operator(info(op).negated, left, right, options, why));
}

Value normalize_location(Arena& arena, const Value& value) {
  if (value.is(ValueKind::String)) {
    std::string text = fold_case(value.as_string());
    std::erase_if(text, [](char c) { return c == ' ' || c == '\t'; });
    return Value::string(arena.copy(text));
  }
  if (!value.is(ValueKind::Array)) return value;
  const auto elements = arena.array<Value>(value.as_array().size());
  for (std::size_t i = 0; i < elements.size(); ++i)
    elements[i] = normalize_location(arena, value.as_array()[i]);
  return Value::array(elements);
}

std::optional<std::string_view> text_of(const Value& value, std::string& buffer) {
  switch (value.kind()) {
  case ValueKind::String:
    return value.as_string();
  case ValueKind::Bool:
    return value.as_bool() ? "true" : "false";
  case ValueKind::Int:
    buffer.clear();
    append_integer(buffer, value.as_int());
    return buffer;
  case ValueKind::Float:
    buffer.clear();
    append_double(buffer, value.as_float(), true);
    return buffer;
  default:
    return std::nullopt;
  }
}

} // namespace writ
