// SPDX-License-Identifier: MIT
#include "azure/emit_condition.h"
#include "writ/text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace writ::azure {

using nlohmann::ordered_json;

ordered_json ConditionWriter::junction(const char* key, ir::NodeId id) {
  ordered_json parts = ordered_json::array();
  for (ir::NodeId child : graph_.children(id))
    parts.push_back(condition(child));
  return {{key, std::move(parts)}};
}

ordered_json ConditionWriter::condition(ir::NodeId id) {
  const ir::Node& node = graph_.node(id);
  switch (node.kind) {
  case ir::NodeKind::Constant:
    return {{"value", node.truth}, {"equals", true}};
  case ir::NodeKind::And:
    return junction("allOf", id);
  case ir::NodeKind::Or:
    return junction("anyOf", id);
  case ir::NodeKind::Not:
    return {{"not", condition(graph_.children(id)[0])}};
  case ir::NodeKind::Test:
    return test(id);
  default:
    templates_.fail(id, fmt::format("a {} is not a condition", info(node.kind).name));
    return nullptr;
  }
}

ordered_json ConditionWriter::existence_condition(ir::NodeId id) {
  templates_.set_in_existence(true);
  ordered_json out = condition(id);
  templates_.set_in_existence(false);
  return out;
}

ordered_json ConditionWriter::test(ir::NodeId id) {
  const ir::Node& node = graph_.node(id);
  const ir::NodeId left = graph_.children(id)[0];
  const ir::NodeId right = graph_.children(id)[1];
  const ir::Node& left_node = graph_.node(left);
  ordered_json out;
  switch (left_node.kind) {
  case ir::NodeKind::Field:
    out["field"] = templates_.field_name(left_node, left);
    break;
  case ir::NodeKind::DynamicField:
    out["field"] = "[" + templates_.expression(graph_.children(left)[0]) + "]";
    break;
  case ir::NodeKind::Count:
    out["count"] = count(left);
    break;
  default:
    out["value"] = templates_.value(left);
    break;
  }
  out[std::string(info(node.op).azure_name)] = templates_.value(right);
  return out;
}

ordered_json ConditionWriter::count(ir::NodeId id) {
  const auto children = graph_.children(id);
  const ir::Node& collection = graph_.node(children[0]);
  const std::size_t failures_before = failures().size();
  ordered_json out;
  CountScope scope;
  if (collection.kind == ir::NodeKind::Field) {
    scope.is_field = true;
    // Counting the rest of an already bound array (nested count) uses the full alias as well.
    scope.name = graph_.field_info(collection.field).name;
    if (collection.binder == ir::kUnbound)
      scope.name = templates_.field_name(collection, children[0]);
    else if (graph_.field_info(collection.field).kind == ir::FieldKind::Raw)
      templates_.field_name(collection, children[0]);
    if (failures().size() == failures_before && !scope.name.ends_with("[*]"))
      templates_.fail(id, fmt::format("`{}` is not an array alias", scope.name));
    out["field"] = scope.name;
  } else {
    out["value"] = templates_.value(children[0]);
    std::string hint(graph_.name_hint(id));
    if (hint.empty()) hint = "item";
    scope.name = hint;
    // Names of enclosing value counts must differ, or current() would find the wrong one.
    for (int suffix = 2;; ++suffix) {
      bool taken = false;
      for (const CountScope& other : templates_.scopes())
        taken |= equal_ascii_fold(other.name, scope.name);
      if (!taken) break;
      scope.name = hint + std::to_string(suffix);
    }
    out["name"] = scope.name;
  }
  // What is said about elements that cannot be reached is no failure of its own.
  if (failures().size() != failures_before) return out;
  if (const ir::Node& where = graph_.node(children[1]);
      where.kind != ir::NodeKind::Constant || !where.truth) {
    templates_.scopes().push_back(scope);
    out["where"] = condition(children[1]);
    templates_.scopes().pop_back();
  }
  return out;
}

} // namespace writ::azure
