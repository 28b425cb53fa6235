// SPDX-License-Identifier: MIT
#include "condition_check.h"

#include "conditions.h"
#include "evaluator.h"
#include "fields.h"
#include "functions.h"
#include "operators.h"
#include "text.h"

#include <algorithm>
#include <array>

namespace writ::reference {
namespace {

constexpr std::size_t kMaxConditions = 4096;
constexpr std::size_t kMaxCalls = 2048;

using Problem = std::optional<Failure>;

bool is_logical_key(std::string_view key) {
  return equal_ascii(key, "allOf") || equal_ascii(key, "anyOf") || equal_ascii(key, "not");
}

/// The first key that occurs twice ignoring case.
Problem find_duplicate_key(const json& object) {
  std::set<std::string> seen;
  for (const auto& member : object.items())
    if (!seen.insert(lower_ascii(member.key())).second)
      return Failure{"duplicate-key", "'" + member.key() + "' is given twice"};
  return std::nullopt;
}

bool is_count_name(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

/// Right sides whose kind is known before evaluation: literals without expressions, and arrays as arrays.
bool kind_is_known(const json& right) { return !is_expression(right); }

} // namespace

Problem ConditionChecker::check_condition(const json& condition) {
  if (!condition.is_object()) return Failure{"bad-condition", "a condition must be an object"};
  return check_object(condition);
}

Problem ConditionChecker::check_object(const json& condition) {
  if (auto problem = find_duplicate_key(condition)) return problem;
  for (const auto& member : condition.items())
    if (is_logical_key(member.key())) return check_logical(condition);
  return check_leaf(condition);
}

Problem ConditionChecker::check_logical(const json& condition) {
  if (condition.size() != 1)
    return Failure{"bad-quantifier", "a logical operator must be the only member of its object"};
  const auto& member = condition.get_ref<const json::object_t&>().front();
  if (equal_ascii(member.first, "not")) {
    if (!member.second.is_object()) return Failure{"bad-quantifier", "'not' needs one condition"};
    return check_object(member.second);
  }
  if (!member.second.is_array()) return Failure{"bad-quantifier", "'" + member.first + "' needs an array"};
  for (const json& child : member.second) {
    if (!child.is_object()) return Failure{"bad-quantifier", "'" + member.first + "' needs conditions"};
    if (auto problem = check_object(child)) return problem;
  }
  return std::nullopt;
}

Problem ConditionChecker::check_leaf(const json& condition) {
  if (++conditions_ > kMaxConditions) return Failure{"limit-exceeded", "too many conditions"};
  int lefts = 0;
  int operators = 0;
  for (const auto& member : condition.items()) {
    if (equal_ascii(member.key(), "field") || equal_ascii(member.key(), "value") ||
        equal_ascii(member.key(), "count"))
      ++lefts;
    else if (find_operator(member.key()))
      ++operators;
    else
      return Failure{"unrecognized-key", "'" + member.key() + "' is no operator"};
  }
  if (lefts > 1) return Failure{"multiple-operands", "a condition has one left side"};
  if (operators > 1) return Failure{"multiple-operators", "a condition has one operator"};
  if (lefts == 0) return Failure{"missing-operand", "a condition needs field, value or count"};
  if (operators == 0) return Failure{"missing-operator", "a condition needs an operator"};

  const Leaf leaf = split_leaf(condition);
  if (leaf.field != nullptr)
    if (auto problem = check_field(*leaf.field)) return problem;
  if (leaf.value != nullptr)
    if (auto problem = check_literal(*leaf.value)) return problem;
  if (leaf.count != nullptr)
    if (auto problem = check_count(*leaf.count)) return problem;
  return check_right(leaf.operator_name, *leaf.right);
}

Problem ConditionChecker::check_field(const json& field) {
  if (!field.is_string()) return Failure{"field-not-string", "'field' must be a string"};
  if (is_expression(field)) return check_literal(field);
  return check_field_name(literal_text(field.get_ref<const std::string&>()), catalogue_, options_);
}

Problem ConditionChecker::check_right(std::string_view operator_name, const json& right) {
  if (auto problem = check_literal(right)) return problem;
  if (!kind_is_known(right) || accepts_right(*find_operator(operator_name), right, true)) return std::nullopt;
  return Failure{"bad-operator-value",
                 "'" + std::string(operator_name) + "' does not take " + compact(right) + " on its right"};
}

Problem ConditionChecker::check_count(const json& count) {
  if (!count.is_object()) return Failure{"bad-count", "'count' must be an object"};
  if (auto problem = find_duplicate_key(count)) return problem;
  for (const auto& member : count.items()) {
    static constexpr std::array<std::string_view, 4> kMembers{"field", "value", "name", "where"};
    if (std::none_of(kMembers.begin(), kMembers.end(), [&](auto m) { return equal_ascii(m, member.key()); }))
      return Failure{"unrecognized-key", "'" + member.key() + "' is no member of 'count'"};
  }
  const bool by_field = find_member(count, "field") != nullptr;
  if (by_field == (find_member(count, "value") != nullptr))
    return Failure{"bad-count", "'count' needs either 'field' or 'value'"};
  CheckScope scope;
  if (auto problem = by_field ? check_count_field(count, scope) : check_count_value(count, scope))
    return problem;
  const json* where = find_member(count, "where");
  if (where == nullptr) return std::nullopt;
  scopes_.push_back(scope);
  auto problem = check_condition(*where);
  scopes_.pop_back();
  return problem;
}

Problem ConditionChecker::check_count_field(const json& count, CheckScope& scope) {
  const json& field = *find_member(count, "field");
  if (!field.is_string()) return Failure{"field-not-string", "'field' must be a string"};
  if (find_member(count, "name") != nullptr)
    return Failure{"bad-count", "'name' belongs to counts over values"};
  if (is_expression(field)) return Failure{"bad-count", "the field of a count must not be an expression"};
  const std::string name = literal_text(field.get_ref<const std::string&>());
  if (!name.ends_with("[*]")) return Failure{"bad-count", "the field of a count must end in [*]"};
  scope.alias = lower_ascii(name);
  return check_field_name(name, catalogue_, options_);
}

Problem ConditionChecker::check_count_value(const json& count, CheckScope& scope) {
  const json* name = find_member(count, "name");
  scope.by_value = true;
  scope.name = "default";
  if (name != nullptr) {
    if (!name->is_string() || !is_count_name(name->get<std::string>()))
      return Failure{"bad-count", "the name of a count must be letters and digits"};
    scope.name = lower_ascii(name->get<std::string>());
  } else if (!scopes_.empty()) {
    return Failure{"bad-count", "a count over values inside another count needs a name"};
  }
  for (const CheckScope& outer : scopes_)
    if (outer.by_value && outer.name == scope.name)
      return Failure{"duplicate-count-name", "the name '" + scope.name + "' is in use"};
  return check_literal(*find_member(count, "value"));
}

Problem ConditionChecker::check_literal(const json& value) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    if (classify_string(text) != StringClass::Expression) return std::nullopt;
    const ExpressionCache::Entry& entry = cache_.find(text);
    if (entry.expression == nullptr) return entry.failure;
    calls_ += count_calls(*entry.expression);
    if (calls_ > kMaxCalls) return Failure{"limit-exceeded", "too many calls in one rule"};
    return check_expression(*entry.expression);
  }
  if (value.is_object()) {
    for (const auto& member : value.items()) {
      if (auto problem = check_literal(json(member.key()))) return problem;
      if (auto problem = check_literal(member.value())) return problem;
    }
  } else if (value.is_array()) {
    for (const json& element : value)
      if (auto problem = check_literal(element)) return problem;
  }
  return std::nullopt;
}

Problem ConditionChecker::check_expression(const Expression& expression) {
  if (expression.kind == Expression::Kind::Call && expression.function->special != Special::None)
    if (auto problem = check_special(expression)) return problem;
  for (const Expression& part : expression.parts)
    if (auto problem = check_expression(part)) return problem;
  return std::nullopt;
}

Problem ConditionChecker::check_special(const Expression& call) {
  const Special special = call.function->special;
  if (special == Special::Current) return check_current(call);
  const bool literal_name = !call.parts.empty() && call.parts[0].kind == Expression::Kind::Literal &&
                            call.parts[0].literal.is_string();
  if (!literal_name) return std::nullopt;
  const auto name = call.parts[0].literal.get<std::string>();
  if (special == Special::Field) return check_field_name(name, catalogue_, options_);
  if (special == Special::Parameters && parameters_ != nullptr && !parameters_->contains(lower_ascii(name)))
    return Failure{"unknown-parameter", "parameter '" + name + "' is not declared"};
  return std::nullopt;
}

Problem ConditionChecker::check_current(const Expression& call) {
  const Failure outside{"current-outside-count", "current() has no running count here"};
  if (scopes_.empty()) return outside;
  if (call.parts.empty()) {
    if (scopes_.size() > 1 && !options_.innermost_current)
      return Failure{"ambiguous-current", "current() in a nested count needs a name"};
    return std::nullopt;
  }
  if (call.parts[0].kind != Expression::Kind::Literal || !call.parts[0].literal.is_string())
    return std::nullopt;
  const auto& key = call.parts[0].literal.get_ref<const std::string&>();
  for (const CheckScope& scope : scopes_)
    if (scope.by_value ? equal_ascii(scope.name, key) : starts_with_ascii(key, scope.alias))
      return std::nullopt;
  // A count over a[*].b[*] binds a[*] as well.
  for (const CheckScope& scope : scopes_)
    if (!scope.by_value && key.find("[*]") != std::string::npos &&
        starts_with_ascii(scope.alias, std::string_view(key).substr(0, key.rfind("[*]") + 3)))
      return std::nullopt;
  return outside;
}

} // namespace writ::reference
