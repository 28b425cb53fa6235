// SPDX-License-Identifier: MIT
#include "compare/smallest.h"

#include <algorithm>
#include <vector>

namespace writ::compare {

using ir::NodeId;
using ir::NodeKind;

namespace {

std::vector<NodeId> without(const std::vector<NodeId>& nodes, const std::vector<NodeId>& others) {
  std::vector<NodeId> out;
  for (NodeId node : nodes)
    if (std::find(others.begin(), others.end(), node) == others.end()) out.push_back(node);
  return out;
}

bool is_junction(NodeKind kind) { return kind == NodeKind::And || kind == NodeKind::Or; }

NodeId junction(ir::Graph& graph, NodeKind kind, const std::vector<NodeId>& parts) {
  if (parts.empty()) return {};
  return kind == NodeKind::And ? graph.all_of(parts) : graph.any_of(parts);
}

/// Attributes beside the children: two tests of different operators differ as a whole.
bool same_head(const ir::Graph& graph, NodeId left, NodeId right) {
  const ir::Node& a = graph.node(left);
  const ir::Node& b = graph.node(right);
  return a.kind == b.kind && a.op == b.op && a.field == b.field && a.binder == b.binder &&
         a.level == b.level && a.function == b.function && a.of_primary == b.of_primary &&
         a.child_count == b.child_count && a.child_count > 0;
}

} // namespace

std::pair<NodeId, NodeId> smallest_difference(ir::Graph& graph, NodeId left, NodeId right) {
  while (left.valid() && right.valid()) {
    const NodeKind kind = graph.node(left).kind;
    const auto a = graph.children(left);
    const auto b = graph.children(right);
    const std::vector<NodeId> lefts(a.begin(), a.end());
    const std::vector<NodeId> rights(b.begin(), b.end());
    if (is_junction(kind) && graph.node(right).kind == kind) {
      const NodeId next_left = junction(graph, kind, without(lefts, rights));
      const NodeId next_right = junction(graph, kind, without(rights, lefts));
      if (next_left == left && next_right == right) break;
      left = next_left;
      right = next_right;
      continue;
    }
    if (!same_head(graph, left, right)) break;
    std::size_t differing = lefts.size();
    std::size_t count = 0;
    for (std::size_t i = 0; i < lefts.size(); ++i)
      if (!(lefts[i] == rights[i])) {
        differing = i;
        ++count;
      }
    // A test reads better as a whole than as its two operands.
    if (count != 1 || kind == NodeKind::Test) break;
    left = lefts[differing];
    right = rights[differing];
  }
  return {left, right};
}

} // namespace writ::compare
