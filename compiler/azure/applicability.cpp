// SPDX-License-Identifier: MIT
#include "azure/applicability.h"

#include <vector>

namespace writ::azure {

namespace {

enum class LeafClass : std::uint8_t { Type, Name, Kind, Other };

LeafClass class_of(const ir::Graph& graph, ir::NodeId leaf) {
  const ir::Node& left = graph.node(graph.children(leaf)[0]);
  if (left.kind != ir::NodeKind::Field) return LeafClass::Other;
  switch (graph.field_info(left.field).kind) {
  case ir::FieldKind::Type:
    return LeafClass::Type;
  case ir::FieldKind::Name:
    return LeafClass::Name;
  case ir::FieldKind::Kind:
    return LeafClass::Kind;
  default:
    return LeafClass::Other;
  }
}

void collect_leaf_classes(const ir::Graph& graph, ir::NodeId condition, LeafClasses& out) {
  if (graph.node(condition).kind == ir::NodeKind::Test) {
    switch (class_of(graph, condition)) {
    case LeafClass::Type:
      out.type = true;
      break;
    case LeafClass::Name:
      out.name = true;
      break;
    case LeafClass::Kind:
      out.kind = true;
      break;
    case LeafClass::Other:
      out.other = true;
      break;
    }
    return;
  }
  for (ir::NodeId child : graph.children(condition))
    collect_leaf_classes(graph, child, out);
}

bool decides(LeafClass leaf, LeafClasses deciding) {
  return (leaf == LeafClass::Type && deciding.type) || (leaf == LeafClass::Name && deciding.name) ||
         (leaf == LeafClass::Kind && deciding.kind);
}

ir::NodeId upper_bound(ir::Graph& graph, ir::NodeId condition, LeafClasses deciding, bool positive) {
  switch (graph.node(condition).kind) {
  case ir::NodeKind::Not:
    return graph.negate(upper_bound(graph, graph.children(condition)[0], deciding, !positive));
  case ir::NodeKind::And:
  case ir::NodeKind::Or: {
    const bool conjunction = graph.node(condition).kind == ir::NodeKind::And;
    const auto children = graph.children(condition);
    const std::vector<ir::NodeId> originals(children.begin(), children.end()); // the graph grows below
    std::vector<ir::NodeId> parts;
    for (ir::NodeId child : originals)
      parts.push_back(upper_bound(graph, child, deciding, positive));
    return conjunction ? graph.all_of(parts) : graph.any_of(parts);
  }
  case ir::NodeKind::Test:
    return decides(class_of(graph, condition), deciding) ? condition : graph.constant(positive);
  default:
    return condition;
  }
}

} // namespace

LeafClasses leaf_classes(const ir::Graph& graph, ir::NodeId condition) {
  LeafClasses out;
  collect_leaf_classes(graph, condition, out);
  return out;
}

LeafClasses deciding_classes(LeafClasses present) {
  if (!present.other) present.name = present.kind = false;
  return present;
}

ir::NodeId applicability(ir::Graph& graph, ir::NodeId condition, LeafClasses deciding) {
  return upper_bound(graph, condition, deciding, true);
}

} // namespace writ::azure
