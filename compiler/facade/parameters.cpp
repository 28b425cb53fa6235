// SPDX-License-Identifier: MIT
#include "facade/state.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ {

namespace {

bool accepts(ir::ParameterType type, const Value& value) {
  switch (type) {
  case ir::ParameterType::Integer:
    return value.is(ValueKind::Int);
  case ir::ParameterType::Float:
    return value.is_number();
  case ir::ParameterType::Boolean:
    return value.is(ValueKind::Bool);
  case ir::ParameterType::Array:
    return value.is(ValueKind::Array);
  case ir::ParameterType::Object:
    return value.is(ValueKind::Object);
  default:
    return value.is(ValueKind::String);
  }
}

bool is_allowed(const ir::Graph& graph, const std::vector<ir::NodeId>& allowed, const Value& value) {
  auto listed = [&](const Value& one) {
    return std::any_of(allowed.begin(), allowed.end(),
                       [&](ir::NodeId id) { return structurally_equal(graph.constant_value(id), one); });
  };
  if (allowed.empty() || listed(value)) return true;
  return value.is(ValueKind::Array) && std::all_of(value.as_array().begin(), value.as_array().end(), listed);
}

} // namespace

void set_parameter(check::CheckedProject& project, const std::string& key, const std::string& text,
                   Diagnostics& diagnostics) {
  const std::size_t dot = key.rfind('.');
  const std::string control = dot == std::string::npos ? std::string() : key.substr(0, dot);
  const std::string name = dot == std::string::npos ? key : key.substr(dot + 1);
  Arena arena;
  Value value;
  JsonError error;
  if (!parse_json(arena, text, value, error)) value = Value::string(text);
  bool found = false;
  std::vector<std::string_view> known;
  for (ir::Policy& policy : project.set.policies) {
    if (!control.empty() && !equal_ascii_fold(policy.id, control)) continue;
    for (ir::PolicyParameter& parameter : policy.parameters) {
      known.push_back(parameter.name);
      if (!equal_ascii_fold(parameter.name, name)) continue;
      found = true;
      // A plain word for a text parameter may look like JSON: --param name=true.
      Value given = value;
      if (!accepts(parameter.type, given) && parameter.type == ir::ParameterType::String)
        given = Value::string(text);
      if (!accepts(parameter.type, given))
        diagnostics.add(Diagnostic(
            Code::ParameterNotAllowed, parameter.span,
            fmt::format("parameter `{}` of {} does not take {}", parameter.name, policy.id, text)));
      else if (!is_allowed(*project.set.graph, parameter.allowed, given))
        diagnostics.add(Diagnostic(
            Code::ParameterNotAllowed, parameter.span,
            fmt::format("parameter `{}` of {} does not allow {}", parameter.name, policy.id, text)));
      else
        parameter.default_value = project.set.graph->literal(given);
    }
  }
  if (found) return;
  Diagnostic d(Code::UnknownParameter, {}, fmt::format("no control has a parameter `{}`", key));
  if (const auto near = nearest(name, known); !near.empty())
    d.notes.push_back(fmt::format("did you mean `{}`?", near.front()));
  diagnostics.add(std::move(d));
}

} // namespace writ
