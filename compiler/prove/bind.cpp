// SPDX-License-Identifier: MIT
#include "prove/bind.h"

#include "ir/dump.h"
#include "ir/rewrite.h"
#include "passes/fold.h"
#include "passes/policy_nodes.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace writ::prove {

namespace {

std::string json_of(const ir::Graph& graph, ir::NodeId literal) {
  return to_json(graph.constant_value(literal));
}

std::set<std::string> parameters_below(const ir::Graph& graph, ir::NodeId root) {
  std::set<std::string> out;
  ir::for_each_node(graph, root, [&](ir::NodeId id, const ir::Node& node) {
    if (node.kind == ir::NodeKind::Parameter) out.insert(lower_ascii(graph.name_of(id)));
  });
  return out;
}

std::vector<std::string> allowed_of(const ir::Graph& graph, const ir::PolicyParameter& parameter) {
  std::vector<std::string> out;
  for (ir::NodeId id : parameter.allowed)
    out.push_back(json_of(graph, id));
  return out;
}

std::string text_of_node(const ir::Graph& graph, ir::NodeId id) {
  return id.valid() ? ir::dump(graph, id) : std::string("nothing");
}

/// The values that the effect may have.
std::vector<std::string> possible_effects(const Side& side) {
  std::vector<std::string> out;
  const ir::Graph& graph = *side.graph;
  const ir::NodeId name = side.policy->effect.name;
  if (!name.valid()) return out;
  ir::for_each_node(graph, name, [&](ir::NodeId id, const ir::Node& node) {
    if (node.kind == ir::NodeKind::Literal && graph.constant_value(id).is(ValueKind::String))
      out.emplace_back(graph.constant_value(id).as_string());
    if (node.kind != ir::NodeKind::Parameter) return;
    const ir::PolicyParameter* parameter = find_parameter(*side.policy, lower_ascii(graph.name_of(id)));
    if (parameter == nullptr) return;
    std::vector<ir::NodeId> values = parameter->allowed;
    if (parameter->default_value) values.push_back(*parameter->default_value);
    for (ir::NodeId value : values)
      if (graph.constant_value(value).is(ValueKind::String))
        out.emplace_back(graph.constant_value(value).as_string());
  });
  return out;
}

} // namespace

const ir::PolicyParameter* find_parameter(const ir::Policy& policy, const std::string& lower_name) {
  for (const ir::PolicyParameter& parameter : policy.parameters)
    if (lower_ascii(parameter.name) == lower_name) return &parameter;
  return nullptr;
}

std::string default_of(const Side& side, const ir::PolicyParameter& parameter) {
  return parameter.default_value ? json_of(*side.graph, *parameter.default_value) : std::string();
}

std::set<std::string> read_parameters(const Side& side) {
  std::set<std::string> out;
  const auto add = [&](ir::NodeId root) {
    if (root.valid()) out.merge(parameters_below(*side.graph, root));
  };
  add(side.policy->applicable);
  for (const ir::Violation& violation : side.policy->violations)
    add(violation.when);
  if (const auto& e = side.policy->effect.existence)
    for (ir::NodeId root : {e->type, e->name, e->kind, e->resource_group, e->scope, e->condition})
      add(root);
  return out;
}

bool same_parameter(const Side& left, const ir::PolicyParameter& a, const Side& right,
                    const ir::PolicyParameter& b) {
  return a.type == b.type && default_of(left, a) == default_of(right, b) &&
         allowed_of(*left.graph, a) == allowed_of(*right.graph, b);
}

ir::Policy bind(const Side& side, const Settings& settings) {
  ir::Graph& graph = *side.graph;
  Arena arena;
  std::map<std::string, ir::NodeId> values;
  for (const auto& [name, text] : settings) {
    Value value;
    JsonError error;
    if (!parse_json(arena, text, value, error)) continue;
    values[name] = value.absent() ? graph.call(Function::Null, {}) : graph.literal(value);
  }
  ir::Policy policy = *side.policy;
  ir::Rewriter put_in(graph, [&](ir::NodeId id) {
    if (graph.node(id).kind != ir::NodeKind::Parameter) return id;
    const auto found = values.find(lower_ascii(graph.name_of(id)));
    return found == values.end() ? id : found->second;
  });
  passes::rewrite_policy(policy, [&](ir::NodeId id) { return put_in(id); });
  passes::Folder fold(graph, side.semantics, side.catalog);
  passes::rewrite_policy(policy, [&](ir::NodeId id) { return fold(id); });
  return policy;
}

std::vector<std::string> differences_outside(const Side& left, const Side& right) {
  std::vector<std::string> out;
  const ir::Policy& a = *left.policy;
  const ir::Policy& b = *right.policy;
  for (const ir::PolicyParameter& parameter : a.parameters) {
    const ir::PolicyParameter* other = find_parameter(b, lower_ascii(parameter.name));
    if (other == nullptr) {
      out.push_back(fmt::format("parameter `{}` is on the left only", parameter.name));
      continue;
    }
    if (parameter.type != other->type)
      out.push_back(fmt::format("parameter `{}` has another type", parameter.name));
    const std::string before = default_of(left, parameter);
    const std::string after = default_of(right, *other);
    if (before != after)
      out.push_back(fmt::format("parameter `{}`: default {} became {}", parameter.name,
                                before.empty() ? "none" : before, after.empty() ? "none" : after));
    if (allowed_of(*left.graph, parameter) != allowed_of(*right.graph, *other))
      out.push_back(fmt::format("parameter `{}` allows other values", parameter.name));
  }
  for (const ir::PolicyParameter& parameter : b.parameters)
    if (find_parameter(a, lower_ascii(parameter.name)) == nullptr)
      out.push_back(fmt::format("parameter `{}` is on the right only", parameter.name));
  const auto compare = [&](std::string_view what, ir::NodeId before, ir::NodeId after) {
    if (lower_ascii(text_of_node(*left.graph, before)) != lower_ascii(text_of_node(*right.graph, after)))
      out.push_back(fmt::format("{} differs", what));
  };
  compare("the effect", a.effect.name, b.effect.name);
  compare("what the effect does (details)", a.effect.details, b.effect.details);
  bool operations = a.effect.operations.size() == b.effect.operations.size();
  for (std::size_t i = 0; operations && i < a.effect.operations.size(); ++i) {
    const ir::Operation& x = a.effect.operations[i];
    const ir::Operation& y = b.effect.operations[i];
    const auto same = [&](ir::NodeId before, ir::NodeId after) {
      return text_of_node(*left.graph, before) == text_of_node(*right.graph, after);
    };
    operations = same(x.operation, y.operation) && same(x.field, y.field) && same(x.value, y.value) &&
                 same(x.condition, y.condition);
  }
  if (!operations) out.push_back("the operations of the effect differ");
  return out;
}

std::vector<std::string> metadata_differences(const Side& left, const Side& right) {
  std::vector<std::string> out;
  const ir::Policy& a = *left.policy;
  const ir::Policy& b = *right.policy;
  const auto compare = [&](std::string_view what, const std::string& before, const std::string& after) {
    if (before != after) out.push_back(fmt::format("{}: \"{}\" became \"{}\"", what, before, after));
  };
  compare("title", a.title, b.title);
  compare("description", a.description, b.description);
  compare("severity", a.severity, b.severity);
  compare("category", a.category, b.category);
  compare("version", a.version, b.version);
  compare("fix", a.fix, b.fix);
  compare("link", a.link, b.link);
  compare("mode", a.mode, b.mode);
  const auto mappings = [](const ir::Policy& policy) {
    std::vector<std::string> all;
    for (const ir::FrameworkMapping& one : policy.mappings)
      all.push_back(one.framework + " " + one.control);
    return fmt::format("{}", fmt::join(all, ", "));
  };
  compare("maps", mappings(a), mappings(b));
  compare("tags", fmt::format("{}", fmt::join(a.tags, ", ")), fmt::format("{}", fmt::join(b.tags, ", ")));
  if (a.metadata != b.metadata || a.metadata_json != b.metadata_json) out.emplace_back("metadata differs");
  const auto messages = [](const Side& side) {
    std::vector<std::string> all;
    for (const ir::Violation& violation : side.policy->violations)
      all.push_back(text_of_node(*side.graph, violation.message));
    return all;
  };
  if (messages(left) != messages(right)) out.emplace_back("messages differ");
  return out;
}

bool looks_for_related(const Side& side) {
  if (!side.policy->effect.existence) return false;
  const std::vector<std::string> effects = possible_effects(side);
  return std::any_of(effects.begin(), effects.end(),
                     [](const std::string& effect) { return lower_ascii(effect).ends_with("ifnotexists"); });
}

Settings enabling(const Side& side) {
  const ir::NodeId name = side.policy->effect.name;
  if (!name.valid() || side.graph->node(name).kind != ir::NodeKind::Parameter) return {};
  const ir::PolicyParameter* parameter = find_parameter(*side.policy, lower_ascii(side.graph->name_of(name)));
  if (parameter == nullptr) return {};
  if (parameter->default_value && lower_ascii(default_of(side, *parameter)) != "\"disabled\"") return {};
  for (ir::NodeId value : parameter->allowed)
    if (lower_ascii(json_of(*side.graph, value)) != "\"disabled\"")
      return {{parameter->name, json_of(*side.graph, value)}};
  return {};
}

} // namespace writ::prove
