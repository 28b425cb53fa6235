// SPDX-License-Identifier: MIT
#include "conditions.h"

#include "counts.h"
#include "evaluator.h"
#include "fields.h"
#include "operators.h"
#include "text.h"

#include <algorithm>

namespace writ::reference {
namespace {

Judgement failed_judgement(Failure failure) { return {Truth::Error, std::move(failure)}; }

/// Left to right until a decisive child; an error or unknown decides only when no child does.
Judgement judge_all(const json& children, bool conjunction, Environment& env) {
  const Truth decisive = conjunction ? Truth::False : Truth::True;
  Judgement result{conjunction ? Truth::True : Truth::False, {}};
  for (const json& child : children) {
    Judgement j = judge(child, env);
    if (j.truth == decisive) return {decisive, {}};
    const Truth combined = conjunction ? truth_and(result.truth, j.truth) : truth_or(result.truth, j.truth);
    if (combined == Truth::Error && result.truth != Truth::Error) result.failure = std::move(j.failure);
    result.truth = combined;
  }
  return result;
}

/// The right side of a leaf, evaluated once.
struct RightSide {
  Outcome outcome;
  const json* value = nullptr; ///< into the definition or into `outcome`
};

RightSide evaluate_right(const Leaf& leaf, Operator op, Environment& env) {
  RightSide right;
  const bool literal = !is_expression(*leaf.right);
  if (literal && !leaf.right->is_string() && !leaf.right->is_structured()) {
    right.value = leaf.right;
  } else {
    right.outcome = evaluate_json(*leaf.right, env);
    right.value = &right.outcome.value;
  }
  if (right.outcome.is_value() && !accepts_right(op, *right.value, literal))
    right.outcome =
        Outcome::error("bad-operator-value", "the right side of '" + std::string(leaf.operator_name) +
                                                 "' must not be " + compact(*right.value));
  return right;
}

Judgement apply_to(Operator op, const json* left, const json& right, const Environment& env) {
  Judgement j;
  j.truth = apply(op, left, right, *env.options, &j.failure);
  return j;
}

/// Nothing is in an empty list, whatever the input does not tell.
std::optional<Judgement> decided_by_empty_list(Operator op, const RightSide& right) {
  if (right.outcome.is_unknown() || right.value == nullptr || !right.value->is_array() ||
      !right.value->empty())
    return std::nullopt;
  if (op.relation == Relation::In) return Judgement{op.negated ? Truth::True : Truth::False, {}};
  return std::nullopt;
}

/// The operator must hold for every selected member.
Judgement judge_members(const Selection& selection, Operator op, const json& right, bool location,
                        const Environment& env) {
  Judgement result{Truth::True, {}};
  for (const json* member : selection.members) {
    json normal;
    if (location && member != nullptr) normal = normal_location(*member);
    Judgement j = apply_to(op, location && member != nullptr ? &normal : member, right, env);
    if (j.truth == Truth::False) return j;
    if (j.truth == Truth::Error && result.truth != Truth::Error) result = std::move(j);
  }
  return result;
}

Judgement judge_field(const Leaf& leaf, Operator op, const RightSide& right, Environment& env) {
  std::string name = literal_text(leaf.field->get_ref<const std::string&>());
  if (is_expression(*leaf.field)) {
    const Outcome evaluated = evaluate_json(*leaf.field, env);
    if (evaluated.is_error()) return failed_judgement(evaluated.failure);
    if (evaluated.is_unknown()) return {Truth::Unknown, {}};
    if (!evaluated.value.is_string() || evaluated.value.get_ref<const std::string&>().empty())
      return failed_judgement({"bad-field", "a field name must be a string that is not empty"});
    name = evaluated.value.get<std::string>();
  }
  const Selection selection = select_field(name, *env.subject, env.scopes, env);
  if (selection.kind == Selection::Kind::Failed) return failed_judgement(selection.failure);
  if (selection.kind == Selection::Kind::Untold && name.find("[*]") == std::string::npos)
    if (const auto judged = decided_by_empty_list(op, right)) return *judged;
  if (selection.kind == Selection::Kind::Untold || right.outcome.is_unknown()) return {Truth::Unknown, {}};
  if (equal_ascii(name, "location"))
    return judge_members(selection, op, normal_location(*right.value), true, env);
  return judge_members(selection, op, *right.value, false, env);
}

Judgement judge_value(const Leaf& leaf, Operator op, const RightSide& right, Environment& env) {
  const Outcome left = evaluate_json(*leaf.value, env);
  if (left.is_error()) return failed_judgement(left.failure);
  if (left.is_unknown())
    if (const auto judged = decided_by_empty_list(op, right)) return *judged;
  if (left.is_unknown() || right.outcome.is_unknown()) return {Truth::Unknown, {}};
  return apply_to(op, &left.value, *right.value, env);
}

Judgement judge_leaf(const Leaf& leaf, Environment& env) {
  const Operator op = *find_operator(leaf.operator_name);
  const RightSide right = evaluate_right(leaf, op, env);
  if (right.outcome.is_error()) return failed_judgement(right.outcome.failure);
  if (leaf.field != nullptr) return judge_field(leaf, op, right, env);
  if (leaf.value != nullptr) return judge_value(leaf, op, right, env);
  const CountResult count = evaluate_count(*leaf.count, env);
  if (!count.decided() && right.outcome.is_unknown())
    return {count.failed ? Truth::Error : Truth::Unknown, count.failure};
  if (right.outcome.is_unknown()) return {Truth::Unknown, {}};
  return compare_count(count, op, *right.value, env);
}

} // namespace

LogicalNode split_logical(const json& condition) {
  if (condition.size() != 1) return {};
  const auto& member = condition.get_ref<const json::object_t&>().front();
  if (equal_ascii(member.first, "allOf")) return {Logical::AllOf, &member.second};
  if (equal_ascii(member.first, "anyOf")) return {Logical::AnyOf, &member.second};
  if (equal_ascii(member.first, "not")) return {Logical::Not, &member.second};
  return {};
}

Leaf split_leaf(const json& condition) {
  Leaf leaf;
  for (const auto& member : condition.get_ref<const json::object_t&>()) {
    if (equal_ascii(member.first, "field")) {
      leaf.field = &member.second;
    } else if (equal_ascii(member.first, "value")) {
      leaf.value = &member.second;
    } else if (equal_ascii(member.first, "count")) {
      leaf.count = &member.second;
    } else {
      leaf.operator_name = member.first;
      leaf.right = &member.second;
    }
  }
  return leaf;
}

Judgement judge(const json& condition, Environment& env) {
  const LogicalNode node = split_logical(condition);
  switch (node.kind) {
  case Logical::AllOf:
    return judge_all(*node.operand, true, env);
  case Logical::AnyOf:
    return judge_all(*node.operand, false, env);
  case Logical::Not: {
    Judgement j = judge(*node.operand, env);
    j.truth = truth_not(j.truth);
    return j;
  }
  case Logical::None:
    break;
  }
  return judge_leaf(split_leaf(condition), env);
}

} // namespace writ::reference
