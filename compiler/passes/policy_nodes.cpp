// SPDX-License-Identifier: MIT
#include "passes/policy_nodes.h"

namespace writ::passes {

namespace {

/// The one list of node places. `Policy` may be const.
template <typename Policy, typename Visit> void condition_places(Policy& policy, const Visit& visit) {
  visit(policy.applicable);
  for (auto& violation : policy.violations)
    visit(violation.when);
  if (policy.effect.existence) visit(policy.effect.existence->condition);
}

template <typename Policy, typename Visit> void operand_places(Policy& policy, const Visit& visit) {
  for (auto& violation : policy.violations)
    visit(violation.message);
  visit(policy.effect.name);
  visit(policy.effect.details);
  if (auto& e = policy.effect.existence) {
    visit(e->type);
    visit(e->name);
    visit(e->kind);
    visit(e->resource_group);
    visit(e->scope);
  }
  for (auto& operation : policy.effect.operations) {
    visit(operation.operation);
    visit(operation.field);
    visit(operation.value);
    visit(operation.condition);
  }
}

} // namespace

bool rewrite_conditions(ir::Policy& policy, const std::function<ir::NodeId(ir::NodeId)>& change) {
  bool changed = false;
  condition_places(policy, [&](ir::NodeId& id) {
    if (!id.valid()) return;
    const ir::NodeId next = change(id);
    changed = changed || !(next == id);
    id = next;
  });
  return changed;
}

bool rewrite_policy(ir::Policy& policy, const std::function<ir::NodeId(ir::NodeId)>& change) {
  bool changed = rewrite_conditions(policy, change);
  operand_places(policy, [&](ir::NodeId& id) {
    if (!id.valid()) return;
    const ir::NodeId next = change(id);
    changed = changed || !(next == id);
    id = next;
  });
  return changed;
}

void for_each_root(const ir::Policy& policy, const std::function<void(ir::NodeId)>& visit) {
  const auto if_valid = [&](ir::NodeId id) {
    if (id.valid()) visit(id);
  };
  condition_places(policy, if_valid);
  operand_places(policy, if_valid);
}

} // namespace writ::passes
