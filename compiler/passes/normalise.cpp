// SPDX-License-Identifier: MIT
#include "passes/normalise.h"
#include "passes/single_valued.h"

#include <vector>

namespace writ::passes {

using ir::NodeId;
using ir::NodeKind;

NodeId Normaliser::push(NodeId id, bool negated) {
  const std::uint64_t key = std::uint64_t{id.index} * 2 + (negated ? 1 : 0);
  if (auto found = done_.find(key); found != done_.end()) return found->second;
  const NodeId result = rebuild(id, negated);
  done_.emplace(key, result);
  return result;
}

NodeId Normaliser::rebuild(NodeId id, bool negated) {
  const NodeKind kind = graph_.node(id).kind;
  const auto old = graph_.children(id);
  std::vector<NodeId> children(old.begin(), old.end());
  switch (kind) {
  case NodeKind::Constant:
    return negated ? graph_.negate(id) : id;
  case NodeKind::Not:
    return push(children[0], !negated);
  case NodeKind::And:
  case NodeKind::Or: {
    for (NodeId& child : children)
      child = push(child, negated);
    return (kind == NodeKind::And) != negated ? graph_.all_of(children) : graph_.any_of(children);
  }
  default:
    break;
  }
  // Conditions below: those of counts.
  bool changed = false;
  for (NodeId& child : children) {
    const NodeId next = push(child, false);
    changed = changed || !(next == child);
    child = next;
  }
  if (changed) id = graph_.with_children(id, children);
  if (!negated) return id;
  const NodeId other = opposite(id);
  return other.valid() ? other : graph_.negate(id);
}

NodeId Normaliser::opposite(NodeId test) {
  const ir::Node node = graph_.node(test);
  if (node.kind != NodeKind::Test) return {};
  const NodeId left = graph_.children(test)[0];
  const NodeId right = graph_.children(test)[1];
  if (!is_single_valued(graph_, left)) return {};
  if (node.op == Operator::Exists) {
    if (graph_.node(right).kind != NodeKind::Literal) return {};
    const Value& wanted = graph_.constant_value(right);
    if (!wanted.is(ValueKind::Bool)) return {};
    return graph_.test(node.op, left, graph_.literal(Value::boolean(!wanted.as_bool())));
  }
  const Operator negated = info(node.op).negated;
  return negated == node.op ? NodeId{} : graph_.test(negated, left, right);
}

} // namespace writ::passes
