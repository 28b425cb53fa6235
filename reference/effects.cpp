// SPDX-License-Identifier: MIT
#include "effects.h"

#include "text.h"
#include "value.h"

#include <array>
#include <utility>

namespace writ::reference {
namespace {

constexpr std::array<std::pair<std::string_view, Effect>, 14> kEffects{{
    {"disabled", Effect::Disabled},
    {"audit", Effect::Audit},
    {"deny", Effect::Deny},
    {"append", Effect::Append},
    {"modify", Effect::Modify},
    {"auditIfNotExists", Effect::AuditIfNotExists},
    {"deployIfNotExists", Effect::DeployIfNotExists},
    {"denyAction", Effect::DenyAction},
    {"manual", Effect::Manual},
    {"mutate", Effect::Mutate},
    {"addToNetworkGroup", Effect::AddToNetworkGroup},
    {"EnforceRegoPolicy", Effect::EnforceRegoPolicy},
    {"enforceSetting", Effect::EnforceSetting},
    {"AuditAction", Effect::AuditAction},
}};

constexpr std::array<std::pair<std::string_view, ModeKind>, 12> kModes{{
    {"All", ModeKind::All},
    {"Indexed", ModeKind::Indexed},
    {"Microsoft.Kubernetes.Data", ModeKind::Kubernetes},
    {"Microsoft.KeyVault.Data", ModeKind::TypeComponent},
    {"Microsoft.ManagedHSM.Data", ModeKind::TypeComponent},
    {"Microsoft.DataFactory.Data", ModeKind::TypeComponent},
    {"Microsoft.MachineLearningServices.v2.Data", ModeKind::TypeComponent},
    {"Microsoft.CognitiveServices.Data", ModeKind::TypeComponent},
    {"Microsoft.LoadTestService.Data", ModeKind::TypeComponent},
    {"Microsoft.Network.Data", ModeKind::Network},
    {"Microsoft.MachineLearningServices.Data", ModeKind::Provider},
    {"Microsoft.ContainerService.Data", ModeKind::Provider},
}};

/// Evaluates one member of `details`; what the input does not tell stays as written.
std::optional<Failure> resolve_member(json& out, const std::string& key, const json& value,
                                      Environment& env) {
  const Outcome evaluated = evaluate_json(value, env);
  if (evaluated.is_error()) return evaluated.failure;
  out[key] = evaluated.is_value() ? evaluated.value : value;
  return std::nullopt;
}

Outcome resolve_operations(const json& operations, Environment& env) {
  json out = json::array();
  for (const json& operation : operations) {
    const json* condition = find_member(operation, "condition");
    if (condition != nullptr) {
      const Outcome holds = evaluate_json(*condition, env);
      if (holds.is_value() && holds.value == json(false)) continue;
    }
    json resolved = json::object();
    for (const auto& member : operation.items()) {
      if (&member.value() == condition) {
        // Whether an operation would apply does not change the verdict, so a failing condition is shown as
        // is.
        const Outcome holds = evaluate_json(*condition, env);
        resolved[member.key()] = holds.is_value() ? holds.value : *condition;
      } else if (auto failure = resolve_member(resolved, member.key(), member.value(), env)) {
        return Outcome::error(*failure);
      }
    }
    out.push_back(std::move(resolved));
  }
  return Outcome::of(std::move(out));
}

Outcome resolve_deployment(const json& deployment, Environment& env) {
  json out = json::object();
  for (const auto& member : deployment.items()) {
    if (!equal_ascii(member.key(), "properties") || !member.value().is_object()) {
      if (auto failure = resolve_member(out, member.key(), member.value(), env))
        return Outcome::error(*failure);
      continue;
    }
    json properties = json::object();
    for (const auto& property : member.value().items()) {
      if (equal_ascii(property.key(), "template"))
        properties[property.key()] = property.value();
      else if (auto failure = resolve_member(properties, property.key(), property.value(), env))
        return Outcome::error(*failure);
    }
    out[member.key()] = std::move(properties);
  }
  return Outcome::of(std::move(out));
}

} // namespace

std::optional<Effect> find_effect(std::string_view name) {
  for (const auto& row : kEffects)
    if (equal_ascii(row.first, name)) return row.second;
  return std::nullopt;
}

ModeKind find_mode(std::string_view mode) {
  for (const auto& row : kModes)
    if (equal_ascii(row.first, mode)) return row.second;
  return ModeKind::Unsupported;
}

bool fits_mode(Effect effect, ModeKind mode) {
  switch (effect) {
  case Effect::Disabled:
  case Effect::Audit:
  case Effect::Deny:
  case Effect::EnforceRegoPolicy:
  case Effect::EnforceSetting:
  case Effect::AuditAction:
    return true;
  case Effect::Mutate:
    return mode == ModeKind::Kubernetes || mode == ModeKind::Unsupported;
  case Effect::AddToNetworkGroup:
    return mode == ModeKind::Network || mode == ModeKind::Unsupported;
  default:
    return is_resource_manager(mode) || mode == ModeKind::Unsupported;
  }
}

Outcome resolve_details(Effect effect, const json& details, Environment& env) {
  if (!details.is_object()) return evaluate_json(details, env);
  json out = json::object();
  for (const auto& member : details.items()) {
    const std::string key = lower_ascii(member.key());
    if (key == "existencecondition") {
      out[member.key()] = member.value();
      continue;
    }
    if (key == "deployment" || (effect == Effect::Modify && key == "operations")) {
      if (key == "deployment" && (!env.options->full_details || effect != Effect::DeployIfNotExists))
        continue;
      Outcome part = key == "deployment" ? resolve_deployment(member.value(), env)
                                         : resolve_operations(member.value(), env);
      if (!part.is_value()) return part;
      out[member.key()] = std::move(part.value);
      continue;
    }
    if (auto failure = resolve_member(out, member.key(), member.value(), env))
      return Outcome::error(*failure);
  }
  return Outcome::of(std::move(out));
}

} // namespace writ::reference
