// SPDX-License-Identifier: MIT
#include "passes/bind_parameters.h"
#include "passes/policy_nodes.h"
#include "writ/text.h"

#include <unordered_map>

namespace writ::passes {

using ir::NodeId;

namespace {

class ParameterBinder {
public:
  ParameterBinder(ir::PolicySet& set, Folder& fold, Diagnostics& diagnostics)
      : set_(set), graph_(*set.graph), fold_(fold), diagnostics_(diagnostics) {}

  std::size_t run() {
    std::vector<ir::PolicyInstance> instances = std::move(set_.instances);
    if (instances.empty())
      for (std::size_t i = 0; i < set_.policies.size(); ++i)
        instances.push_back({i, {}, {}});
    std::size_t changed = 0;
    std::vector<ir::Policy> policies;
    for (ir::PolicyInstance& instance : instances) {
      policies.push_back(set_.policies[instance.policy]);
      changed += bind(policies.back(), instance) ? 1 : 0;
      instance.policy = policies.size() - 1;
    }
    set_.policies = std::move(policies);
    set_.instances = std::move(instances);
    return changed;
  }

private:
  bool bind(ir::Policy& policy, ir::PolicyInstance& instance) {
    std::vector<ir::Argument> literals;
    for (const ir::Argument& argument : instance.arguments) {
      const NodeId value = literal(argument.value);
      if (value.valid())
        literals.push_back({argument.name, value});
      else
        diagnostics_.add(Diagnostic(Code::ParameterNotAllowed, policy.span,
                                    "the value of parameter `" + argument.name + "` of `" +
                                        (instance.label.empty() ? policy.id : instance.label) +
                                        "` cannot be computed before a resource is known"));
    }
    instance.arguments = std::move(literals);

    std::unordered_map<std::string, NodeId> values; // by lower-cased name
    for (const ir::PolicyParameter& parameter : policy.parameters)
      if (parameter.default_value) values[lower_ascii(parameter.name)] = in_place(*parameter.default_value);
    for (const ir::Argument& argument : instance.arguments)
      values[lower_ascii(argument.name)] = in_place(argument.value);
    if (values.empty()) return false;
    ir::Rewriter rewrite(graph_, [&](NodeId id) {
      if (graph_.node(id).kind != ir::NodeKind::Parameter) return id;
      const auto found = values.find(lower_ascii(graph_.name_of(id)));
      return found == values.end() ? id : found->second;
    });
    return rewrite_policy(policy, [&](NodeId id) { return rewrite(id); });
  }

  NodeId literal(NodeId id) {
    const NodeId folded = fold_(id);
    const std::optional<Value> value = fold_.constant_of(folded);
    return value ? graph_.literal(*value) : NodeId{};
  }

  NodeId in_place(NodeId value) {
    return graph_.constant_value(value).absent() ? graph_.call(Function::Null, {}) : value;
  }

  ir::PolicySet& set_;
  ir::Graph& graph_;
  Folder& fold_;
  Diagnostics& diagnostics_;
};

} // namespace

std::size_t bind_parameters(ir::PolicySet& set, Folder& fold, Diagnostics& diagnostics) {
  return ParameterBinder(set, fold, diagnostics).run();
}

} // namespace writ::passes
