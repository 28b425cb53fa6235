// SPDX-License-Identifier: MIT
#include "azure/emit_definition.h"
#include "azure/emit_condition.h"
#include "azure/emit_details.h"
#include "azure/emit_parameter.h"
#include "ir/limits.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace writ::azure {

using nlohmann::ordered_json;

namespace {

/// Effects that can be exchanged for one another, the first of a row being what a control says. Source:
/// "Effects" of docs/azure-policy-semantics.md.
constexpr std::array<std::array<std::string_view, 4>, 7> kExchangeable = {{
    {"Audit", "Deny", "Disabled"},
    {"AuditIfNotExists", "Disabled"},
    {"DeployIfNotExists", "AuditIfNotExists", "Disabled"},
    {"Modify", "Audit", "Deny", "Disabled"},
    {"Append", "Audit", "Deny", "Disabled"},
    {"DenyAction", "Disabled"},
    {"Manual", "Disabled"},
}};

ordered_json control_metadata(const ir::Policy& policy) {
  ordered_json metadata;
  metadata["version"] = policy.version.empty() ? "1.0.0" : policy.version;
  if (!policy.category.empty()) metadata["category"] = policy.category;
  metadata["source"] = "writ";
  metadata["control"] = policy.id;
  if (!policy.severity.empty()) metadata["severity"] = policy.severity;
  std::string mappings;
  for (const ir::FrameworkMapping& mapping : policy.mappings) {
    if (!mappings.empty()) mappings += ", ";
    mappings += mapping.framework + ":" + mapping.control;
  }
  if (!mappings.empty()) metadata["frameworks"] = mappings;
  return metadata;
}

/// A control that names no effect parameter gets Azure's customary one. Null: the effect is unknown.
ordered_json customary_effect_parameter(std::string_view literal) {
  const std::vector<std::string_view> choices = exchangeable_effects(literal);
  if (choices.empty()) return nullptr;
  ordered_json allowed = ordered_json::array();
  for (std::string_view effect : choices)
    allowed.push_back(effect);
  return {{"type", "String"},
          {"metadata",
           {{"displayName", "Effect"}, {"description", "Enable or disable the execution of the policy"}}},
          {"allowedValues", std::move(allowed)},
          {"defaultValue", choices.front()}};
}

/// Display name of a control, before it is cut.
std::string control_title(const ir::Policy& policy) {
  return policy.id.empty() ? policy.title : fmt::format("{}: {}", policy.id, policy.title);
}

bool has_parameter(const ir::Policy& policy, std::string_view name) {
  return std::any_of(policy.parameters.begin(), policy.parameters.end(),
                     [&](const ir::PolicyParameter& one) { return equal_ascii_fold(one.name, name); });
}

class DefinitionWriter {
public:
  DefinitionWriter(const ir::Graph& graph, const ir::Policy& policy,
                   const std::unordered_map<std::uint32_t, Span>* node_spans)
      : graph_(graph), policy_(policy), node_spans_(node_spans), conditions_(graph) {
    for (const ir::PolicyParameter& parameter : policy.parameters)
      conditions_.templates().declare(parameter.name);
  }

  Result<ordered_json> write(const DefinitionOptions& options) {
    ordered_json properties;
    const bool control = policy_.origin == ir::Origin::Control;
    const std::string title = control ? control_title(policy_) : policy_.title;
    // Controls may say more than Azure takes; a definition is what it is.
    if (!title.empty()) properties["displayName"] = control ? clipped(title, Limit::DisplayName) : title;
    if (!policy_.description.empty())
      properties["description"] =
          control ? clipped(policy_.description, Limit::Description) : policy_.description;
    properties["policyType"] = policy_.policy_type.empty() ? "Custom" : policy_.policy_type;
    properties["mode"] = !policy_.mode.empty() ? policy_.mode : options.indexed ? "Indexed" : "All";
    if (control) {
      properties["metadata"] = control_metadata(policy_);
    } else {
      // A definition that has no metadata gets none, and its version stands where it stood.
      ordered_json metadata = parsed_or_empty(policy_.metadata_json);
      if (!policy_.version.empty() && metadata.value("version", ordered_json()) != policy_.version)
        properties["version"] = policy_.version;
      if (!policy_.metadata_json.empty()) properties["metadata"] = std::move(metadata);
    }

    ordered_json rule;
    rule["if"] = conditions_.condition(rule_condition_);
    const ordered_json effect = control ? effect_parameter() : ordered_json();
    const bool add_effect = !effect.is_null();
    rule["then"]["effect"] = add_effect ? ordered_json("[parameters('effect')]")
                                        : conditions_.templates().value(policy_.effect.name);
    if (ordered_json details = details_json(graph_, policy_.effect, conditions_); !details.is_null())
      rule["then"]["details"] = std::move(details);

    ordered_json parameters = ordered_json::object();
    if (add_effect) parameters["effect"] = effect;
    for (const ir::PolicyParameter& parameter : policy_.parameters)
      parameters[parameter.name] = parameter_json(graph_, parameter, control);
    properties["parameters"] = std::move(parameters);
    properties["policyRule"] = std::move(rule);

    if (!conditions_.failures().empty()) return not_emittable();
    ordered_json document;
    document["name"] = definition_name(policy_);
    document["properties"] = std::move(properties);
    return document;
  }

  void set_rule(ir::NodeId condition) { rule_condition_ = condition; }

private:
  /// The first obstacle is the message, further ones are labels beside it.
  Diagnostic not_emittable() const {
    auto place = [&](ir::NodeId node) {
      if (node_spans_)
        if (auto found = node_spans_->find(node.index); found != node_spans_->end()) return found->second;
      return policy_.span;
    };
    const std::vector<NotExpressible>& failures = conditions_.failures();
    Diagnostic d(Code::NotEmittable, place(failures.front().node),
                 fmt::format("`{}` cannot become an Azure Policy definition: {}", policy_.id,
                             failures.front().reason));
    for (std::size_t i = 1; i < failures.size(); ++i)
      d.labels.push_back({place(failures[i].node), failures[i].reason});
    return d;
  }

  /// Null when the control has a parameter for its effect, or one that has the name for something else.
  ordered_json effect_parameter() const {
    if (has_parameter(policy_, "effect")) return nullptr;
    if (graph_.node(policy_.effect.name).kind != ir::NodeKind::Literal) return nullptr;
    const Value& effect = graph_.constant_value(policy_.effect.name);
    return effect.is(ValueKind::String) ? customary_effect_parameter(effect.as_string()) : ordered_json();
  }

  const ir::Graph& graph_;
  const ir::Policy& policy_;
  const std::unordered_map<std::uint32_t, Span>* node_spans_;
  ConditionWriter conditions_;
  ir::NodeId rule_condition_;
};

} // namespace

std::vector<std::string_view> exchangeable_effects(std::string_view effect) {
  std::vector<std::string_view> out;
  for (const auto& row : kExchangeable)
    if (equal_ascii_fold(row.front(), effect))
      std::copy_if(row.begin(), row.end(), std::back_inserter(out),
                   [](std::string_view name) { return !name.empty(); });
  return out;
}

std::string definition_name(const ir::Policy& policy) {
  // The id has a number behind it when another policy of these sources has the same name.
  if (policy.origin == ir::Origin::AzureDefinition) return policy.name.empty() ? policy.id : policy.name;
  std::string name;
  for (char c : lower_ascii(policy.id)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    name += plain ? c : '-';
  }
  return name;
}

std::vector<CutText> cut_texts(const ir::Policy& policy) {
  std::vector<CutText> out;
  if (policy.origin != ir::Origin::Control) return out;
  const auto note = [&](std::string_view member, std::string_view text, Limit limit) {
    if (const std::size_t length = utf16_length(text); length > most(limit))
      out.push_back({member, length, most(limit)});
  };
  note("displayName", control_title(policy), Limit::DisplayName);
  note("description", policy.description, Limit::Description);
  return out;
}

ir::NodeId rule_condition(ir::Graph& graph, const ir::Policy& policy) {
  std::vector<ir::NodeId> violations;
  for (const ir::Violation& violation : policy.violations)
    violations.push_back(violation.when);
  const ir::NodeId violated = graph.any_of(violations);
  // The `if` of an imported definition is its one violation; what makes it applicable was derived from it.
  return policy.origin == ir::Origin::AzureDefinition ? violated
                                                      : graph.all_of({policy.applicable, violated});
}

Result<ordered_json> emit_definition(ir::Graph& graph, const ir::Policy& policy,
                                     const DefinitionOptions& options,
                                     const std::unordered_map<std::uint32_t, Span>* node_spans) {
  DefinitionWriter writer(graph, policy, node_spans);
  writer.set_rule(rule_condition(graph, policy));
  return writer.write(options);
}

std::string to_canonical_text(const ordered_json& document) {
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace writ::azure
