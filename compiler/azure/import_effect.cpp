// SPDX-License-Identifier: MIT
// `then`: the effect, its details, and what they make of the condition.
// Source: docs/azure-policy-semantics.md, "Effects", "Related resources", "Applicability".
#include "azure/applicability.h"
#include "azure/definition_reader.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace writ::azure {

using ir::NodeId;

namespace {

struct EffectRow {
  std::string_view name;
  EffectFamily family;
};
constexpr std::array<EffectRow, 15> kEffectRows = {{
    {"audit", EffectFamily::Plain},
    {"deny", EffectFamily::Plain},
    {"disabled", EffectFamily::Plain},
    {"append", EffectFamily::Append},
    {"modify", EffectFamily::Modify},
    {"auditIfNotExists", EffectFamily::IfNotExists},
    {"deployIfNotExists", EffectFamily::DeployIfNotExists},
    {"denyAction", EffectFamily::DenyAction},
    {"auditAction", EffectFamily::Provider},
    {"manual", EffectFamily::Manual},
    {"mutate", EffectFamily::Provider},
    {"addToNetworkGroup", EffectFamily::Provider},
    {"EnforceRegoPolicy", EffectFamily::Provider},
    {"EnforceOPAConstraint", EffectFamily::Provider},
    {"enforceSetting", EffectFamily::Provider},
}};

/// The only modes in which an effect exists; empty = those of the Resource Manager.
struct EffectModes {
  std::string_view effect;
  std::array<std::string_view, 2> modes;
};
constexpr std::array<EffectModes, 5> kEffectModes = {{
    {"mutate", {"Microsoft.Kubernetes.Data", ""}},
    {"addToNetworkGroup", {"Microsoft.Network.Data", ""}},
    {"EnforceRegoPolicy", {"Microsoft.ContainerService.Data", ""}},
    {"EnforceOPAConstraint", {"Microsoft.Kubernetes.Data", "Microsoft.ContainerService.Data"}},
    {"enforceSetting", {"Microsoft.MachineLearningServices.Data", ""}},
}};

/// Whether the effect exists in the mode. Modes that nobody knows are not judged.
bool exists_in_mode(std::string_view effect, std::string_view mode, ModeFamily family) {
  if (effect_family(effect) == EffectFamily::Plain || family == ModeFamily::Unsupported) return true;
  for (const EffectModes& row : kEffectModes)
    if (equal_ascii_fold(row.effect, effect))
      return std::any_of(row.modes.begin(), row.modes.end(),
                         [&](std::string_view name) { return equal_ascii_fold(name, mode); });
  return family == ModeFamily::ResourceManager;
}

bool is_related(EffectFamily family) {
  return family == EffectFamily::IfNotExists || family == EffectFamily::DeployIfNotExists;
}

bool is_expression(const JsonNode& node) {
  return node.is(JsonKind::String) && classify_string(node.text) == StringClass::Expression;
}

/// Minutes of "PT30M", "PT1H", …; negative when it is no such duration.
long delay_minutes(std::string_view text) {
  if (text.size() < 4 || !equal_ascii_fold(text.substr(0, 2), "PT")) return -1;
  long minutes = 0;
  long number = 0;
  bool digits = false;
  for (char c : text.substr(2)) {
    if (c >= '0' && c <= '9') {
      number = std::min(number * 10 + (c - '0'), 100000L);
      digits = true;
      continue;
    }
    const bool hours = c == 'H' || c == 'h';
    if (!digits || (!hours && c != 'M' && c != 'm')) return -1;
    minutes += hours ? number * 60 : number;
    number = 0;
    digits = false;
  }
  return digits ? -1 : minutes;
}

/// The result of an audit inside a machine, as its agent reported it.
constexpr std::string_view kGuestCompliance =
    "Microsoft.GuestConfiguration/guestConfigurationAssignments/complianceStatus";

/// Whether some `field` below the node is this one.
bool mentions_field(const JsonNode& node, std::string_view name) {
  return std::any_of(node.members.begin(), node.members.end(),
                     [&](const JsonMember& member) {
                       return (equal_ascii_fold(member.key, "field") && member.value.is(JsonKind::String) &&
                               equal_ascii_fold(member.value.text, name)) ||
                              mentions_field(member.value, name);
                     }) ||
         std::any_of(node.elements.begin(), node.elements.end(),
                     [&](const JsonNode& element) { return mentions_field(element, name); });
}

/// Why what the details ask for is no property of a resource; empty = it is.
std::string_view outside_of_snapshots(const JsonNode& details) {
  for (const std::string_view key : {"templateInfo", "constraintTemplate", "constraintInfo", "mutationInfo"})
    if (details.find(key)) return kRegoTemplate;
  const JsonNode* condition = details.find("existenceCondition");
  return condition && mentions_field(*condition, kGuestCompliance) ? kGuestConfiguration : std::string_view();
}

} // namespace

EffectFamily effect_family(std::string_view effect) {
  for (const EffectRow& row : kEffectRows)
    if (equal_ascii_fold(row.name, effect)) return row.family;
  return EffectFamily::Unknown;
}

bool DefinitionReader::need(const JsonNode* member, JsonKind kind, const JsonNode& details,
                            std::string_view name) {
  const bool expression_may_stand = kind == JsonKind::String || kind == JsonKind::Array;
  if (member && (member->is(kind) || (expression_may_stand && is_expression(*member))) &&
      (kind != JsonKind::Array || is_expression(*member) || !member->elements.empty()) &&
      (kind != JsonKind::String || !member->text.empty()))
    return true;
  rule_.fail(Code::PolicyEffectDetails, member ? member->span : details.span,
             member ? fmt::format("`{}` must be {} that is not empty", name,
                                  kind == JsonKind::Array    ? "an array"
                                  : kind == JsonKind::String ? "a string"
                                                             : "an object")
                    : fmt::format("the details of this effect need `{}`", name));
  return false;
}

void DefinitionReader::check_word(const JsonNode& details, std::string_view key,
                                  std::initializer_list<std::string_view> words) {
  const JsonNode* value = details.find(key);
  if (!value || is_expression(*value)) return;
  if (value->is(JsonKind::String) && std::any_of(words.begin(), words.end(), [&](std::string_view w) {
        return equal_ascii_fold(w, value->text);
      }))
    return;
  Diagnostic diagnostic(Code::PolicyEffectDetails, value->span,
                        fmt::format("`{}` does not have this value", key));
  std::string list;
  for (std::string_view word : words)
    list += (list.empty() ? "" : ", ") + std::string(word);
  rule_.fail(std::move(diagnostic).note("values are " + list));
}

void DefinitionReader::check_modify(const JsonNode& details) {
  need(details.find("roleDefinitionIds"), JsonKind::Array, details, "roleDefinitionIds");
  need(details.find("operations"), JsonKind::Array, details, "operations");
  check_word(details, "conflictEffect", {"audit", "deny", "disabled"});
}

void DefinitionReader::check_related(EffectFamily effect, const JsonNode& details) {
  need(details.find("type"), JsonKind::String, details, "type");
  check_word(details, "existenceScope", {"ResourceGroup", "Subscription"});
  if (const JsonNode* delay = details.find("evaluationDelay"); delay && !is_expression(*delay)) {
    constexpr std::array<std::string_view, 3> kMoments = {"AfterProvisioning", "AfterProvisioningSuccess",
                                                          "AfterProvisioningFailure"};
    const bool moment = std::any_of(kMoments.begin(), kMoments.end(),
                                    [&](std::string_view m) { return equal_ascii_fold(m, delay->text); });
    const long minutes = delay_minutes(delay->text);
    if (!moment && (minutes < 0 || minutes > 360))
      rule_.fail(Code::PolicyEffectDetails, delay->span,
                 "`evaluationDelay` is AfterProvisioning… or a duration of at most 360 minutes");
  }
  if (effect != EffectFamily::DeployIfNotExists) return;
  need(details.find("roleDefinitionIds"), JsonKind::Array, details, "roleDefinitionIds");
  check_word(details, "deploymentScope", {"ResourceGroup", "Subscription"});
  const JsonNode* deployment = details.find("deployment");
  if (!need(deployment, JsonKind::Object, details, "deployment")) return;
  need(deployment->find("properties"), JsonKind::Object, *deployment, "properties");
  if (equal_ascii_fold(details.text_of("deploymentScope"), "Subscription") && !deployment->find("location"))
    rule_.fail(Code::PolicyEffectDetails, deployment->span,
               "a deployment to a subscription needs a `location`");
}

void DefinitionReader::check_details(EffectFamily effect, const JsonNode& then, const JsonNode* details) {
  switch (effect) {
  case EffectFamily::Append:
    if (details && !details->is(JsonKind::Array) && !details->is(JsonKind::Object))
      rule_.fail(Code::PolicyEffectDetails, details->span, "append needs an array of `field` and `value`");
    else if (details && details->is(JsonKind::Array) && details->elements.empty())
      rule_.fail(Code::PolicyEffectDetails, details->span, "append needs at least one `field` and `value`");
    return;
  case EffectFamily::Modify:
    if (!details) return;
    if (!details->is(JsonKind::Object))
      rule_.fail(Code::PolicyEffectDetails, details->span, "the details of modify are an object");
    else
      check_modify(*details);
    return;
  case EffectFamily::IfNotExists:
  case EffectFamily::DeployIfNotExists:
    if (!details || !details->is(JsonKind::Object))
      rule_.fail(Code::PolicyEffectDetails, details ? details->span : then.span,
                 "the effect needs `details` that say which related resource must exist");
    else
      check_related(effect, *details);
    return;
  case EffectFamily::DenyAction: {
    const JsonNode* actions = details ? details->find("actionNames") : nullptr;
    if (!need(actions, JsonKind::Array, details ? *details : then, "actionNames")) return;
    for (const JsonNode& action : actions->elements)
      if (!equal_ascii_fold(action.text, "delete"))
        rule_.fail(Code::PolicyEffectDetails, action.span, "only the action `delete` can be denied");
    return;
  }
  case EffectFamily::Manual:
    if (details)
      check_word(*details, "defaultState", {"Unknown", "Compliant", "NonCompliant", "Non-compliant"});
    return;
  default:
    return;
  }
}

std::set<EffectFamily> DefinitionReader::possible_effects(const JsonNode& effect,
                                                          const ir::Policy& policy) const {
  if (!is_expression(effect)) return {effect_family(effect.text)};
  const ir::Node& node = graph_.node(policy.effect.name);
  if (node.kind == ir::NodeKind::Parameter)
    for (const ir::PolicyParameter& parameter : policy.parameters) {
      if (parameter.name != graph_.name_of(policy.effect.name) || parameter.allowed.empty()) continue;
      std::set<EffectFamily> out;
      for (NodeId allowed : parameter.allowed)
        if (const Value& value = graph_.constant_value(allowed);
            value.is(ValueKind::String) && !equal_ascii_fold(value.as_string(), "disabled"))
          out.insert(effect_family(value.as_string()));
      return out;
    }
  return {EffectFamily::Unknown};
}

std::string DefinitionReader::default_effect(const ir::Policy& policy) const {
  if (graph_.node(policy.effect.name).kind != ir::NodeKind::Parameter) return {};
  for (const ir::PolicyParameter& parameter : policy.parameters)
    if (parameter.name == graph_.name_of(policy.effect.name) && parameter.default_value)
      if (const Value& value = graph_.constant_value(*parameter.default_value); value.is(ValueKind::String))
        return std::string(value.as_string());
  return {};
}

ir::NodeId DefinitionReader::member(const JsonNode& details, std::string_view key) {
  const JsonNode* found = details.find(key);
  return found && !found->is(JsonKind::Null) ? rule_.operand(*found) : NodeId{};
}

void DefinitionReader::read_existence(const JsonNode& details, ir::Effect& out) {
  ir::Existence existence;
  existence.type = member(details, "type");
  existence.name = member(details, "name");
  existence.kind = member(details, "kind");
  existence.resource_group = member(details, "resourceGroupName");
  existence.scope = member(details, "existenceScope");
  if (const JsonNode* condition = details.find("existenceCondition"))
    existence.condition = rule_.existence_condition(*condition);
  if (existence.type.valid()) out.existence = existence;
}

void DefinitionReader::read_operations(const JsonNode& list, ir::Effect& out) {
  for (const JsonNode& node : list.elements) {
    if (!node.is(JsonKind::Object)) {
      rule_.fail(Code::PolicyEffectDetails, node.span,
                 fmt::format("an operation must be an object, not {}", kind_name(node.kind)));
      continue;
    }
    ir::Operation operation;
    const JsonNode* kind = node.find("operation");
    const JsonNode* field = node.find("field");
    const JsonNode* value = node.find("value");
    if (kind) check_word(node, "operation", {"add", "addOrReplace", "remove"});
    const bool removes = kind && equal_ascii_fold(kind->text, "remove");
    if (!field) {
      rule_.fail(Code::PolicyEffectDetails, node.span, "an operation needs a `field`");
      continue;
    }
    if (!value && !removes && !(kind && is_expression(*kind))) {
      rule_.fail(Code::PolicyEffectDetails, node.span, "an operation that adds needs a `value`");
      continue;
    }
    if (removes && !is_expression(*field) &&
        !(field->text.size() >= 4 && equal_ascii_fold(field->text.substr(0, 4), "tags")))
      rule_.fail(Code::PolicyEffectDetails, field->span, "only tags can be removed");
    if (kind) operation.operation = rule_.operand(*kind);
    operation.field = rule_.target(*field);
    if (value && !removes) operation.value = rule_.operand(*value);
    operation.condition = member(node, "condition");
    out.operations.push_back(operation);
  }
}

ir::NodeId DefinitionReader::deployment(const JsonNode& node) {
  // The template belongs to another language: it is kept as it is, and nothing in it is evaluated.
  std::vector<NodeId> parts;
  bool ok = true;
  for (const JsonMember& entry : node.members) {
    if (equal_ascii_fold(entry.key, "template")) {
      parts.push_back(graph_.literal_text(entry.key));
      parts.push_back(rule_.literal(entry.value));
      ok = ok && parts.back().valid();
      continue;
    }
    parts.push_back(graph_.literal_text(entry.key));
    const bool nested = equal_ascii_fold(entry.key, "properties") && entry.value.is(JsonKind::Object);
    parts.push_back(nested ? deployment(entry.value) : rule_.operand(entry.value));
    ok = ok && parts.back().valid();
  }
  return ok ? graph_.record(parts) : NodeId{};
}

void DefinitionReader::read_details(const JsonNode& details, ir::Effect& out) {
  if (details.is(JsonKind::Array)) {
    read_operations(details, out);
    return;
  }
  if (!details.is(JsonKind::Object)) {
    rule_.fail(Code::PolicyEffectDetails, details.span,
               fmt::format("`details` must be an object or an array, not {}", kind_name(details.kind)));
    return;
  }
  if (const JsonMember* repeated = find_repeated_key(details)) {
    rule_.fail(Code::RepeatedPolicyMember, repeated->key_span,
               fmt::format("`{}` is given twice", repeated->key));
    return;
  }
  if (details.find("field") && details.find("value") && !details.find("operations")) {
    JsonNode list; // append with one pair that is not in an array
    list.kind = JsonKind::Array;
    list.elements = {&details, 1};
    read_operations(list, out);
    return;
  }
  std::vector<NodeId> parts;
  bool ok = true;
  for (const JsonMember& entry : details.members) {
    if (equal_ascii_fold(entry.key, "existenceCondition")) continue;
    if (equal_ascii_fold(entry.key, "operations") && entry.value.is(JsonKind::Array)) {
      read_operations(entry.value, out);
      continue;
    }
    parts.push_back(graph_.literal_text(entry.key));
    const bool deploys = equal_ascii_fold(entry.key, "deployment") && entry.value.is(JsonKind::Object);
    parts.push_back(deploys ? deployment(entry.value) : rule_.operand(entry.value));
    ok = ok && parts.back().valid();
  }
  if (ok) out.details = graph_.record(parts);
}

void DefinitionReader::read_then(const JsonNode& then, ir::Policy& out) {
  if (!unrepeated(then, {"effect", "details"})) return;
  const JsonNode* effect = then.find("effect");
  if (!effect || !effect->is(JsonKind::String)) {
    rule_.fail(Code::NotAPolicyDefinition, effect ? effect->span : then.span,
               "`then` needs an `effect` that is a string");
    return;
  }
  out.effect.name = rule_.operand(*effect);
  if (!out.effect.name.valid()) return;
  const std::set<EffectFamily> effects = possible_effects(*effect, out);
  const JsonNode* details = then.find("details");
  if (details && details->is(JsonKind::Null)) details = nullptr;
  const bool literal = !is_expression(*effect);
  if (literal) {
    if (effects.contains(EffectFamily::Unknown)) {
      std::vector<std::string_view> known;
      for (const EffectRow& row : kEffectRows)
        known.push_back(row.name);
      Diagnostic diagnostic(Code::PolicyEffectDetails, effect->span,
                            fmt::format("there is no effect `{}`", effect->text));
      for (const std::string& near : nearest(effect->text, known))
        diagnostic.notes.push_back(fmt::format("did you mean `{}`?", near));
      rule_.fail(std::move(diagnostic));
      return;
    }
  }
  // A parameterised effect is judged by its default: that is what an assignment without values gets.
  const std::string resolved = literal ? std::string(effect->text) : default_effect(out);
  const EffectFamily family = effect_family(resolved);
  if (family != EffectFamily::Unknown) {
    if (!exists_in_mode(resolved, out.mode, mode_)) {
      rule_.fail(Code::PolicyEffectMode, effect->span,
                 fmt::format("the effect `{}` does not exist in mode {}", resolved, out.mode));
      return;
    }
    const std::size_t before = diagnostics_.errors();
    check_details(family, then, details);
    // One mistake is said once.
    if (details && !details->is(JsonKind::Object) && !details->is(JsonKind::Array) &&
        diagnostics_.errors() > before)
      return;
  }
  if (details && out.not_evaluable.empty()) out.not_evaluable = outside_of_snapshots(*details);
  // Audit, deny and disabled have no details; those of a Kubernetes rule are the rule.
  const bool plain = effects == std::set<EffectFamily>{EffectFamily::Plain};
  if (details && !(plain && mode_ == ModeFamily::ResourceManager)) {
    read_details(*details, out.effect);
    const bool may_relate =
        std::any_of(effects.begin(), effects.end(), is_related) || effects.contains(EffectFamily::Unknown);
    if (may_relate && details->is(JsonKind::Object) && details->find("type"))
      read_existence(*details, out.effect);
  } else if (details && literal) {
    diagnostics_.add(Diagnostic(Code::IgnoredPolicyMember, details->span,
                                fmt::format("the effect `{}` has no details", effect->text)));
  }
  if (!out.violations.empty() && out.violations.front().when.valid())
    out.applicable = applicable(graph_, mode_, out.violations.front().when, effects, out.effect.name);
}

ir::NodeId applicable(ir::Graph& graph, ModeFamily mode, ir::NodeId condition,
                      const std::set<EffectFamily>& effects, ir::NodeId effect) {
  switch (mode) {
  case ModeFamily::Kubernetes:
    return condition;
  case ModeFamily::Provider:
    return graph.constant(false); // evaluated by the resource provider, never here
  case ModeFamily::Network:
    return applicability(graph, condition, {true, true, false, false});
  case ModeFamily::Component:
    return applicability(graph, condition, {true, false, false, false});
  default:
    break;
  }
  const NodeId bound = applicability(graph, condition, deciding_classes(leaf_classes(graph, condition)));
  const bool related = std::any_of(effects.begin(), effects.end(), is_related);
  const bool others =
      std::any_of(effects.begin(), effects.end(), [](EffectFamily f) { return !is_related(f); });
  if (related && !others) return condition;
  if (!related && !effects.contains(EffectFamily::Unknown)) return bound;
  // The value of a parameter decides which of the two it is.
  Arena arena;
  const std::array<Value, 2> names = {Value::string("auditIfNotExists"), Value::string("deployIfNotExists")};
  const NodeId list = graph.literal(Value::array(names));
  return graph.any_of({graph.all_of({graph.test(Operator::In, effect, list), condition}),
                       graph.all_of({graph.test(Operator::NotIn, effect, list), bound})});
}

} // namespace writ::azure
