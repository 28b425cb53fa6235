// SPDX-License-Identifier: MIT
// IR conditions as the JSON of a policy rule.
#pragma once

#include "azure/template_text.h"

namespace writ::azure {

/// Prints one condition. Array conditions come out as they stand in the IR: the .writ front end makes only
/// counts, so that the meaning of its output never rests on the contested reading of [*].
class ConditionWriter {
public:
  explicit ConditionWriter(const ir::Graph& graph) : graph_(graph), templates_(graph) {}

  nlohmann::ordered_json condition(ir::NodeId id);
  /// A condition about a related resource.
  nlohmann::ordered_json existence_condition(ir::NodeId id);
  TemplateWriter& templates() { return templates_; }
  [[nodiscard]] const std::vector<NotExpressible>& failures() const { return templates_.failures(); }

private:
  nlohmann::ordered_json junction(const char* key, ir::NodeId id);
  nlohmann::ordered_json test(ir::NodeId id);
  nlohmann::ordered_json count(ir::NodeId id);

  const ir::Graph& graph_;
  TemplateWriter templates_;
};

} // namespace writ::azure
