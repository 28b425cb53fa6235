// SPDX-License-Identifier: MIT
// The operators. Structure: one function per positive operator; a negative name is the complement of its
// positive one.
#include "writ/semantics/compare.h"
#include "order.h"
#include "writ/semantics/pattern.h"
#include "writ/text.h"

#include <array>
#include <charconv>

namespace writ {

namespace {

constexpr std::array kOperators = {
#define WRIT_OPERATOR(name, azure, negated) OperatorInfo{Operator::name, azure, Operator::negated},
#include "writ/semantics/operators.def"
#undef WRIT_OPERATOR
};

void set_reason(EvaluationError* why, std::string_view code, std::string_view detail) {
  if (why) *why = {code, detail};
}

/// "true"/"false" in any case.
std::optional<bool> boolean_text(std::string_view text) {
  if (equal_ascii_fold(text, "true")) return true;
  if (equal_ascii_fold(text, "false")) return false;
  return std::nullopt;
}

bool string_equals_number(std::string_view text, const Value& number, bool parse) {
  if (parse) {
    while (!text.empty() && text.front() == ' ')
      text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
      text.remove_suffix(1);
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    double parsed = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), parsed);
    return !text.empty() && result.ec == std::errc() && result.ptr == text.data() + text.size() &&
           parsed == number.as_number();
  }
  std::string buffer;
  return equal_fold(text, *text_of(number, buffer));
}

bool numbers_equal(const Value& a, const Value& b) {
  if (a.is(ValueKind::Int) && b.is(ValueKind::Int)) return a.as_int() == b.as_int();
  return a.as_number() == b.as_number();
}

/// EQ on decided values. Source: docs/azure-policy-semantics.md, "Equality".
bool equals_decided(const Value& a, const Value& b, const SemanticsOptions& options) {
  const ValueKind ka = a.kind();
  const ValueKind kb = b.kind();
  if (ka == ValueKind::String && kb == ValueKind::String) return equal_fold(a.as_string(), b.as_string());
  if (a.absent() || b.absent()) {
    const Value& other = a.absent() ? b : a;
    return other.absent() || (other.is(ValueKind::String) && other.as_string().empty());
  }
  if (a.is_number() && b.is_number()) return numbers_equal(a, b);
  if (ka == ValueKind::Bool && kb == ValueKind::Bool) return a.as_bool() == b.as_bool();
  if (ka == ValueKind::String || kb == ValueKind::String) {
    const Value& text = ka == ValueKind::String ? a : b;
    const Value& other = ka == ValueKind::String ? b : a;
    if (other.is(ValueKind::Bool)) return boolean_text(text.as_string()) == other.as_bool();
    if (other.is_number()) return string_equals_number(text.as_string(), other, options.numeric_strings);
    return false;
  }
  if ((ka == ValueKind::Array && kb == ValueKind::Array) ||
      (ka == ValueKind::Object && kb == ValueKind::Object))
    return structurally_equal(a, b);
  return false;
}

Truth contains(const Value& left, const Value& right, const SemanticsOptions& options) {
  std::string left_buffer;
  std::string right_buffer;
  switch (left.kind()) {
  case ValueKind::String: {
    const auto needle = text_of(right, right_buffer);
    return truth_of(needle && contains_fold(left.as_string(), *needle));
  }
  case ValueKind::Bool:
  case ValueKind::Int:
  case ValueKind::Float: {
    if (!right.is(ValueKind::String)) return Truth::False;
    return truth_of(contains_fold(*text_of(left, left_buffer), right.as_string()));
  }
  case ValueKind::Array: {
    Truth result = Truth::False;
    for (const Value& element : left.as_array())
      result = truth_or(result, values_equal(element, right, options));
    return result;
  }
  case ValueKind::Object: {
    const auto key = text_of(right, right_buffer);
    if (!key) return Truth::False;
    for (const Member& member : left.as_object())
      if (equal_fold(member.key, *key)) return Truth::True;
    return Truth::False;
  }
  default:
    return Truth::False;
  }
}

Truth in_list(const Value& left, const Value& right, const SemanticsOptions& options, EvaluationError* why) {
  if (!right.is(ValueKind::Array)) {
    set_reason(why, "bad-operator-value", "the right side of `in` must be an array");
    return Truth::Error;
  }
  Truth result = Truth::False;
  for (const Value& member : right.as_array()) {
    if (member.absent()) continue; // null members never match
    result = truth_or(result, values_equal(left, member, options));
    if (result == Truth::True) return result;
  }
  return result;
}

Truth contains_key(const Value& left, const Value& right) {
  if (!left.is(ValueKind::Object)) return Truth::False;
  std::string buffer;
  const auto key = text_of(right, buffer);
  if (!key) return Truth::False;
  for (const Member& member : left.as_object())
    if (equal_fold(member.key, *key)) return Truth::True;
  return Truth::False;
}

Truth exists(const Value& left, const Value& right, EvaluationError* why) {
  std::optional<bool> wanted;
  if (right.is(ValueKind::Bool)) wanted = right.as_bool();
  if (right.is(ValueKind::String)) wanted = boolean_text(right.as_string());
  if (!wanted) {
    set_reason(why, "bad-operator-value", "the right side of `exists` must be a boolean");
    return Truth::Error;
  }
  return truth_of(!left.absent() == *wanted);
}

/// Pattern operators need a text on the right; an absent or container left side is simply no match.
template <typename Predicate>
Truth on_texts(const Value& left, const Value& right, EvaluationError* why, Predicate predicate) {
  std::string left_buffer;
  std::string right_buffer;
  const auto pattern = text_of(right, right_buffer);
  if (!pattern) {
    set_reason(why, "bad-operator-value", "the right side of a pattern operator must be text");
    return Truth::Error;
  }
  const auto text = text_of(left, left_buffer);
  return truth_of(text && predicate(*text, *pattern));
}

} // namespace

std::span<const OperatorInfo> all_operators() { return kOperators; }
const OperatorInfo& info(Operator op) { return kOperators[static_cast<std::size_t>(op)]; }

std::optional<Operator> find_operator(std::string_view azure_name) {
  for (const OperatorInfo& row : kOperators)
    if (equal_ascii_fold(row.azure_name, azure_name)) return row.op;
  return std::nullopt;
}

bool structurally_equal(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) return numbers_equal(a, b);
  if (a.kind() != b.kind()) return a.absent() && b.absent();
  switch (a.kind()) {
  case ValueKind::Bool:
    return a.as_bool() == b.as_bool();
  case ValueKind::String:
    return a.as_string() == b.as_string();
  case ValueKind::Array: {
    const auto x = a.as_array();
    const auto y = b.as_array();
    if (x.size() != y.size()) return false;
    for (std::size_t i = 0; i < x.size(); ++i)
      if (!structurally_equal(x[i], y[i])) return false;
    return true;
  }
  case ValueKind::Object: {
    if (a.as_object().size() != b.as_object().size()) return false;
    for (const Member& member : a.as_object()) {
      const Value other = find_member(b, member.key);
      if (other.is(ValueKind::Missing) || !structurally_equal(member.value, other)) return false;
    }
    return true;
  }
  default:
    return true;
  }
}

std::optional<std::string_view> text_of(const Value& value, std::string& buffer) {
  switch (value.kind()) {
  case ValueKind::String:
    return value.as_string();
  case ValueKind::Bool:
    return value.as_bool() ? "true" : "false";
  case ValueKind::Int:
  case ValueKind::Float:
    buffer.clear();
    append_json(buffer, value);
    return buffer;
  default:
    return std::nullopt;
  }
}

Truth values_equal(const Value& left, const Value& right, const SemanticsOptions& options) {
  if (left.is(ValueKind::Error) || right.is(ValueKind::Error)) return Truth::Error;
  if (left.is(ValueKind::Unknown) || right.is(ValueKind::Unknown)) return Truth::Unknown;
  return truth_of(equals_decided(left, right, options));
}

Value normalize_location(Arena& arena, const Value& value) {
  if (value.is(ValueKind::String)) {
    const std::string_view text = value.as_string();
    bool plain = true;
    for (char c : text)
      plain = plain && c != ' ' && !(c >= 'A' && c <= 'Z') && static_cast<unsigned char>(c) < 0x80;
    if (plain) return value;
    std::string folded;
    for (char c : text)
      if (c != ' ') folded += c;
    return Value::string(arena.copy(fold_case(folded)));
  }
  if (value.is(ValueKind::Array)) {
    const auto source = value.as_array();
    const std::span<Value> elements = arena.array<Value>(source.size());
    for (std::size_t i = 0; i < source.size(); ++i)
      elements[i] = normalize_location(arena, source[i]);
    return Value::array(elements);
  }
  return value;
}

Truth apply_operator(Operator op, const Value& left, const Value& right, const SemanticsOptions& options,
                     EvaluationError* why) {
  for (const Value* side : {&left, &right})
    if (side->is(ValueKind::Error)) {
      if (why) *why = side->as_error();
      return Truth::Error;
    }
  if (left.is(ValueKind::Unknown) || right.is(ValueKind::Unknown)) return Truth::Unknown;
  switch (op) {
  case Operator::Equals:
    return truth_of(equals_decided(left, right, options));
  case Operator::NotEquals:
    return truth_of(!equals_decided(left, right, options));
  case Operator::Like:
  case Operator::NotLike: {
    const Truth t = on_texts(left, right, why, [&](std::string_view a, std::string_view b) {
      return like(a, b, options.like_question_mark);
    });
    return op == Operator::Like ? t : truth_not(t);
  }
  case Operator::Match:
  case Operator::NotMatch:
  case Operator::MatchInsensitively:
  case Operator::NotMatchInsensitively: {
    const bool ignore = op == Operator::MatchInsensitively || op == Operator::NotMatchInsensitively;
    const Truth t = on_texts(left, right, why,
                             [&](std::string_view a, std::string_view b) { return match(a, b, ignore); });
    return op == Operator::Match || op == Operator::MatchInsensitively ? t : truth_not(t);
  }
  case Operator::Contains:
  case Operator::NotContains: {
    std::string buffer;
    if (!text_of(right, buffer)) {
      set_reason(why, "bad-operator-value", "the right side of `contains` must be text");
      return Truth::Error;
    }
    const Truth t = contains(left, right, options);
    return op == Operator::Contains ? t : truth_not(t);
  }
  case Operator::In:
    return in_list(left, right, options, why);
  case Operator::NotIn:
    return truth_not(in_list(left, right, options, why));
  case Operator::ContainsKey:
  case Operator::NotContainsKey: {
    std::string buffer;
    if (!text_of(right, buffer)) {
      set_reason(why, "bad-operator-value", "the right side of `containsKey` must be text");
      return Truth::Error;
    }
    const Truth t = contains_key(left, right);
    return op == Operator::ContainsKey ? t : truth_not(t);
  }
  case Operator::Less:
  case Operator::LessOrEquals:
  case Operator::Greater:
  case Operator::GreaterOrEquals:
    return compare_order(op, left, right, options, why);
  case Operator::Exists:
    return exists(left, right, why);
  }
  return Truth::Error;
}

} // namespace writ
