// SPDX-License-Identifier: MIT
#include "compare/policies.h"
#include "azure/emit_definition.h"
#include "compare/smallest.h"
#include "ir/dump.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace writ::compare {

using ir::NodeId;
using ir::NodeKind;

namespace {

class Comparison {
public:
  Comparison(ir::Graph& graph, NormalForm& normal, const Side& left, const Side& right)
      : graph_(graph), normal_(normal), left_(left), right_(right) {}

  std::vector<PolicyDifference> run() {
    added_ = added_effect_parameter();
    texts(PolicyPart::Mode, "", left_.emitted_mode, right_.emitted_mode);
    texts(PolicyPart::Evaluation, "", left_.policy.not_evaluable, right_.policy.not_evaluable);
    effect();
    parameters();
    conditions(PolicyPart::Rule, ir_rule(left_.policy), ir_rule(right_.policy));
    applicability();
    details();
    return std::move(out_);
  }

private:
  NodeId ir_rule(const ir::Policy& policy) { return azure::rule_condition(graph_, policy); }

  void texts(PolicyPart part, std::string name, std::string_view left, std::string_view right) {
    if (left != right) out_.push_back({part, std::move(name), std::string(left), std::string(right)});
  }

  void conditions(PolicyPart part, NodeId left, NodeId right) {
    const NodeId a = normal_.condition(left);
    const NodeId b = normal_.condition(right);
    if (!(a == b)) differing(part, {}, a, b);
  }

  void operands(PolicyPart part, std::string name, NodeId left, NodeId right) {
    const NodeId a = normal_.operand(left);
    const NodeId b = normal_.operand(right);
    if (!(a == b)) differing(part, std::move(name), a, b);
  }

  void differing(PolicyPart part, std::string name, NodeId left, NodeId right) {
    const auto [a, b] = smallest_difference(graph_, left, right);
    const auto text = [&](NodeId id) { return id.valid() ? ir::dump(graph_, id) : std::string("nothing"); };
    out_.push_back({part, std::move(name), text(a), text(b)});
  }

  /// The parameter that a control without one gets for its effect, if the other side has it.
  const ir::PolicyParameter* added_effect_parameter() {
    if (left_.policy.origin != ir::Origin::Control || !right_.policy.effect.name.valid()) return nullptr;
    if (graph_.node(left_.policy.effect.name).kind != NodeKind::Literal) return nullptr;
    if (graph_.node(right_.policy.effect.name).kind != NodeKind::Parameter) return nullptr;
    const std::string_view name = graph_.name_of(right_.policy.effect.name);
    for (const ir::PolicyParameter& parameter : left_.policy.parameters)
      if (equal_ascii_fold(parameter.name, name)) return nullptr;
    for (const ir::PolicyParameter& parameter : right_.policy.parameters)
      if (equal_ascii_fold(parameter.name, name)) return &parameter;
    return nullptr;
  }

  std::string text_of(NodeId literal) {
    if (!literal.valid() || graph_.node(literal).kind != NodeKind::Literal) return {};
    const Value& value = graph_.constant_value(literal);
    return value.is(ValueKind::String) ? std::string(value.as_string()) : to_json(value);
  }

  void effect() {
    NodeId left = left_.policy.effect.name;
    NodeId right = right_.policy.effect.name;
    if (added_) {
      right = added_->default_value.value_or(NodeId{});
      const std::string own = text_of(left);
      std::set<std::string> wanted;
      for (std::string_view choice : azure::exchangeable_effects(own))
        wanted.insert(to_json(Value::string(choice)));
      allowed_values(added_->name, wanted, allowed_of(*added_));
    }
    if (equal_ascii_fold(text_of(left), text_of(right)) && !text_of(left).empty()) return;
    operands(PolicyPart::Effect, {}, left, right);
  }

  std::set<std::string> allowed_of(const ir::PolicyParameter& parameter) {
    std::set<std::string> out;
    for (NodeId allowed : parameter.allowed)
      out.insert(to_json(graph_.constant_value(allowed)));
    return out;
  }

  void allowed_values(const std::string& name, const std::set<std::string>& left,
                      const std::set<std::string>& right) {
    if (left == right) return;
    const auto list = [](const std::set<std::string>& values) {
      return values.empty() ? std::string("any value") : fmt::format("{}", fmt::join(values, ", "));
    };
    out_.push_back({PolicyPart::Parameters, name + ".allowedValues", list(left), list(right)});
  }

  void parameters() {
    const auto by_name = [](const ir::Policy& policy) {
      std::map<std::string, const ir::PolicyParameter*> out;
      for (const ir::PolicyParameter& parameter : policy.parameters)
        out[lower_ascii(parameter.name)] = &parameter;
      return out;
    };
    const auto left = by_name(left_.policy);
    const auto right = by_name(right_.policy);
    for (const auto& [name, parameter] : left) {
      const auto other = right.find(name);
      if (other == right.end())
        out_.push_back({PolicyPart::Parameters, parameter->name, "declared", "not declared"});
      else
        parameter_pair(*parameter, *other->second);
    }
    for (const auto& [name, parameter] : right)
      if (!left.contains(name) && parameter != added_)
        out_.push_back({PolicyPart::Parameters, parameter->name, "not declared", "declared"});
  }

  void parameter_pair(const ir::PolicyParameter& left, const ir::PolicyParameter& right) {
    texts(PolicyPart::Parameters, left.name + ".type", to_text(left.type), to_text(right.type));
    const auto default_of = [&](const ir::PolicyParameter& parameter) {
      return parameter.default_value ? to_json(graph_.constant_value(*parameter.default_value))
                                     : std::string("no default");
    };
    texts(PolicyPart::Parameters, left.name + ".defaultValue", default_of(left), default_of(right));
    allowed_values(left.name, allowed_of(left), allowed_of(right));
  }

  /// Of a control it is derived from the rule and the effect, which are compared.
  void applicability() {
    if (left_.policy.origin == ir::Origin::AzureDefinition &&
        right_.policy.origin == ir::Origin::AzureDefinition)
      conditions(PolicyPart::Applicability, left_.policy.applicable, right_.policy.applicable);
  }

  /// Members of `details` by lower-case name; one named "" when it is no record.
  std::map<std::string, NodeId> members_of(NodeId details) {
    std::map<std::string, NodeId> out;
    const NodeId id = normal_.operand(details);
    if (!id.valid()) return out;
    if (graph_.node(id).kind == NodeKind::Record) {
      const auto parts = graph_.children(id);
      for (std::size_t i = 0; i + 1 < parts.size(); i += 2)
        out[lower_ascii(text_of(parts[i]))] = parts[i + 1];
    } else if (const Value value =
                   graph_.node(id).kind == NodeKind::Literal ? graph_.constant_value(id) : Value();
               value.is(ValueKind::Object)) {
      for (const Member& member : value.as_object())
        out[lower_ascii(member.key)] = graph_.literal(member.value);
    } else {
      out[""] = id;
    }
    return out;
  }

  void details() {
    const ir::Effect& left = left_.policy.effect;
    const ir::Effect& right = right_.policy.effect;
    auto a = members_of(left.details);
    auto b = members_of(right.details);
    std::set<std::string> names;
    for (const auto* members : {&a, &b})
      for (const auto& [name, value] : *members)
        names.insert(name);
    for (const std::string& name : names)
      operands(PolicyPart::Details, name, a[name], b[name]);
    if (left.existence.has_value() != right.existence.has_value())
      texts(PolicyPart::Details, "existence",
            left.existence ? "looks for related resources" : "looks for none",
            right.existence ? "looks for related resources" : "looks for none");
    else if (left.existence)
      existence(*left.existence, *right.existence);
    if (left.operations.size() != right.operations.size())
      texts(PolicyPart::Details, "operations", fmt::format("{}", left.operations.size()),
            fmt::format("{}", right.operations.size()));
    else
      for (std::size_t i = 0; i < left.operations.size(); ++i)
        operation(i, left.operations[i], right.operations[i]);
  }

  void existence(const ir::Existence& left, const ir::Existence& right) {
    operands(PolicyPart::Details, "type", left.type, right.type);
    operands(PolicyPart::Details, "name", left.name, right.name);
    operands(PolicyPart::Details, "kind", left.kind, right.kind);
    operands(PolicyPart::Details, "resourceGroupName", left.resource_group, right.resource_group);
    operands(PolicyPart::Details, "existenceScope", left.scope, right.scope);
    conditions(PolicyPart::Existence, left.condition, right.condition);
  }

  void operation(std::size_t i, const ir::Operation& left, const ir::Operation& right) {
    const std::string name = fmt::format("operations[{}].", i);
    operands(PolicyPart::Details, name + "operation", left.operation, right.operation);
    operands(PolicyPart::Details, name + "field", left.field, right.field);
    operands(PolicyPart::Details, name + "value", left.value, right.value);
    operands(PolicyPart::Details, name + "condition", left.condition, right.condition);
  }

  ir::Graph& graph_;
  NormalForm& normal_;
  const Side& left_;
  const Side& right_;
  const ir::PolicyParameter* added_ = nullptr;
  std::vector<PolicyDifference> out_;
};

} // namespace

std::vector<PolicyDifference> compare(ir::Graph& graph, NormalForm& normal, const Side& left,
                                      const Side& right) {
  return Comparison(graph, normal, left, right).run();
}

} // namespace writ::compare
