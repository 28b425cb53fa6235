// SPDX-License-Identifier: MIT
#include "engine/prepared.h"

#include "engine/contest.h"
#include "engine/placement.h"
#include "engine/scope_book.h"
#include "vm/vm.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace writ {

namespace {

/// What the code of a block reaches, tests included.
struct Reach {
  bool subscription = false;
  bool resource_group = false;
  bool location = false;
  bool resource = false;    ///< any property of the resource
  bool beyond_type = false; ///< anything but the resource's type, constants and parameters
  void add(const Reach& other) {
    subscription = subscription || other.subscription;
    resource_group = resource_group || other.resource_group;
    location = location || other.location;
    resource = resource || other.resource;
    beyond_type = beyond_type || other.beyond_type;
  }
};

class ReachTable {
public:
  explicit ReachTable(const bc::Program& program) : program_(program), of_block_(program.blocks.size()) {
    // A test runs only tests before it; other blocks run tests, never each other.
    std::vector<Reach> of_test(program.tests.size());
    for (std::size_t test = 0; test < program.tests.size(); ++test)
      of_test[test] = look_at(program.blocks[program.tests[test]], of_test);
    for (std::size_t block = 0; block < program.blocks.size(); ++block)
      of_block_[block] = look_at(program.blocks[block], of_test);
  }
  [[nodiscard]] Reach of(std::uint32_t block) const {
    return block == bc::kNone ? Reach() : of_block_[block];
  }

private:
  [[nodiscard]] Reach look_at(const bc::Block& block, const std::vector<Reach>& of_test) const {
    Reach reach;
    for (const bc::Instruction& i : std::span(program_.code).subspan(block.start, block.length)) {
      reach.beyond_type = reach.beyond_type || !is_about_type(i);
      reach.resource = reach.resource || vm::reads_property(i.opcode);
      switch (i.opcode) {
      case bc::Opcode::Call:
        reach.subscription = reach.subscription || i.d == static_cast<std::uint32_t>(Function::Subscription);
        reach.resource_group =
            reach.resource_group || i.d == static_cast<std::uint32_t>(Function::ResourceGroup);
        break;
      case bc::Opcode::RunTest:
        reach.add(of_test[i.d]);
        break;
      case bc::Opcode::TestField:
      case bc::Opcode::LoadField:
        reach.location = reach.location || program_.fields[i.d].kind == bc::FieldKind::Location;
        break;
      default:
        break;
      }
    }
    return reach;
  }
  /// Constants, parameters, logic, and the type of the resource. Tests are looked into.
  [[nodiscard]] bool is_about_type(const bc::Instruction& i) const {
    switch (i.opcode) {
    case bc::Opcode::LoadConstant:
    case bc::Opcode::LoadParameter:
    case bc::Opcode::MakeList:
    case bc::Opcode::Move:
    case bc::Opcode::Jump:
    case bc::Opcode::TruthConstant:
    case bc::Opcode::AndBegin:
    case bc::Opcode::OrBegin:
    case bc::Opcode::And:
    case bc::Opcode::Or:
    case bc::Opcode::Not:
    case bc::Opcode::RunTest:
    case bc::Opcode::TestValue:
    case bc::Opcode::ReturnTruth:
    case bc::Opcode::ReturnValue:
      return true;
    case bc::Opcode::LoadField:
      return program_.fields[i.d].kind == bc::FieldKind::Type && (i.x & bc::kOfPrimary) == 0;
    case bc::Opcode::TestField:
      return program_.fields[i.d].kind == bc::FieldKind::Type;
    default:
      return false;
    }
  }
  const bc::Program& program_;
  std::vector<Reach> of_block_;
};

ModeKind mode_of(const bc::Program& program, const bc::Control& control) {
  if (control.origin == bc::Origin::Control) return ModeKind::Everything;
  const std::string_view mode = program.strings[control.mode];
  if (equal_ascii_fold(mode, "All")) return ModeKind::All;
  if (mode.empty() || equal_ascii_fold(mode, "Indexed")) return ModeKind::Indexed;
  constexpr std::array<std::string_view, 11> kDataPlane = {"Microsoft.Kubernetes.Data",
                                                           "Microsoft.KeyVault.Data",
                                                           "Microsoft.Network.Data",
                                                           "Microsoft.ManagedHSM.Data",
                                                           "Microsoft.DataFactory.Data",
                                                           "Microsoft.MachineLearningServices.v2.Data",
                                                           "Microsoft.MachineLearningServices.Data",
                                                           "Microsoft.ContainerService.Data",
                                                           "Microsoft.CognitiveServices.Data",
                                                           "Microsoft.LoadTestService.Data",
                                                           "Microsoft.Synapse.Data"};
  const bool known = std::any_of(kDataPlane.begin(), kDataPlane.end(),
                                 [&](std::string_view name) { return equal_ascii_fold(name, mode); });
  return known ? ModeKind::DataPlane : ModeKind::Unsupported;
}

/// Source: "Effects". Which data-plane mode an effect of providers belongs to is the importer's business.
bool exists_in_mode(EffectKind effect, ModeKind mode) {
  switch (effect) {
  case EffectKind::Report:
  case EffectKind::Disabled:
  case EffectKind::Unresolved:
    return true;
  case EffectKind::NetworkGroup:
  case EffectKind::Provider:
  case EffectKind::Cluster:
    return mode != ModeKind::All && mode != ModeKind::Indexed;
  default:
    return mode != ModeKind::DataPlane;
  }
}

std::array<std::uint32_t, 4> blocks_of(const bc::OperationInfo& operation) {
  return {operation.operation, operation.field, operation.value, operation.condition};
}

/// What chooses the related resources.
std::array<std::uint32_t, 5> selection_blocks(const bc::RelationInfo& relation) {
  return {relation.type, relation.name, relation.kind, relation.resource_group, relation.scope};
}

/// Runs blocks that look at no resource: effects, constant types.
class Preparation {
public:
  Preparation(PreparedBundle& bundle, const EvaluationContext& context)
      : bundle_(bundle), program_(bundle.program()), context_(context), reach_(program_),
        machine_(bundle.state->image, context) {
    slots_.resize(program_.types.front().slot_count);
    vm::ResourceView nothing;
    nothing.slots = slots_;
    nothing.whole = &empty_;
    machine_.begin_resource(nothing);
  }

  void control(std::uint32_t index) {
    const bc::Control& control = program_.controls[index];
    ControlPlan& plan = bundle_.controls[index];
    plan.mode = mode_of(program_, control);
    resolve_effect(control, plan);
    if (control.instance != bc::kNone && program_.instances[control.instance].problem != bc::kNone)
      plan.problem = program_.strings[program_.instances[control.instance].problem];
    if (control.not_evaluable != bc::kNone && program_.strings[control.not_evaluable].starts_with("static"))
      plan.never = program_.strings[control.not_evaluable];
    else if (plan.effect == EffectKind::Disabled)
      plan.never = "disabled";
    else if (plan.mode == ModeKind::Unsupported)
      plan.never = "unsupported mode";
    else if (plan.mode == ModeKind::DataPlane && plan.effect == EffectKind::Provider)
      plan.never = "evaluated by its resource provider";
    if (plan.problem.empty()) require_parameters(control, plan);
    plan.uses_relation = control.relation != bc::kNone &&
                         (plan.effect == EffectKind::IfNotExists || control.origin == bc::Origin::Control);
    note_reach(control, plan);
    if (plan.uses_relation) resolve_related_type(program_.relations[control.relation], plan);
  }

private:
  void resolve_effect(const bc::Control& control, ControlPlan& plan) {
    if (control.effect == bc::kNone) return;
    const Value value = machine_.run_value(control.effect);
    if (value.is(ValueKind::String)) {
      plan.effect_text = value.as_string();
      plan.effect = effect_kind(plan.effect_text);
      if (plan.effect == EffectKind::Unresolved)
        plan.problem = "unknown effect `" + plan.effect_text + "`";
      else if (!exists_in_mode(plan.effect, plan.mode))
        plan.problem = "the effect `" + plan.effect_text + "` does not exist in mode " +
                       std::string(program_.strings[control.mode]);
      return;
    }
    plan.effect = EffectKind::Unresolved;
    plan.problem = "the effect is no text";
    if (value.is(ValueKind::Error))
      plan.problem = "the effect cannot be resolved: " + std::string(value.as_error().code);
  }

  void require_parameters(const bc::Control& control, ControlPlan& plan) {
    for (std::uint32_t p = control.first_parameter; p < control.first_parameter + control.parameter_count;
         ++p) {
      const bc::ParameterInfo& info = program_.parameters[p];
      if (info.bound || !bundle_.state->image.parameter(p).is(ValueKind::Missing)) continue;
      plan.problem = "parameter `" + program_.strings[info.name] + "` has no value";
      return;
    }
  }

  [[nodiscard]] bool lacks_scope(const Reach& reach) const {
    return (reach.subscription && !is_complete_subscription(context_.subscription)) || reach.resource_group;
  }

  void note_reach(const bc::Control& control, ControlPlan& plan) {
    Reach condition = reach_.of(control.applicable);
    plan.applicable_needs_scope = lacks_scope(condition);
    plan.applicable_by_type = !condition.beyond_type;
    Reach words = reach_.of(control.details);
    Reach choice;
    plan.reads_location = plan.effect == EffectKind::IfNotExists && words.location;
    for (std::uint32_t v = control.first_violation; v < control.first_violation + control.violation_count;
         ++v) {
      condition.add(reach_.of(program_.violations[v].condition));
      words.add(reach_.of(program_.violations[v].message));
    }
    for (std::uint32_t o = control.first_operation; o < control.first_operation + control.operation_count;
         ++o) {
      const bc::OperationInfo& operation = program_.operations[o];
      for (const std::uint32_t block : blocks_of(operation))
        choice.add(reach_.of(block));
      if (plan.effect == EffectKind::Modify && operation.field != bc::kNone) {
        const Value field = machine_.run_value(operation.field);
        plan.identity_operation =
            plan.identity_operation ||
            (field.is(ValueKind::String) && equal_ascii_fold(field.as_string(), "identity.type"));
      }
    }
    for (const bc::JoinInfo& join :
         std::span(program_.joins).subspan(control.first_join, control.join_count)) {
      condition.add(reach_.of(join.group));
      for (const bc::JoinKey& key : std::span(program_.join_keys).subspan(join.first_key, join.key_count))
        condition.add(reach_.of(key.outer));
    }
    if (control.join_count > 0 && plan.problem.empty() && plan.effect != EffectKind::Report &&
        plan.effect != EffectKind::Disabled)
      plan.problem = "a control that counts other resources has no effect but audit and deny";
    if (plan.uses_relation) {
      const bc::RelationInfo& relation = program_.relations[control.relation];
      Reach selection;
      for (const std::uint32_t block : selection_blocks(relation))
        selection.add(reach_.of(block));
      choice.add(selection);
      if (!selection.resource && !selection.beyond_type)
        plan.selection = relate::resolve(machine_, program_, relation);
      plan.existence_needs_scope = lacks_scope(reach_.of(relation.condition));
      plan.existence_decided_early = relation.condition == bc::kNone ||
                                     (!relation.condition_reads_primary && !plan.existence_needs_scope);
    }
    plan.reads_location = plan.reads_location || condition.location;
    plan.condition_needs_scope = lacks_scope(condition);
    plan.words_need_scope = lacks_scope(words);
    plan.choice_needs_scope = lacks_scope(choice);
    if (plan.condition_needs_scope || plan.choice_needs_scope || !plan.existence_decided_early)
      note_fields(control, plan);
  }

  void note_fields(const bc::Control& control, ControlPlan& plan) const {
    if (control.join_count > 0 || plan.effect == EffectKind::Manual || chooses_resources(program_, control))
      return;
    std::vector<std::uint32_t> fields;
    bool all = true;
    const auto add = [&](std::uint32_t block, bool of_primary = false) {
      all = all && bundle_.state->image.add_fields(block, of_primary, fields);
    };
    add(control.applicable);
    for (std::uint32_t v = 0; v < control.violation_count; ++v)
      add(program_.violations[control.first_violation + v].condition);
    for (const bc::OperationInfo& operation :
         std::span(program_.operations).subspan(control.first_operation, control.operation_count))
      for (const std::uint32_t block : blocks_of(operation))
        add(block);
    if (plan.uses_relation) {
      const bc::RelationInfo& relation = program_.relations[control.relation];
      for (const std::uint32_t block : selection_blocks(relation))
        add(block);
      add(relation.condition, true);
    }
    plan.fields_name_type = std::any_of(fields.begin(), fields.end(), [&](std::uint32_t field) {
      const bc::FieldKind kind = program_.fields[field].kind;
      return kind == bc::FieldKind::Alias || kind == bc::FieldKind::Raw;
    });
    if (all) plan.fields = std::move(fields);
  }

  void resolve_related_type(const bc::RelationInfo& relation, ControlPlan& plan) {
    if (relation.static_type != bc::kNone) {
      plan.related_type = program_.strings[relation.static_type];
      return;
    }
    if (relation.type == bc::kNone || reach_.of(relation.type).resource) return;
    const Value type = machine_.run_value(relation.type);
    if (type.is(ValueKind::String)) plan.related_type = lower_ascii(type.as_string());
  }

  PreparedBundle& bundle_;
  const bc::Program& program_;
  const EvaluationContext& context_;
  ReachTable reach_;
  vm::Machine machine_;
  std::vector<Value> slots_;
  Value empty_ = Value::object({});
};

} // namespace

bool chooses_resources(const bc::Program& program, const bc::Control& control) {
  if (control.instance == bc::kNone) return false;
  const bc::Instance& instance = program.instances[control.instance];
  return instance.assignment != bc::kNone || instance.exemption_count > 0;
}

EffectKind effect_kind(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, EffectKind>, 15> kNames = {{
      {"audit", EffectKind::Report},
      {"deny", EffectKind::Report},
      {"append", EffectKind::Append},
      {"modify", EffectKind::Modify},
      {"auditIfNotExists", EffectKind::IfNotExists},
      {"deployIfNotExists", EffectKind::IfNotExists},
      {"denyAction", EffectKind::DenyAction},
      {"auditAction", EffectKind::AuditAction},
      {"manual", EffectKind::Manual},
      {"addToNetworkGroup", EffectKind::NetworkGroup},
      {"mutate", EffectKind::Cluster},
      {"EnforceOPAConstraint", EffectKind::Cluster},
      {"EnforceRegoPolicy", EffectKind::Provider},
      {"enforceSetting", EffectKind::Provider},
      {"disabled", EffectKind::Disabled},
  }};
  for (const auto& [known, kind] : kNames)
    if (equal_ascii_fold(known, name)) return kind;
  return EffectKind::Unresolved;
}

PreparedBundle prepare(std::shared_ptr<const Bundle::State> state, const EvaluationContext& context) {
  PreparedBundle bundle;
  bundle.state = std::move(state);
  const bc::Program& program = bundle.program();
  bundle.controls.resize(program.controls.size());
  bundle.runs.resize(program.types.size(), std::vector<bool>(program.controls.size()));
  for (std::size_t t = 0; t < program.types.size(); ++t)
    for (std::uint32_t i = 0; i < program.types[t].control_count; ++i)
      bundle.runs[t][program.type_controls[program.types[t].first_control + i]] = true;
  for (const bc::KnownType& type : program.known_types)
    bundle.indexed_types.emplace(program.strings[type.name], type.indexed);
  const Value& now = context.now;
  bundle.active_exemptions =
      active_exemptions(program, now.is(ValueKind::String) ? now.as_string() : std::string_view());
  if (program.types.empty()) return bundle;
  Preparation preparation(bundle, context);
  for (std::uint32_t control = 0; control < program.controls.size(); ++control)
    preparation.control(control);
  std::size_t modifying = 0;
  for (std::size_t i = 0; i < bundle.controls.size(); ++i)
    if (is_contender(bundle, static_cast<std::uint32_t>(i))) ++modifying;
  bundle.contests = modifying > 1;
  return bundle;
}

} // namespace writ
