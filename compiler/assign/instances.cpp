// SPDX-License-Identifier: MIT
#include "assign/instances.h"

#include "assign/exemptions.h"
#include "assign/link.h"
#include "assign/values.h"
#include "ir/rewrite.h"
#include "passes/fold.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

namespace writ::assign {

namespace {

/// Values of an initiative's parameters, literals, by lower-cased name.
using Values = std::unordered_map<std::string, ir::NodeId>;

bool lists(const std::vector<std::string>& values, std::string_view value) {
  return std::any_of(values.begin(), values.end(),
                     [&](const std::string& one) { return equal_ascii_fold(one, value); });
}

/// Splits the selectors of an override: whether it is about this member, and what the resource decides.
bool is_about(const ir::Override& one, std::string_view reference, std::vector<ir::Selector>& of_resource) {
  for (const ir::Selector& selector : one.selectors) {
    if (selector.kind == ir::SelectorKind::Reference) {
      if (lists(selector.values, reference) == selector.negated) return false;
    } else if (selector.kind != ir::SelectorKind::Principal) {
      of_resource.push_back(selector);
    }
  }
  return true;
}

std::string message_for(const ir::Assignment& assignment, std::string_view reference) {
  std::string general;
  for (const ir::ViolationMessage& message : assignment.messages) {
    if (!message.reference.empty() && equal_ascii_fold(message.reference, reference)) return message.text;
    if (message.reference.empty() && general.empty()) general = message.text;
  }
  return general;
}

class InstanceBuilder {
public:
  InstanceBuilder(ir::PolicySet& set, const Catalog& catalog, const SemanticsOptions& semantics,
                  const std::vector<std::string>& wanted, Diagnostics& diagnostics)
      : set_(set), graph_(*set.graph), fold_(graph_, semantics, &catalog), wanted_(wanted),
        diagnostics_(diagnostics) {}

  std::vector<ir::PolicyInstance> run() {
    check_wanted();
    std::vector<bool> assigned(set_.initiatives.size());
    std::vector<bool> referenced(set_.policies.size());
    for (std::size_t i = 0; i < set_.assignments.size(); ++i) {
      const ir::Assignment& assignment = set_.assignments[i];
      if (assignment.initiative) assigned[*assignment.initiative] = true;
      if (assignment.policy) referenced[*assignment.policy] = true;
      if (wanted_.empty() || (assignment.initiative && is_wanted(set_.initiatives[*assignment.initiative])))
        assign(i);
    }
    for (std::size_t i = 0; i < set_.initiatives.size(); ++i) {
      if (!is_wanted(set_.initiatives[i])) continue;
      for (const ir::InitiativeMember& member : set_.initiatives[i].members)
        if (member.policy) referenced[*member.policy] = true;
      if (assigned[i]) continue;
      members(i, std::nullopt, values_of(set_.initiatives[i], {}));
    }
    for (std::size_t i = 0; i < set_.policies.size(); ++i)
      if (!referenced[i] && wanted_.empty()) out_.push_back({i, {}, {}});
    attach_exemptions(set_, out_, diagnostics_);
    return std::move(out_);
  }

private:
  [[nodiscard]] bool is_wanted(const ir::Initiative& initiative) const {
    if (wanted_.empty()) return !initiative.on_request;
    return is_named(initiative, wanted_);
  }

  void check_wanted() {
    std::vector<std::string_view> known;
    for (const ir::Initiative& initiative : set_.initiatives)
      known.push_back(initiative.name);
    for (const std::string& name : wanted_) {
      if (std::any_of(set_.initiatives.begin(), set_.initiatives.end(),
                      [&](const ir::Initiative& one) { return is_named(one, {name}); }))
        continue;
      Diagnostic d(Code::UnknownInitiative, {}, fmt::format("no initiative `{}` is among the inputs", name));
      if (const auto near = nearest(name, known); !near.empty())
        d.notes.push_back(fmt::format("did you mean `{}`?", near.front()));
      diagnostics_.add(std::move(d));
    }
  }

  void assign(std::size_t number) {
    const ir::Assignment& assignment = set_.assignments[number];
    if (assignment.policy) {
      ir::PolicyInstance instance;
      instance.policy = *assignment.policy;
      instance.arguments = assignment.arguments;
      add(std::move(instance), number, assignment.span);
    } else if (assignment.initiative) {
      const ir::Initiative& initiative = set_.initiatives[*assignment.initiative];
      std::vector<ir::Argument> given = assignment.arguments;
      if (const auto misfit = fit_all(graph_, initiative.parameters, given)) {
        refuse(assignment, initiative, *misfit);
        return;
      }
      if (const ir::PolicyParameter* missing = find_missing(initiative.parameters, given)) {
        refuse(assignment, initiative,
               {"parameter-missing",
                fmt::format("parameter `{}` has no value and no default", missing->name),
                {}});
        return;
      }
      members(*assignment.initiative, number, values_of(initiative, given));
    }
  }

  void refuse(const ir::Assignment& assignment, const ir::Initiative& initiative, const Misfit& misfit) {
    diagnostics_.add(Diagnostic(Code::AssignedParameter, misfit.span.empty() ? assignment.span : misfit.span,
                                fmt::format("assignment `{}` of initiative `{}`: {}", assignment.name,
                                            initiative.name, misfit.text)));
  }

  [[nodiscard]] static Values values_of(const ir::Initiative& initiative,
                                        const std::vector<ir::Argument>& given) {
    Values values;
    for (const ir::PolicyParameter& parameter : initiative.parameters)
      if (parameter.default_value) values[lower_ascii(parameter.name)] = *parameter.default_value;
    for (const ir::Argument& argument : given)
      values[lower_ascii(argument.name)] = argument.value;
    return values;
  }

  void members(std::size_t number, std::optional<std::size_t> assignment, const Values& values) {
    const ir::Initiative& initiative = set_.initiatives[number];
    ir::Rewriter bind(graph_, [&](ir::NodeId id) {
      if (graph_.node(id).kind != ir::NodeKind::Parameter) return id;
      const auto found = values.find(lower_ascii(graph_.name_of(id)));
      return found == values.end() ? id : found->second;
    });
    for (const ir::InitiativeMember& member : initiative.members) {
      if (!member.policy) continue;
      ir::PolicyInstance instance;
      instance.policy = *member.policy;
      instance.label = instance.reference = member.reference;
      instance.initiative = number;
      instance.groups = member.groups;
      for (const ir::Argument& argument : member.arguments) {
        const ir::NodeId value = literal(bind(argument.value));
        if (value.valid())
          instance.arguments.push_back({argument.name, value, argument.span});
        else if (instance.problem.empty())
          instance.problem = uncomputed(initiative, argument, bind(argument.value));
      }
      add(std::move(instance), assignment, member.span);
    }
  }

  ir::NodeId literal(ir::NodeId id) {
    const std::optional<Value> value = fold_.constant_of(fold_(id));
    return value ? graph_.literal(*value) : ir::NodeId{};
  }

  /// Why an argument has no value before a resource is known.
  std::string uncomputed(const ir::Initiative& initiative, const ir::Argument& argument, ir::NodeId value) {
    std::string missing;
    ir::for_each_node(graph_, fold_(value), [&](ir::NodeId id, const ir::Node& node) {
      if (node.kind == ir::NodeKind::Parameter) missing = graph_.name_of(id);
    });
    if (!missing.empty())
      return fmt::format("parameter-missing: parameter `{}` of initiative `{}` has no value and no default",
                         missing, initiative.name);
    diagnostics_.add(
        Diagnostic(Code::MemberParameter, argument.span,
                   fmt::format("the value of parameter `{}` cannot be computed", argument.name)));
    return fmt::format(
        "parameter-type: the value of parameter `{}` cannot be computed before a resource is known",
        argument.name);
  }

  /// Checks the arguments, then adds one instance for each effect that the assignment's overrides select.
  void add(ir::PolicyInstance instance, std::optional<std::size_t> assignment, Span span) {
    const ir::Policy& policy = set_.policies[instance.policy];
    std::erase_if(instance.arguments, [&](const ir::Argument& argument) {
      return graph_.constant_value(argument.value).absent(); // null is as if it were not given
    });
    if (instance.problem.empty())
      if (const auto misfit = fit_all(graph_, policy.parameters, instance.arguments)) {
        instance.problem = misfit->reason();
        diagnostics_.add(
            Diagnostic(
                Code::MemberParameter, misfit->span.empty() ? span : misfit->span,
                fmt::format("`{}`: {}", instance.label.empty() ? policy.id : instance.label, misfit->text))
                .note("the verdict is error for every resource that it applies to"));
      }
    if (!instance.problem.empty()) instance.arguments.clear();
    if (!assignment) {
      out_.push_back(std::move(instance));
      return;
    }
    instance.assignment = assignment;
    instance.message = message_for(set_.assignments[*assignment], instance.reference);
    std::vector<ir::Guard> earlier;
    for (const ir::Override& one : set_.assignments[*assignment].overrides) {
      std::vector<ir::Selector> of_resource;
      if (one.kind != ir::OverrideKind::Effect || !is_about(one, instance.reference, of_resource)) continue;
      ir::PolicyInstance variant = instance;
      variant.effect = one.value;
      variant.guards = earlier;
      if (of_resource.empty()) {
        out_.push_back(std::move(variant));
        return;
      }
      variant.guards.push_back({of_resource, false});
      earlier.push_back({std::move(of_resource), true});
      out_.push_back(std::move(variant));
    }
    instance.guards = std::move(earlier);
    out_.push_back(std::move(instance));
  }

  ir::PolicySet& set_;
  ir::Graph& graph_;
  passes::Folder fold_;
  const std::vector<std::string>& wanted_;
  Diagnostics& diagnostics_;
  std::vector<ir::PolicyInstance> out_;
};

} // namespace

std::vector<ir::PolicyInstance> instances_of(ir::PolicySet& set, const Catalog& catalog,
                                             const SemanticsOptions& semantics, Diagnostics& diagnostics,
                                             const std::vector<std::string>& wanted) {
  return InstanceBuilder(set, catalog, semantics, wanted, diagnostics).run();
}

} // namespace writ::assign
