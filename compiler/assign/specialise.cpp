// SPDX-License-Identifier: MIT
// Source: docs/azure-policy-semantics.md, "Overrides"; function policy().
#include "assign/instances.h"

#include "azure/override_effect.h"
#include "ir/rewrite.h"
#include "passes/policy_nodes.h"

#include <array>

namespace writ::assign {

namespace {

Value text_or_null(std::string_view text) { return text.empty() ? Value::null() : Value::string(text); }

/// What policy() gives inside this instance.
ir::NodeId answer(const ir::PolicySet& set, const ir::PolicyInstance& instance) {
  const std::string_view initiative =
      instance.initiative ? std::string_view(set.initiatives[*instance.initiative].id) : std::string_view();
  const std::array<Member, 4> members = {{
      {"assignmentId", text_or_null(set.assignments[*instance.assignment].id)},
      {"definitionId", text_or_null(set.policies[instance.policy].resource_id)},
      {"setDefinitionId", text_or_null(initiative)},
      {"definitionReferenceId", text_or_null(instance.reference)},
  }};
  return set.graph->literal(Value::object(members));
}

} // namespace

void specialise(ir::PolicySet& set) {
  for (ir::PolicyInstance& instance : set.instances) {
    if (!instance.assignment) continue;
    ir::Policy own = set.policies[instance.policy];
    bool differs = false;
    if (!instance.effect.empty()) {
      const std::string problem = azure::override_effect(*set.graph, own, instance.effect);
      if (instance.problem.empty()) instance.problem = problem;
      differs = true;
    }
    const ir::NodeId policy = answer(set, instance);
    ir::Rewriter rewrite(*set.graph, [&](ir::NodeId id) {
      const ir::Node& node = set.graph->node(id);
      return node.kind == ir::NodeKind::Call && node.function == Function::Policy ? policy : id;
    });
    differs = passes::rewrite_policy(own, [&](ir::NodeId id) { return rewrite(id); }) || differs;
    if (!differs) continue;
    set.policies.push_back(std::move(own));
    instance.policy = set.policies.size() - 1;
  }
}

} // namespace writ::assign
