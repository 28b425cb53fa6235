// SPDX-License-Identifier: MIT
#include "ir/rewrite.h"

#include <algorithm>
#include <unordered_set>

namespace writ::ir {

NodeId Rewriter::operator()(NodeId id) {
  if (!id.valid()) return id;
  if (auto found = done_.find(id.index); found != done_.end()) return found->second;
  const auto old = graph_.children(id);
  std::vector<NodeId> children(old.begin(), old.end());
  bool changed = false;
  for (NodeId& child : children) {
    const NodeId next = (*this)(child);
    changed = changed || !(next == child);
    child = next;
  }
  const NodeId rebuilt = changed ? graph_.with_children(id, children) : id;
  const NodeId result = change_(rebuilt);
  done_.emplace(id.index, result);
  return result;
}

void for_each_node(const Graph& graph, NodeId id, const std::function<void(NodeId, const Node&)>& visit) {
  if (!id.valid()) return;
  std::vector<NodeId> open{id};
  std::unordered_set<std::uint32_t> seen;
  while (!open.empty()) {
    const NodeId next = open.back();
    open.pop_back();
    if (!seen.insert(next.index).second) continue;
    visit(next, graph.node(next));
    for (NodeId child : graph.children(next))
      open.push_back(child);
  }
}

std::uint32_t ElementDependence::outermost(NodeId id) {
  if (auto found = known_.find(id.index); found != known_.end()) return found->second;
  const Node& node = graph_.node(id);
  const bool reads_element =
      node.kind == NodeKind::Current ||
      ((node.kind == NodeKind::Field || node.kind == NodeKind::FieldValue) && node.binder != kUnbound);
  std::uint32_t reach = reads_element ? std::uint32_t{node.binder} + 1 : 0;
  const auto children = graph_.children(id);
  for (std::size_t i = 0; i < children.size(); ++i) {
    std::uint32_t inner = outermost(children[i]);
    // The second child of a count stands inside one more scope.
    if (node.kind == NodeKind::Count && i == 1 && inner > 0) --inner;
    reach = std::max(reach, inner);
  }
  known_.emplace(id.index, reach);
  return reach;
}

} // namespace writ::ir
