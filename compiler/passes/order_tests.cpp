// SPDX-License-Identifier: MIT
#include "passes/order_tests.h"

#include <algorithm>

namespace writ::passes {

using ir::NodeId;
using ir::NodeKind;

TestOrder::TestOrder(ir::Graph& graph, std::unordered_map<std::uint32_t, std::uint32_t> uses)
    : graph_(graph), uses_(std::move(uses)), cost_(graph, uses_),
      rewrite_(graph, [this](NodeId id) { return reorder(id); }) {}

NodeId TestOrder::reorder(NodeId id) {
  const NodeKind kind = graph_.node(id).kind;
  if (kind != NodeKind::And && kind != NodeKind::Or) return id;
  struct Ranked {
    NodeId id;
    double rank;
  };
  std::vector<Ranked> children;
  for (NodeId child : graph_.children(id)) {
    const CostModel::Estimate e = cost_(child);
    children.push_back({child, e.cost / (kind == NodeKind::And ? 1 - e.holds : e.holds)});
  }
  std::stable_sort(children.begin(), children.end(),
                   [](const Ranked& a, const Ranked& b) { return a.rank < b.rank; });
  std::vector<NodeId> sorted;
  for (const Ranked& child : children)
    sorted.push_back(child.id);
  return graph_.with_children(id, sorted);
}

} // namespace writ::passes
