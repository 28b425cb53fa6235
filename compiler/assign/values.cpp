// SPDX-License-Identifier: MIT
#include "assign/values.h"

#include "writ/json_writer.h"
#include "writ/semantics/parameter_value.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::assign {

const ir::PolicyParameter* find_parameter(const std::vector<ir::PolicyParameter>& parameters,
                                          std::string_view name) {
  const auto found = std::find_if(parameters.begin(), parameters.end(), [&](const ir::PolicyParameter& p) {
    return equal_ascii_fold(p.name, name);
  });
  return found == parameters.end() ? nullptr : &*found;
}

const ir::PolicyParameter* find_missing(const std::vector<ir::PolicyParameter>& parameters,
                                        const std::vector<ir::Argument>& arguments) {
  for (const ir::PolicyParameter& parameter : parameters) {
    const bool given = std::any_of(arguments.begin(), arguments.end(), [&](const ir::Argument& argument) {
      return equal_ascii_fold(argument.name, parameter.name);
    });
    if (!given && !parameter.default_value) return &parameter;
  }
  return nullptr;
}

std::optional<ir::NodeId> fit(ir::Graph& graph, const ir::PolicyParameter& parameter,
                              const ir::Argument& argument, Misfit& misfit) {
  const Value given = graph.constant_value(argument.value);
  const std::optional<Value> value = coerce(parameter.type, given);
  if (!value) {
    misfit = {"parameter-type",
              fmt::format("parameter `{}` is of type {} and does not take {}", parameter.name,
                          to_text(parameter.type), to_json(given)),
              argument.span};
    return std::nullopt;
  }
  std::vector<Value> allowed;
  for (ir::NodeId id : parameter.allowed)
    allowed.push_back(graph.constant_value(id));
  if (!is_allowed(allowed, *value)) {
    misfit = {"parameter-not-allowed",
              fmt::format("parameter `{}` does not allow {}", parameter.name, to_json(given)), argument.span};
    return std::nullopt;
  }
  return graph.literal(*value);
}

std::optional<Misfit> fit_all(ir::Graph& graph, const std::vector<ir::PolicyParameter>& parameters,
                              std::vector<ir::Argument>& arguments) {
  for (ir::Argument& argument : arguments) {
    const ir::PolicyParameter* parameter = find_parameter(parameters, argument.name);
    if (!parameter) {
      std::vector<std::string_view> known;
      for (const ir::PolicyParameter& declared : parameters)
        known.push_back(declared.name);
      std::string text = fmt::format("there is no parameter `{}`", argument.name);
      if (const auto near = nearest(argument.name, known, 1); !near.empty())
        text += fmt::format(" (did you mean `{}`?)", near.front());
      return Misfit{"unknown-parameter", std::move(text), argument.span};
    }
    Misfit misfit;
    const std::optional<ir::NodeId> value = fit(graph, *parameter, argument, misfit);
    if (!value) return misfit;
    argument.value = *value;
  }
  return std::nullopt;
}

} // namespace writ::assign
