// SPDX-License-Identifier: MIT
// Condition trees. Source: docs/azure-policy-semantics.md, "Logical operators", "Shape of a leaf condition",
// "Right side".
#include "azure/rule_reader.h"
#include "writ/semantics/compare.h"
#include "writ/text.h"

#include <fmt/format.h>

namespace writ::azure {

using ir::NodeId;

namespace {

constexpr std::size_t kMaxConditions = most(Limit::ConditionsInIf);
constexpr int kMaxConditionDepth = static_cast<int>(most(Limit::NestedConditions));

bool is_logical_key(std::string_view key) {
  return equal_ascii_fold(key, "allOf") || equal_ascii_fold(key, "anyOf") || equal_ascii_fold(key, "not");
}

bool is_left_key(std::string_view key) {
  return equal_ascii_fold(key, "field") || equal_ascii_fold(key, "value") || equal_ascii_fold(key, "count");
}

std::string_view accepted_right(Operator op) {
  switch (op) {
  case Operator::In:
  case Operator::NotIn:
    return "an array";
  case Operator::Exists:
    return "true or false";
  case Operator::Less:
  case Operator::LessOrEquals:
  case Operator::Greater:
  case Operator::GreaterOrEquals:
    return "a number or a string";
  default:
    return "a string, a number or a boolean";
  }
}

} // namespace

NodeId RuleReader::fail(Code code, Span span, std::string message) {
  return fail(Diagnostic(code, span, std::move(message)));
}

NodeId RuleReader::fail(Diagnostic diagnostic) {
  diagnostics_.add(std::move(diagnostic));
  return {};
}

NodeId RuleReader::existence_condition(const JsonNode& node) {
  existence_ = true;
  const NodeId out = condition(node);
  existence_ = false;
  return out;
}

NodeId RuleReader::condition(const JsonNode& node) {
  if (!node.is(JsonKind::Object))
    return fail(Code::MalformedPolicyCondition, node.span,
                fmt::format("a condition must be an object, not {}", kind_name(node.kind)));
  if (const JsonMember* repeated = find_repeated_key(node))
    return fail(Code::RepeatedPolicyMember, repeated->key_span,
                fmt::format("`{}` is given twice", repeated->key));
  if (depth_ > kMaxConditionDepth)
    return fail(Code::PolicyDefinitionLimit, node.span,
                fmt::format("conditions are nested more than {} deep", kMaxConditionDepth));
  ++depth_;
  NodeId out;
  const JsonMember* logical_member = nullptr;
  for (const JsonMember& member : node.members)
    if (is_logical_key(member.key) && !logical_member) logical_member = &member;
  if (!logical_member)
    out = leaf(node);
  else if (node.members.size() != 1)
    out = fail(Code::MalformedPolicyCondition, logical_member->key_span,
               fmt::format("`{}` must be the only member of its condition", logical_member->key));
  else
    out = logical(*logical_member);
  --depth_;
  return out;
}

NodeId RuleReader::logical(const JsonMember& member) {
  if (equal_ascii_fold(member.key, "not")) {
    if (!member.value.is(JsonKind::Object))
      return fail(Code::MalformedPolicyCondition, member.value.span,
                  fmt::format("`not` needs one condition, not {}", kind_name(member.value.kind)));
    const NodeId inner = condition(member.value);
    return inner.valid() ? graph_.negate(inner) : inner;
  }
  if (!member.value.is(JsonKind::Array))
    return fail(
        Code::MalformedPolicyCondition, member.value.span,
        fmt::format("`{}` needs an array of conditions, not {}", member.key, kind_name(member.value.kind)));
  std::vector<NodeId> children;
  bool ok = true;
  for (const JsonNode& child : member.value.elements) {
    children.push_back(condition(child));
    ok = ok && children.back().valid();
  }
  if (!ok) return {};
  return equal_ascii_fold(member.key, "allOf") ? graph_.all_of(children) : graph_.any_of(children);
}

NodeId RuleReader::leaf(const JsonNode& node) {
  if (++conditions_ == kMaxConditions + 1)
    return fail(Code::PolicyDefinitionLimit, node.span,
                fmt::format("a rule has at most {} conditions", kMaxConditions));
  const JsonMember* left = nullptr;
  const JsonMember* right = nullptr;
  std::optional<Operator> op;
  for (const JsonMember& member : node.members) {
    if (is_left_key(member.key)) {
      if (left)
        return fail(Diagnostic(Code::MalformedPolicyCondition, member.key_span,
                               "a condition has one left side: `field`, `value` or `count`")
                        .label(left->key_span, "the other one"));
      left = &member;
    } else if (const auto found = find_operator(member.key)) {
      if (right)
        return fail(
            Diagnostic(Code::MalformedPolicyCondition, member.key_span, "a condition has one operator")
                .label(right->key_span, "the other one"));
      right = &member;
      op = found;
    } else {
      std::vector<std::string_view> known;
      for (const OperatorInfo& row : all_operators())
        known.push_back(row.azure_name);
      Diagnostic diagnostic(Code::MalformedPolicyCondition, member.key_span,
                            fmt::format("`{}` is no operator and no part of a condition", member.key));
      for (const std::string& near : nearest(member.key, known))
        diagnostic.notes.push_back(fmt::format("did you mean `{}`?", near));
      return fail(std::move(diagnostic));
    }
  }
  if (!left)
    return fail(Code::MalformedPolicyCondition, node.span,
                node.members.empty() ? "a condition must not be empty"
                                     : "a condition needs a left side: `field`, `value` or `count`");
  if (!right) {
    for (const JsonMember& inner : left->value.members)
      if (equal_ascii_fold(left->key, "count") && find_operator(inner.key))
        return fail(Code::MalformedPolicyCount, inner.key_span,
                    fmt::format("`{}` stands beside `count`, not inside it", inner.key));
    return fail(Code::MalformedPolicyCondition, node.span, "a condition needs an operator");
  }

  NodeId subject;
  if (equal_ascii_fold(left->key, "field"))
    subject = left_field(left->value);
  else if (equal_ascii_fold(left->key, "value"))
    subject = operand(left->value);
  else
    subject = count(left->value);
  const NodeId value = operand(right->value);
  if (!accepts_right(*op, right->value))
    return fail(
        Code::PolicyOperatorValue, right->value.span,
        fmt::format("`{}` takes {}, not {}", info(*op).azure_name, accepted_right(*op),
                    right->value.is(JsonKind::String) ? "this string" : kind_name(right->value.kind)));
  if (!subject.valid() || !value.valid()) return {};
  // "true" and true say the same here.
  const bool word =
      *op == Operator::Exists && right->value.is(JsonKind::String) &&
      (equal_ascii_fold(right->value.text, "true") || equal_ascii_fold(right->value.text, "false"));
  const NodeId wanted =
      word ? graph_.literal(Value::boolean(equal_ascii_fold(right->value.text, "true"))) : value;
  return graph_.test(*op, subject, wanted);
}

NodeId RuleReader::left_field(const JsonNode& name) {
  if (!name.is(JsonKind::String))
    return fail(Code::MalformedPolicyCondition, name.span,
                fmt::format("`field` must be a string, not {}", kind_name(name.kind)));
  std::string_view text = name.text;
  if (classify_string(text) == StringClass::Expression) {
    const NodeId computed = operand(name);
    if (!computed.valid()) return {};
    // An expression that is a constant is a name like any other.
    const std::optional<Value> constant = constant_of(computed);
    if (!constant) return graph_.dynamic_field(computed);
    if (graph_.node(computed).kind == ir::NodeKind::Literal && !constant->is(ValueKind::String))
      return fail(Code::MalformedPolicyCondition, name.span, "the name of a field must be a string");
    // One that is no field is found out when it is evaluated: nobody may ever get there.
    if (!constant->is(ValueKind::String)) return graph_.dynamic_field(computed);
    if (auto known = find_field(constant->as_string())) {
      const ir::FieldId found = graph_.add_field(std::move(*known));
      const Binding binding = bind(constant->as_string(), found);
      return graph_.field(found, binding.binder, binding.level);
    }
    if (graph_.node(computed).kind != ir::NodeKind::Literal) return graph_.dynamic_field(computed);
    field(constant->as_string(), name.span); // says what is wrong with it
    return {};
  }
  if (classify_string(text) == StringClass::EscapedLiteral) text.remove_prefix(1);
  const auto found = field(text, name.span);
  if (!found) return {};
  const Binding binding = bind(text, *found);
  return graph_.field(*found, binding.binder, binding.level);
}

bool RuleReader::accepts_right(Operator op, const JsonNode& right) const {
  if (right.is(JsonKind::String) && classify_string(right.text) == StringClass::Expression) return true;
  const bool text = right.is(JsonKind::String);
  const bool number = right.is(JsonKind::Int) || right.is(JsonKind::Float);
  switch (op) {
  case Operator::Equals:
  case Operator::NotEquals:
    return true;
  case Operator::In:
  case Operator::NotIn:
    return right.is(JsonKind::Array);
  case Operator::Exists:
    return right.is(JsonKind::Bool) ||
           (text && (equal_ascii_fold(right.text, "true") || equal_ascii_fold(right.text, "false")));
  case Operator::Less:
  case Operator::LessOrEquals:
  case Operator::Greater:
  case Operator::GreaterOrEquals:
    return text || number;
  default:
    return text || number || right.is(JsonKind::Bool);
  }
}

} // namespace writ::azure
