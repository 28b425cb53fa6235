// SPDX-License-Identifier: MIT
#include "writ/readings.h"
#include "facade/state.h"
#include "ir/rewrite.h"
#include "writ/text.h"

#include <algorithm>

namespace writ {

namespace {

using ir::NodeId;
using ir::NodeKind;

class Collector {
public:
  Collector(const ir::Graph& graph, const ir::Policy& policy) : graph_(graph), policy_(policy) {}

  PolicyReadings run() {
    out_.types = policy_.types;
    for (const ir::Violation& violation : policy_.violations)
      condition(violation.when, false);
    condition(policy_.applicable, false);
    if (policy_.effect.existence) {
      const ir::Existence& existence = *policy_.effect.existence;
      condition(existence.condition, true);
      for (const std::string& type : constants(existence.type))
        if (const auto name = plain(type)) add_once(out_.related_types, *name);
    }
    return std::move(out_);
  }

private:
  static void add_once(std::vector<std::string>& list, const std::string& value) {
    if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
  }

  /// The text of a JSON string.
  static std::optional<std::string> plain(const std::string& json) {
    const auto parsed = nlohmann::json::parse(json, nullptr, false);
    return parsed.is_string() ? std::optional(parsed.get<std::string>()) : std::nullopt;
  }

  void condition(NodeId id, bool related) {
    if (!id.valid()) return;
    ir::for_each_node(graph_, id, [&](NodeId node, const ir::Node& attributes) {
      if (attributes.kind == NodeKind::Test) {
        test(node, related);
      } else if (attributes.kind == NodeKind::Count) {
        parameters_.clear();
        note_fields(graph_.children(node)[0], {}, related);
      }
    });
  }

  void test(NodeId id, bool related) {
    std::vector<std::string> literals;
    parameters_.clear();
    for (NodeId side : graph_.children(id))
      for (const std::string& constant : constants(side))
        add_once(literals, constant);
    for (NodeId side : graph_.children(id))
      note_fields(side, literals, related);
  }

  /// Literals below an operand, elements of lists one by one; of parameters what they can be.
  std::vector<std::string> constants(NodeId id) {
    std::vector<std::string> out;
    const auto add = [&](const Value& value) {
      if (value.is(ValueKind::Array))
        for (const Value& element : value.as_array())
          add_once(out, to_json(element));
      else
        add_once(out, to_json(value));
    };
    visit_operand(id, [&](NodeId node, const ir::Node& attributes) {
      if (attributes.kind == NodeKind::Literal) add(graph_.constant_value(node));
      if (attributes.kind != NodeKind::Parameter) return;
      add_once(parameters_, std::string(graph_.name_of(node)));
      for (const ir::PolicyParameter& parameter : policy_.parameters) {
        if (!equal_ascii_fold(parameter.name, graph_.name_of(node))) continue;
        if (parameter.default_value) add(graph_.constant_value(*parameter.default_value));
        for (NodeId allowed : parameter.allowed)
          add(graph_.constant_value(allowed));
      }
    });
    return out;
  }

  void note_fields(NodeId id, const std::vector<std::string>& literals, bool related) {
    visit_operand(id, [&](NodeId, const ir::Node& node) {
      if (node.field.valid()) note(graph_.field_info(node.field), literals, related && !node.of_primary);
    });
  }

  /// An operand without the conditions inside its counts: those are tests of their own.
  template <typename Visit> void visit_operand(NodeId id, const Visit& visit) {
    if (!id.valid()) return;
    const ir::Node& node = graph_.node(id);
    visit(id, node);
    const auto children = graph_.children(id);
    const std::size_t shown = node.kind == NodeKind::Count ? 1 : children.size();
    for (std::size_t i = 0; i < shown; ++i)
      if (!graph_.is_condition(children[i])) visit_operand(children[i], visit);
  }

  void note(const ir::Field& field, const std::vector<std::string>& literals, bool related) {
    if (field.kind == ir::FieldKind::Type) {
      for (const std::string& literal : literals)
        if (const auto type = plain(literal); type && !related && type->find('/') != std::string::npos)
          add_once(out_.types, *type);
      return;
    }
    if (field.resolutions.empty()) return note_path(field.path, literals, related);
    for (const ir::Resolution& resolution : field.resolutions)
      note_path(resolution.path, literals, related);
  }

  void note_path(const ir::Path& path, const std::vector<std::string>& literals, bool related) {
    if (path.empty()) return;
    std::vector<ReadingStep> steps;
    for (const ir::PathStep& step : path)
      steps.push_back({step.name, step.each});
    std::vector<Reading>& readings = related ? out_.related : out_.own;
    auto found =
        std::find_if(readings.begin(), readings.end(), [&](const Reading& r) { return r.path == steps; });
    if (found == readings.end()) found = readings.insert(readings.end(), {std::move(steps), {}, {}});
    for (const std::string& parameter : parameters_)
      add_once(found->parameters, parameter);
    for (const std::string& literal : literals)
      add_once(found->constants, literal);
  }

  const ir::Graph& graph_;
  const ir::Policy& policy_;
  std::vector<std::string> parameters_; ///< of the test that is looked at
  PolicyReadings out_;
};

} // namespace

PolicyReadings readings_of(const Compilation& compilation, std::string_view id) {
  const Compilation::State& state = compilation.state();
  for (const ir::Policy& policy : state.project.set.policies)
    if (equal_ascii_fold(policy.id, id)) return Collector(*state.project.set.graph, policy).run();
  return {};
}

} // namespace writ
