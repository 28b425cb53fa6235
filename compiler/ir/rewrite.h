// SPDX-License-Identifier: MIT
// Walking and rebuilding of conditions.
#pragma once

#include "ir/node.h"

#include <functional>
#include <unordered_map>
#include <vector>

namespace writ::ir {

/// Rebuilds a node bottom-up. `change` sees a node whose children are already rebuilt and gives its
/// replacement (or the node itself). Shared parts are rebuilt once.
class Rewriter {
public:
  Rewriter(Graph& graph, std::function<NodeId(NodeId)> change) : graph_(graph), change_(std::move(change)) {}
  NodeId operator()(NodeId id);

private:
  Graph& graph_;
  std::function<NodeId(NodeId)> change_;
  std::unordered_map<std::uint32_t, NodeId> done_;
};

/// Visits every node below (and including) `id` once, parents before children.
void for_each_node(const Graph& graph, NodeId id, const std::function<void(NodeId, const Node&)>& visit);

/// True when the node reads an element of a Count that is not inside the node itself.
class ElementDependence {
public:
  explicit ElementDependence(const Graph& graph) : graph_(graph) {}
  bool depends(NodeId id) { return outermost(id) > 0; }

private:
  /// How many enclosing counts the node looks out of.
  std::uint32_t outermost(NodeId id);
  const Graph& graph_;
  std::unordered_map<std::uint32_t, std::uint32_t> known_;
};

} // namespace writ::ir
