// SPDX-License-Identifier: MIT
// Source: docs/azure-policy-semantics.md, "Overrides".
#include "azure/override_effect.h"

#include "azure/definition_reader.h"

#include <fmt/format.h>

namespace writ::azure {

std::string override_effect(ir::Graph& graph, ir::Policy& policy, std::string_view effect) {
  const EffectFamily family = effect_family(effect);
  if (family == EffectFamily::Unknown) return fmt::format("unknown-effect: there is no effect `{}`", effect);
  const bool related = family == EffectFamily::IfNotExists || family == EffectFamily::DeployIfNotExists;
  const bool changes = family == EffectFamily::Modify || family == EffectFamily::Append;
  if ((related && !policy.effect.existence) || (changes && policy.effect.operations.empty()))
    return fmt::format("bad-details: the effect `{}` needs details that the definition does not have",
                       effect);
  policy.effect.name = graph.literal_text(effect);
  if (policy.origin == ir::Origin::AzureDefinition && !policy.violations.empty()) {
    std::string canonical;
    const ModeFamily mode =
        policy.mode.empty() ? ModeFamily::ResourceManager : mode_family(policy.mode, canonical);
    policy.applicable = applicable(graph, mode, policy.violations.front().when, {family}, policy.effect.name);
  }
  return {};
}

} // namespace writ::azure
