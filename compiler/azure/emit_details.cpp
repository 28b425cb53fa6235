// SPDX-License-Identifier: MIT
#include "azure/emit_details.h"
#include "writ/text.h"

#include <nlohmann/json.hpp>

namespace writ::azure {

using nlohmann::ordered_json;

namespace {

ordered_json operation_json(const ir::Operation& operation, TemplateWriter& templates) {
  ordered_json out;
  if (operation.operation.valid()) out["operation"] = templates.value(operation.operation);
  out["field"] = templates.value(operation.field);
  if (operation.value.valid()) out["value"] = templates.value(operation.value);
  if (operation.condition.valid()) out["condition"] = templates.value(operation.condition);
  return out;
}

/// A member of a record by its key, any case; invalid when there is none.
ir::NodeId find_member(const ir::Graph& graph, ir::NodeId record, std::string_view key) {
  if (!record.valid() || graph.node(record).kind != ir::NodeKind::Record) return {};
  const auto parts = graph.children(record);
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2)
    if (graph.node(parts[i]).kind == ir::NodeKind::Literal &&
        graph.constant_value(parts[i]).is(ValueKind::String) &&
        equal_ascii_fold(graph.constant_value(parts[i]).as_string(), key))
      return parts[i + 1];
  return {};
}

ordered_json* find_member(ordered_json& object, std::string_view key) {
  if (!object.is_object()) return nullptr;
  for (auto it = object.begin(); it != object.end(); ++it)
    if (equal_ascii_fold(it.key(), key)) return &it.value();
  return nullptr;
}

/// The deployment template stands as it is: its strings belong to the deployment, not to the policy, and are
/// not escaped.
void restore_template(const ir::Graph& graph, ir::NodeId details, ordered_json& out) {
  ir::NodeId node = details;
  Value constant; // once a part is constant as a whole, its members are
  ordered_json* json = &out;
  for (std::string_view key : {"deployment", "properties", "template"}) {
    if (node.valid() && graph.node(node).kind == ir::NodeKind::Literal) {
      constant = graph.constant_value(node);
      node = {};
    }
    if (node.valid()) {
      node = find_member(graph, node, key);
      if (!node.valid()) return;
    } else {
      constant = writ::find_member(constant, key);
      if (constant.is(ValueKind::Missing)) return;
    }
    json = find_member(*json, key);
    if (!json) return;
  }
  if (!node.valid())
    *json = to_ordered_json(constant);
  else if (graph.node(node).kind == ir::NodeKind::Literal)
    *json = to_ordered_json(graph.constant_value(node));
}

} // namespace

ordered_json details_json(const ir::Graph& graph, const ir::Effect& effect, ConditionWriter& conditions) {
  TemplateWriter& templates = conditions.templates();
  ordered_json operations = ordered_json::array();
  for (const ir::Operation& operation : effect.operations)
    operations.push_back(operation_json(operation, templates));
  // The list of append stands for the whole of `details`.
  if (!effect.details.valid() && !effect.existence) return operations.empty() ? ordered_json() : operations;

  ordered_json details = effect.details.valid() ? templates.value(effect.details) : ordered_json::object();
  restore_template(graph, effect.details, details);
  if (effect.existence && effect.existence->condition.valid())
    details["existenceCondition"] = conditions.existence_condition(effect.existence->condition);
  if (!operations.empty()) details["operations"] = std::move(operations);
  return details;
}

} // namespace writ::azure
