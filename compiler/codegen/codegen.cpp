// SPDX-License-Identifier: MIT
#include "codegen/codegen.h"
#include "codegen/block_writer.h"
#include "codegen/computed_names.h"
#include "codegen/instance_tables.h"
#include "codegen/join_writer.h"
#include "codegen/type_programs.h"
#include "ir/rewrite.h"
#include "writ/text.h"

#include <algorithm>

namespace writ::codegen {

namespace {

using ir::NodeId;

/// A policy with the values of one instance put in.
struct Specialised {
  const ir::Policy* policy = nullptr;
  const ir::PolicyInstance* instance = nullptr;
  std::string id;
  std::string problem; ///< error for every resource it applies to
  std::vector<std::uint32_t>
      parameters; ///< constants per parameter of the policy; kNone = left open without default
  NodeId applicable;
  std::vector<ir::Violation> violations;
  ir::Effect effect;
};

class Generator {
public:
  Generator(const ir::PolicySet& set, const Options& options, Diagnostics& diagnostics)
      : set_(set), graph_(*set.graph), options_(options), diagnostics_(diagnostics), pools_(program_, graph_),
        instances_(set, program_, pools_) {}

  bc::Program generate() {
    program_.semantics = options_.semantics;
    program_.catalog_hash = options_.catalog_hash;
    std::vector<ir::PolicyInstance> plain;
    if (set_.instances.empty())
      for (std::size_t i = 0; i < set_.policies.size(); ++i)
        plain.push_back({i, {}, {}});
    for (const ir::PolicyInstance& instance : set_.instances.empty() ? plain : set_.instances)
      specialise(instance);
    BlockWriter writer(graph_, program_, pools_, count_uses());
    JoinWriter joins(graph_, program_, pools_, writer);
    for (const Specialised& control : controls_)
      write(control, writer, joins);
    add_computed_names();
    TypePrograms(graph_, program_, pools_).build(shapes_);
    add_known_types();
    return std::move(program_);
  }

private:
  // --- binding
  void specialise(const ir::PolicyInstance& instance) {
    const ir::Policy& policy = set_.policies[instance.policy];
    Specialised out;
    out.policy = &policy;
    out.instance = &instance;
    out.id = instance.label.empty() ? policy.id : instance.label;
    std::unordered_map<std::string, NodeId> values;
    for (const ir::PolicyParameter& parameter : policy.parameters) {
      NodeId value = parameter.default_value.value_or(NodeId{});
      for (const ir::Argument& argument : instance.arguments)
        if (equal_ascii_fold(argument.name, parameter.name)) value = argument.value;
      if (!value.valid() && !options_.open_parameters && policy.not_evaluable.empty()) {
        // A definition waits for its assignment: every resource it applies to gets the verdict error.
        if (policy.origin == ir::Origin::Control && !instance.assignment && !instance.initiative) {
          diagnostics_.add(Diagnostic(Code::MissingParameter, parameter.span,
                                      "parameter `" + parameter.name + "` of `" + out.id +
                                          "` has no value and no default"));
          return;
        }
        if (out.problem.empty())
          out.problem = "parameter-missing: parameter `" + parameter.name + "` has no value and no default";
      }
      out.parameters.push_back(value.valid() ? pools_.constant(graph_.constant_value(value)) : bc::kNone);
      if (value.valid()) values.emplace(lower_ascii(parameter.name), value);
    }
    ir::Rewriter bind(graph_, [&](NodeId id) {
      const ir::Node& node = graph_.node(id);
      if (options_.open_parameters || node.kind != ir::NodeKind::Parameter) return id;
      auto found = values.find(lower_ascii(graph_.name_of(id)));
      return found == values.end() ? id : found->second;
    });
    out.applicable = bind(policy.applicable);
    for (const ir::Violation& violation : policy.violations)
      out.violations.push_back({bind(violation.when), bind(violation.message), violation.span});
    out.effect.name = bind(policy.effect.name);
    out.effect.details = bind(policy.effect.details);
    for (const ir::Operation& operation : policy.effect.operations)
      out.effect.operations.push_back({bind(operation.operation), bind(operation.field),
                                       bind(operation.value), bind(operation.condition)});
    if (const auto& existence = policy.effect.existence)
      out.effect.existence =
          ir::Existence{bind(existence->type),           bind(existence->name),  bind(existence->kind),
                        bind(existence->resource_group), bind(existence->scope), bind(existence->condition)};
    controls_.push_back(std::move(out));
  }

  /// How often each condition is asked for, over all controls: what occurs twice becomes a shared test.
  std::unordered_map<std::uint32_t, std::uint32_t> count_uses() {
    std::unordered_map<std::uint32_t, std::uint32_t> uses;
    for (const Specialised& control : controls_) {
      std::vector<NodeId> roots{control.applicable};
      for (const ir::Violation& violation : control.violations)
        roots.push_back(violation.when);
      std::unordered_map<std::uint32_t, std::uint32_t> seen;
      for (NodeId root : roots)
        count_uses(root, uses, seen);
    }
    return uses;
  }
  void count_uses(NodeId id, std::unordered_map<std::uint32_t, std::uint32_t>& uses,
                  std::unordered_map<std::uint32_t, std::uint32_t>& seen) {
    if (!id.valid()) return;
    const ir::Node& node = graph_.node(id);
    if (node.kind == ir::NodeKind::Test) {
      ++uses[id.index];
      if (seen[id.index]++ > 0) return; // its inside is written once
    }
    for (NodeId child : graph_.children(id))
      count_uses(child, uses, seen);
  }

  // --- writing
  void write(const Specialised& control, BlockWriter& writer, JoinWriter& joins) {
    const ir::Policy& policy = *control.policy;
    bc::Control out;
    metadata(control, out);
    const ParameterIndex parameters = add_parameters(control, out);
    writer.set_parameters(&parameters);
    const auto first_instruction = static_cast<std::uint32_t>(program_.code.size());
    note_source(first_instruction, policy.span);
    std::vector<NodeId> conditions{control.applicable};
    for (const ir::Violation& violation : control.violations)
      conditions.push_back(violation.when);
    joins.begin(conditions, out);
    out.applicable = writer.condition_block(control.applicable);
    joins.terms(control.applicable, out.first_term, out.term_count);

    std::vector<bc::ViolationInfo> violations;
    for (const ir::Violation& violation : control.violations) {
      note_source(static_cast<std::uint32_t>(program_.code.size()), violation.span);
      bc::ViolationInfo info;
      info.condition = writer.condition_block(violation.when);
      joins.terms(violation.when, info.first_term, info.term_count);
      if (violation.message.valid()) info.message = writer.value_block(violation.message);
      info.span_begin = line_of(violation.span).line;
      violations.push_back(info);
    }
    out.first_violation = static_cast<std::uint32_t>(program_.violations.size());
    out.violation_count = static_cast<std::uint32_t>(violations.size());
    program_.violations.insert(program_.violations.end(), violations.begin(), violations.end());

    note_source(static_cast<std::uint32_t>(program_.code.size()), policy.span);
    auto block = [&](NodeId id) { return id.valid() ? writer.value_block(id) : bc::kNone; };
    out.effect = block(control.effect.name);
    out.details = block(control.effect.details);
    std::vector<bc::OperationInfo> operations;
    for (const ir::Operation& operation : control.effect.operations)
      operations.push_back({block(operation.operation), block(operation.field), block(operation.value),
                            block(operation.condition)});
    out.first_operation = static_cast<std::uint32_t>(program_.operations.size());
    out.operation_count = static_cast<std::uint32_t>(operations.size());
    program_.operations.insert(program_.operations.end(), operations.begin(), operations.end());
    if (const auto& existence = control.effect.existence) {
      bc::RelationInfo relation;
      relation.type = block(existence->type);
      relation.name = block(existence->name);
      relation.kind = block(existence->kind);
      relation.resource_group = block(existence->resource_group);
      relation.scope = block(existence->scope);
      if (existence->condition.valid()) relation.condition = writer.condition_block(existence->condition);
      if (existence->type.valid() && graph_.node(existence->type).kind == ir::NodeKind::Literal &&
          graph_.constant_value(existence->type).is(ValueKind::String))
        relation.static_type = pools_.string(lower_ascii(graph_.constant_value(existence->type).as_string()));
      ir::for_each_node(graph_, existence->condition, [&](NodeId, const ir::Node& node) {
        relation.condition_reads_primary = relation.condition_reads_primary || node.of_primary;
      });
      out.relation = static_cast<std::uint32_t>(program_.relations.size());
      program_.relations.push_back(relation);
    }
    out.instance = instances_.add(*control.instance, control.problem);
    program_.controls.push_back(out);
    shapes_.push_back(shape_of(control));
    shapes_.back().joins = joins.shapes();
  }

  void metadata(const Specialised& control, bc::Control& out) {
    const ir::Policy& policy = *control.policy;
    out.origin = policy.origin == ir::Origin::Control ? bc::Origin::Control : bc::Origin::AzureDefinition;
    out.id = pools_.string(control.id);
    out.symbol = pools_.string(policy.symbol);
    out.title = pools_.string(policy.title);
    out.description = pools_.string(policy.description);
    out.severity = pools_.string(policy.severity);
    out.category = pools_.string(policy.category);
    out.version = pools_.string(policy.version);
    out.fix = pools_.string(policy.fix);
    out.link = pools_.string(policy.link);
    out.mode = pools_.string(policy.mode);
    std::string mappings;
    for (const ir::FrameworkMapping& mapping : policy.mappings)
      mappings += (mappings.empty() ? "" : ", ") + mapping.framework + ":" + mapping.control;
    out.mappings = pools_.string(mappings);
    std::string tags;
    for (const std::string& tag : policy.tags)
      tags += (tags.empty() ? "" : ",") + tag;
    out.tags = pools_.string(tags);
    out.file = pools_.string(options_.sources && !policy.span.empty()
                                 ? options_.sources->path(options_.sources->source_of(policy.span))
                                 : std::string_view());
    out.line = line_of(policy.span).line;
    if (!policy.not_evaluable.empty()) out.not_evaluable = pools_.string(policy.not_evaluable);
    out.first_type = static_cast<std::uint32_t>(program_.control_types.size());
    out.type_count = static_cast<std::uint32_t>(policy.types.size());
    for (const std::string& type : policy.types)
      program_.control_types.push_back(pools_.string(type));
  }

  /// What an assignment gives is not to be changed when the bundle is loaded.
  static bool is_assigned(const ir::PolicyInstance& instance, std::string_view name) {
    return instance.assignment &&
           std::any_of(instance.arguments.begin(), instance.arguments.end(),
                       [&](const ir::Argument& one) { return equal_ascii_fold(one.name, name); });
  }

  ParameterIndex add_parameters(const Specialised& control, bc::Control& out) {
    ParameterIndex index;
    out.first_parameter = static_cast<std::uint32_t>(program_.parameters.size());
    out.parameter_count = static_cast<std::uint32_t>(control.policy->parameters.size());
    for (std::size_t i = 0; i < control.policy->parameters.size(); ++i) {
      const ir::PolicyParameter& parameter = control.policy->parameters[i];
      bc::ParameterInfo info;
      info.name = pools_.string(parameter.name);
      info.type = static_cast<std::uint8_t>(parameter.type);
      info.value = control.parameters[i];
      info.bound = !options_.open_parameters || is_assigned(*control.instance, parameter.name);
      if (!parameter.allowed.empty()) {
        std::vector<Value> allowed;
        for (NodeId id : parameter.allowed)
          allowed.push_back(graph_.constant_value(id));
        info.allowed = pools_.constant(Value::array(allowed));
      }
      index.emplace(lower_ascii(parameter.name), static_cast<std::uint32_t>(program_.parameters.size()));
      program_.parameters.push_back(info);
    }
    return index;
  }

  /// Everything of a control but the existence condition.
  static std::vector<NodeId> own_roots(const Specialised& control) {
    std::vector<NodeId> roots{control.applicable, control.effect.name, control.effect.details};
    for (const ir::Violation& violation : control.violations) {
      roots.push_back(violation.when);
      roots.push_back(violation.message);
    }
    for (const ir::Operation& operation : control.effect.operations)
      roots.insert(roots.end(), {operation.operation, operation.field, operation.value, operation.condition});
    if (const auto& e = control.effect.existence)
      roots.insert(roots.end(), {e->type, e->name, e->kind, e->resource_group, e->scope});
    return roots;
  }
  static std::vector<NodeId> roots_of(const Specialised& control) {
    std::vector<NodeId> roots = own_roots(control);
    if (const auto& e = control.effect.existence) roots.push_back(e->condition);
    return roots;
  }

  ControlShape shape_of(const Specialised& control) {
    ControlShape shape;
    shape.control = static_cast<std::uint32_t>(program_.controls.size() - 1);
    shape.applicable = control.applicable;
    for (NodeId root : own_roots(control))
      collect(root, shape.fields, shape.computed_names, false, shape);
    if (const auto& e = control.effect.existence) {
      collect(e->condition, shape.candidate_fields, shape.candidate_computed_names, true, shape);
      if (graph_.node(e->type).kind == ir::NodeKind::Literal &&
          graph_.constant_value(e->type).is(ValueKind::String))
        shape.candidate_type = lower_ascii(graph_.constant_value(e->type).as_string());
    }
    return shape;
  }

  void collect(NodeId root, std::set<std::uint32_t>& fields, bool& computed, bool candidate,
               ControlShape& shape) {
    for_each_own_node(graph_, root, [&](NodeId, const ir::Node& node) {
      const bool primary = candidate && node.of_primary;
      if (node.field.valid()) (primary ? shape.fields : fields).insert(node.field.index);
      if (node.kind == ir::NodeKind::DynamicField || node.kind == ir::NodeKind::DynamicFieldValue)
        (primary ? shape.computed_names : computed) = true;
    });
  }

  /// Aliases that computed names may turn out to be become fields of the program.
  void add_computed_names() {
    if (options_.catalog == nullptr) return;
    PossibleNames names;
    for (const Specialised& control : controls_)
      for (NodeId root : roots_of(control))
        ir::for_each_node(graph_, root, [&](NodeId id, const ir::Node& node) {
          if (node.kind == ir::NodeKind::DynamicField || node.kind == ir::NodeKind::DynamicFieldValue)
            add_possible_names(graph_, *control.policy, graph_.children(id)[0], names);
        });
    for (ir::Field& field : aliases_among(*options_.catalog, names))
      pools_.field(graph_.add_field(std::move(field)));
  }

  /// Mode Indexed asks for a capability of the type, which only the catalogue knows.
  void add_known_types() {
    if (options_.catalog == nullptr) return;
    std::vector<bool> indexed;
    for (const Specialised& control : controls_)
      indexed.push_back(control.policy->origin == ir::Origin::AzureDefinition &&
                        equal_ascii_fold(control.policy->mode, "Indexed"));
    const auto runs_indexed = [&](const bc::TypeProgram& type) {
      const auto list = std::span(program_.type_controls).subspan(type.first_control, type.control_count);
      return std::any_of(list.begin(), list.end(), [&](std::uint32_t control) { return indexed[control]; });
    };
    const auto add = [&](const ResourceTypeInfo& type) {
      if (type.tracked != Ternary::Unknown)
        program_.known_types.push_back({pools_.string(lower_ascii(type.name)), type.tracked == Ternary::Yes});
    };
    if (runs_indexed(program_.types.front())) {
      for (const ResourceTypeInfo& type : options_.catalog->types())
        add(type);
      return;
    }
    for (const bc::TypeProgram& type : program_.types)
      if (type.name != bc::kNone && runs_indexed(type))
        if (const ResourceTypeInfo* known = options_.catalog->find_type(program_.strings[type.name]))
          add(*known);
  }

  LineColumn line_of(Span span) const {
    return options_.sources && !span.empty() ? options_.sources->position(span.begin) : LineColumn{};
  }

  void note_source(std::uint32_t instruction, Span span) {
    if (!options_.sources || span.empty()) return;
    const LineColumn at = line_of(span);
    const bc::SourceEntry entry{instruction,
                                pools_.string(options_.sources->path(options_.sources->source_of(span))),
                                at.line, at.column};
    if (!program_.source_map.empty() && program_.source_map.back().instruction == instruction)
      program_.source_map.back() = entry;
    else
      program_.source_map.push_back(entry);
  }

  const ir::PolicySet& set_;
  ir::Graph& graph_;
  const Options& options_;
  Diagnostics& diagnostics_;
  bc::Program program_;
  Pools pools_;
  InstanceTables instances_;
  std::vector<Specialised> controls_;
  std::vector<ControlShape> shapes_;
};

} // namespace

bc::Program generate(const ir::PolicySet& set, const Options& options, Diagnostics& diagnostics) {
  return Generator(set, options, diagnostics).generate();
}

} // namespace writ::codegen
