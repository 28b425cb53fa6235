// SPDX-License-Identifier: MIT
// Source: docs/azure-policy-semantics.md, "Mode", "Applicability".
#include "prove/types.h"

#include "ir/rewrite.h"
#include "passes/policy_nodes.h"
#include "prove/collect.h"
#include "writ/text.h"

#include <algorithm>

namespace writ::prove {

namespace {

constexpr std::string_view kSubscription = "Microsoft.Resources/subscriptions";
constexpr std::string_view kResourceGroup = "Microsoft.Resources/subscriptions/resourceGroups";

bool has_arm_mode(const ir::Policy& policy) {
  return policy.origin == ir::Origin::AzureDefinition &&
         (equal_ascii_fold(policy.mode, "All") || equal_ascii_fold(policy.mode, "Indexed"));
}

bool reads_location(const ir::Graph& graph, const ir::Policy& policy) {
  bool found = false;
  const auto look = [&](ir::NodeId root) {
    ir::for_each_node(graph, root, [&](ir::NodeId, const ir::Node& node) {
      found = found || (node.kind == ir::NodeKind::Field &&
                        graph.field_info(node.field).kind == ir::FieldKind::Location);
    });
  };
  for (const ir::Violation& violation : policy.violations)
    look(violation.when);
  return found;
}

void add_features(const ir::Graph& graph, const ir::Policy& policy, Features& features) {
  for (const std::string& type : policy.types)
    features.folded.insert(type);
  if (has_arm_mode(policy)) {
    features.folded.insert({std::string(kSubscription), std::string(kResourceGroup)});
    features.patterns.insert(starting_with("Microsoft.Resources/"));
  }
  passes::for_each_root(policy, [&](ir::NodeId root) {
    ir::for_each_node(graph, root, [&](ir::NodeId id, const ir::Node& node) {
      if (node.field.valid())
        for (const ir::Resolution& resolution : graph.field_info(node.field).resolutions)
          features.folded.insert(resolution.type);
      if (node.kind != ir::NodeKind::Test) return;
      const ir::Node& left = graph.node(graph.children(id)[0]);
      const ir::NodeId right = graph.children(id)[1];
      if (left.kind != ir::NodeKind::Field || graph.field_info(left.field).kind != ir::FieldKind::Type ||
          graph.node(right).kind != ir::NodeKind::Literal)
        return;
      const Operator positive = std::min(node.op, info(node.op).negated);
      Collector::note(positive, features, graph.constant_value(right));
    });
  });
}

} // namespace

std::vector<Cell> type_cells(const Side& left, const ir::Policy& bound_left, const Side& right,
                             const ir::Policy& bound_right, Arena& arena) {
  Features features;
  add_features(*left.graph, bound_left, features);
  add_features(*right.graph, bound_right, features);
  features.folded.erase("");
  CellPlan plan;
  plan.text_only = true;
  plan.never_missing = true;
  std::vector<Cell> cells = make_cells(features, plan, arena);
  for (Cell& cell : cells) {
    // A witness needs a name that looks like a type.
    const std::string_view text = cell.representative.as_string();
    if (!cell.one_folding && text.find('/') == std::string_view::npos && features.patterns.empty())
      cell.representative = Value::string("Contoso.Other/things");
    if (!cell.one_folding) continue;
    for (const Side* side : {&left, &right})
      if (const ResourceTypeInfo* known = side->catalog->find_type(text))
        cell.representative = Value::string(arena.copy(known->name));
  }
  return cells;
}

ModeSays mode_says(const Side& side, const ir::Policy& bound, const Cell& type) {
  if (!has_arm_mode(bound)) return ModeSays::Inside;
  const std::string_view name = type.representative.as_string();
  const bool indexed = equal_ascii_fold(bound.mode, "Indexed");
  const bool subscription = equal_ascii_fold(name, kSubscription);
  if (subscription || equal_ascii_fold(name, kResourceGroup)) {
    if (indexed || (subscription && reads_location(*side.graph, bound))) return ModeSays::Outside;
    return ModeSays::Inside;
  }
  if (!type.one_folding && !type.patterns_hold) return ModeSays::Depends;
  if (fits(starting_with("Microsoft.Resources/"), name)) return ModeSays::Outside;
  if (!indexed) return ModeSays::Inside;
  if (!type.one_folding) return ModeSays::Depends;
  const ResourceTypeInfo* known = side.catalog->find_type(name);
  if (known == nullptr || known->tracked == Ternary::Unknown) return ModeSays::Depends;
  return known->tracked == Ternary::Yes ? ModeSays::Inside : ModeSays::Outside;
}

} // namespace writ::prove
