// SPDX-License-Identifier: MIT
#include "assign/link.h"
#include "facade/state.h"
#include "writ/semantics/parameter_value.h"
#include "writ/text.h"

#include <fmt/format.h>
#include <optional>
#include <vector>

namespace writ {

namespace {

std::vector<Value> values_of(const ir::Graph& graph, const std::vector<ir::NodeId>& literals) {
  std::vector<Value> values;
  for (ir::NodeId literal : literals)
    values.push_back(graph.constant_value(literal));
  return values;
}

} // namespace

void set_parameter(check::CheckedProject& project, const std::string& key, const std::string& text,
                   const std::vector<std::string>& initiatives, Diagnostics& diagnostics) {
  const std::size_t dot = key.rfind('.');
  const std::string control = dot == std::string::npos ? std::string() : key.substr(0, dot);
  const std::string name = dot == std::string::npos ? key : key.substr(dot + 1);
  Arena arena;
  Value value;
  JsonError error;
  if (!parse_json(arena, text, value, error)) value = Value::string(text);
  bool found = false;
  std::vector<std::string_view> known;
  const auto give = [&](const std::string& owner, std::vector<ir::PolicyParameter>& parameters) {
    if (!control.empty() && !equal_ascii_fold(owner, control)) return;
    for (ir::PolicyParameter& parameter : parameters) {
      known.push_back(parameter.name);
      if (!equal_ascii_fold(parameter.name, name)) continue;
      found = true;
      // A plain word for a text parameter may look like JSON: --param name=true.
      const bool plain_word = parameter.type == ir::ParameterType::String && !value.is(ValueKind::String);
      const std::optional<Value> given = plain_word ? Value::string(text) : coerce(parameter.type, value);
      if (!given)
        diagnostics.add(
            Diagnostic(Code::ParameterNotAllowed, parameter.span,
                       fmt::format("parameter `{}` of {} does not take {}", parameter.name, owner, text)));
      else if (!is_allowed(values_of(*project.set.graph, parameter.allowed), *given))
        diagnostics.add(
            Diagnostic(Code::ParameterNotAllowed, parameter.span,
                       fmt::format("parameter `{}` of {} does not allow {}", parameter.name, owner, text)));
      else
        parameter.default_value = project.set.graph->literal(*given);
    }
  };
  for (ir::Policy& policy : project.set.policies)
    give(policy.id, policy.parameters);
  // Initiatives that nobody evaluates take no part.
  for (ir::Initiative& initiative : project.set.initiatives)
    if (!initiative.on_request || assign::is_named(initiative, initiatives))
      give(initiative.name, initiative.parameters);
  if (found) return;
  Diagnostic d(Code::UnknownParameter, {}, fmt::format("no control has a parameter `{}`", key));
  if (const auto near = nearest(name, known); !near.empty())
    d.notes.push_back(fmt::format("did you mean `{}`?", near.front()));
  diagnostics.add(std::move(d));
}

} // namespace writ
