// SPDX-License-Identifier: MIT
#include "azure/emit_definition.h"
#include "facade/state.h"
#include "passes/normalise.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ {

bool is_kept(const std::vector<std::string>& keep, const std::string& id) {
  return keep.empty() || std::any_of(keep.begin(), keep.end(),
                                     [&](const std::string& one) { return equal_ascii_fold(one, id); });
}

Result<nlohmann::ordered_json> emit_one(Compilation::State& state, std::size_t index) {
  const ir::Policy& policy = state.project.set.policies[index];
  if (policy.origin == ir::Origin::AzureDefinition)
    return azure::emit_definition(*state.project.set.graph, policy, {}, &state.project.node_spans);
  if (state.project.local_record[index])
    return Diagnostic(
        Code::NotEmittable, policy.span,
        fmt::format("`{}` cannot become an Azure Policy definition: {} is a record, not an Azure resource",
                    policy.id, policy.types.front()));
  azure::DefinitionOptions options;
  options.indexed = !policy.types.empty() &&
                    std::all_of(policy.types.begin(), policy.types.end(), [&](const std::string& type) {
                      const ResourceTypeInfo* known = state.catalog.find_type(type);
                      return known && known->tracked == Ternary::Yes;
                    });
  // Negations go down to the tests: `notEquals` reads better than `not` around `equals`, and means the same.
  ir::Policy emitted = policy;
  passes::Normaliser normalise(*state.project.set.graph);
  emitted.applicable = normalise(policy.applicable);
  for (ir::Violation& violation : emitted.violations)
    violation.when = normalise(violation.when);
  if (auto& existence = emitted.effect.existence; existence && existence->condition.valid())
    existence->condition = normalise(existence->condition);
  return azure::emit_definition(*state.project.set.graph, emitted, options, &state.project.node_spans);
}

std::vector<EmittedFile> Compilation::emit_azure_policy(Diagnostics& not_emittable,
                                                        const std::vector<std::string>& keep) {
  std::vector<EmittedFile> files;
  for (std::size_t i = 0; i < state_->project.set.policies.size(); ++i) {
    if (!is_kept(keep, state_->project.set.policies[i].id)) continue;
    Result<nlohmann::ordered_json> definition = emit_one(*state_, i);
    if (!definition.ok()) {
      not_emittable.add(definition.take_error());
      continue;
    }
    const ir::Policy& policy = state_->project.set.policies[i];
    files.push_back(
        {azure::definition_name(policy) + ".json", azure::to_canonical_text(*definition), policy.id});
  }
  std::sort(files.begin(), files.end(),
            [](const EmittedFile& a, const EmittedFile& b) { return a.path < b.path; });
  return files;
}

} // namespace writ
