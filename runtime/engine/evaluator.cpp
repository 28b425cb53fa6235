// SPDX-License-Identifier: MIT
// Verdict logic. Source: docs/azure-policy-semantics.md, "Verdicts", "Applicability", "Effects".
#include "engine/evaluator.h"

#include "engine/details.h"
#include "engine/scope_book.h"
#include "vm/evidence.h"
#include "writ/text.h"

#include <algorithm>

namespace writ {

namespace {

bool starts_with_fold(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ascii_fold(text.substr(0, prefix.size()), prefix);
}

bool is_machine(std::string_view type) {
  return equal_ascii_fold(type, "Microsoft.Compute/virtualMachines") ||
         equal_ascii_fold(type, "Microsoft.Compute/virtualMachineScaleSets");
}

/// A control is written as a requirement: where a test of the violation is the exact opposite of one, say
/// what was required.
void state_as_requirement(Evidence& evidence) {
  if (evidence.negated) return;
  const std::optional<Operator> op = find_operator(evidence.operator_name);
  if (!op) return;
  if (*op == Operator::Exists) {
    evidence.expected = evidence.expected == "false" ? "true" : "false";
    evidence.negated = true;
  } else if (info(*op).negated != *op) {
    evidence.operator_name = info(info(*op).negated).azure_name;
    evidence.negated = true;
  }
}

} // namespace

Evaluator::Evaluator(const PreparedBundle& bundle, const EngineOptions& options,
                     const EvaluationContext& context)
    : bundle_(bundle), options_(options), context_(context),
      machine_(bundle.state->image, context_, {}, dispatch_of(options)), extractor_(bundle.state->tries),
      placement_(bundle.program(), bundle.active_exemptions) {
  set_context(context);
}

void Evaluator::set_context(const EvaluationContext& context) {
  context_ = context;
  machine_.set_context(context_);
  no_scope_ = context;
  no_scope_.resource_group = Value::unknown();
  if (!is_complete_subscription(no_scope_.subscription)) no_scope_.subscription = Value::unknown();
}

const Value* LazyResource::member(std::string_view folded) {
  const auto members = root_->members();
  const auto found = std::find_if(members.begin(), members.end(), [&](const snapshot::RootMember& one) {
    return equal_ascii_fold(one.key, folded);
  });
  if (found == members.end()) return nullptr;
  const auto number = static_cast<std::size_t>(found - members.begin());
  for (const auto& [known, value] : members_)
    if (known == number) return value;
  const auto value = arena_->array<Value>(1);
  value[0] = root_->materialise_member(number, *arena_);
  members_.emplace_back(number, value.data());
  return value.data();
}

void Evaluator::leave_scope_open() {
  scope_left_open_ = true;
  machine_.set_context(no_scope_);
}

vm::Dispatch dispatch_of(const EngineOptions& options) {
  return options.portable_loop || options.plain ? vm::Dispatch::Switch : vm::Dispatch::ComputedGoto;
}

std::string reason_text(const EvaluationError& error) {
  std::string text(error.code);
  if (!error.detail.empty()) text += ": " + std::string(error.detail);
  return text;
}

vm::ResourceView view_of(const PreparedBundle& bundle, const snapshot::ResourceRoot& root, std::uint32_t type,
                         snapshot::Extractor& extractor, Arena& arena, LazyResource& whole, bool plain) {
  vm::ResourceView view;
  view.type = type;
  view.slots =
      plain ? extractor.extract_plainly(root, view.type, arena) : extractor.extract(root, view.type, arena);
  view.identity = root.identity();
  whole.begin(root, arena);
  if (bundle.program().types[view.type].needs_whole) view.lazy_whole = &whole;
  return view;
}

void Evaluator::begin(const snapshot::ResourceRoot& root, Arena& arena) {
  begin(root, bundle_.state->image.find_type(root.type()), arena);
}

void Evaluator::begin(const snapshot::ResourceRoot& root, std::uint32_t type, Arena& arena) {
  root_ = &root;
  arena_ = &arena;
  view_ = view_of(bundle_, root, type, extractor_, arena, whole_, options_.plain);
  type_ = view_.type;
  indexed_.reset();
  placement_.begin(root);
  machine_.begin_resource(view_);
}

std::string_view Evaluator::outside_mode(const ControlPlan& plan) const {
  if (plan.mode != ModeKind::All && plan.mode != ModeKind::Indexed) return {};
  const std::string_view type = root_->type();
  const bool subscription = equal_ascii_fold(type, snapshot::kSubscriptionType);
  if (subscription || equal_ascii_fold(type, snapshot::kResourceGroupType)) {
    if (plan.mode == ModeKind::Indexed) return "mode Indexed leaves out subscriptions and resource groups";
    if (subscription && plan.reads_location) return "a subscription has no location";
    return {};
  }
  if (starts_with_fold(type, "Microsoft.Resources/"))
    return "resources of Microsoft.Resources are never evaluated";
  if (plan.mode == ModeKind::Indexed && !is_indexed())
    return "mode Indexed sees only types with tags and location";
  return {};
}

bool Evaluator::is_indexed() const {
  if (!indexed_) {
    const auto known = bundle_.indexed_types.find(root_->type());
    indexed_ = known == bundle_.indexed_types.end() ? !root_->location().empty() : known->second;
  }
  return *indexed_;
}

bool Evaluator::is_placed(std::uint32_t index, Decision& decision) {
  decision.control = index;
  decision.state = Decision::State::Final;
  decision.verdict = Verdict::NotApplicable;
  decision.reason.clear();
  decision.violated = 0;
  const std::uint32_t number = bundle_.program().controls[index].instance;
  if (number == bc::kNone) return true;
  const bc::Instance& instance = bundle_.program().instances[number];
  if (instance.assignment == bc::kNone) return true;
  switch (placement_.towards(instance.assignment)) {
  case Standing::Inside:
    break;
  case Standing::Outside:
    decision.state = Decision::State::None;
    decision.reason = "outside the scope of the assignment";
    return false;
  case Standing::Excluded:
    decision.reason = "excluded";
    break;
  case Standing::NotSelected:
    decision.reason = "not selected";
    break;
  case Standing::Unknown:
    decision.verdict = Verdict::Unknown;
    decision.reason = "a resource without id is in no scope that is known";
    break;
  }
  // One of the variants speaks for all.
  if (instance.guard_count > 0 && !placement_.is_meant(instance)) {
    decision.state = Decision::State::None;
    decision.verdict = Verdict::NotApplicable;
    decision.reason = "overridden for this resource";
    return false;
  }
  return decision.reason.empty();
}

void Evaluator::decide(std::uint32_t index, bool scope_known, Decision& decision) {
  if (options_.plain) machine_.forget_tests();
  if (!is_placed(index, decision)) return;
  const ControlPlan& plan = bundle_.controls[index];
  if (!plan.never.empty()) {
    decision.reason = plan.never;
    return;
  }
  if (const std::string_view outside = outside_mode(plan); !outside.empty()) {
    decision.reason = outside;
    return;
  }
  if (plan.identity_operation && !is_machine(root_->type())) {
    decision.reason = "identities are changed on virtual machines and scale sets only";
    return;
  }
  judge(bundle_.program().controls[index], plan, scope_known, decision);
}

void Evaluator::decide(const TypeControl& control, Decision& decision) {
  if (!control.lets_in) return decide(control.control, false, decision);
  decision.control = control.control;
  decision.state = Decision::State::Final;
  decision.verdict = Verdict::NotApplicable;
  decision.reason.clear();
  decision.violated = 0;
  judge_applicable(bundle_.program().controls[control.control], bundle_.controls[control.control], false,
                   Truth::True, decision);
}

std::vector<TypeControl> Evaluator::plan_type() {
  const bc::Program& program = bundle_.program();
  const bc::TypeProgram& type = program.types[type_];
  const bool keeps_all = is_delivered(options_, Verdict::NotApplicable);
  std::vector<TypeControl> controls;
  for (const std::uint32_t index :
       std::span(program.type_controls).subspan(type.first_control, type.control_count)) {
    const bc::Control& control = program.controls[index];
    const ControlPlan& plan = bundle_.controls[index];
    // An assignment is about some resources of a type and not about others.
    const bool assigned =
        control.instance != bc::kNone && program.instances[control.instance].assignment != bc::kNone;
    bool out = false;
    bool in = false;
    if (!assigned && !options_.plain) {
      out = !plan.never.empty() || !outside_mode(plan).empty() ||
            (plan.identity_operation && !is_machine(root_->type()));
      if (!out && plan.applicable_by_type) {
        const Truth applicable = machine_.run_truth(control.applicable);
        out = applicable == Truth::False;
        in = applicable == Truth::True;
      }
    }
    if (!out || keeps_all) controls.push_back({index, in});
  }
  return controls;
}

bool Evaluator::rests_on_looks(std::uint32_t index) const {
  const bc::Program& program = bundle_.program();
  // What is tried with and without the records of the scope is not the same look twice.
  return !chooses_resources(program, program.controls[index]) &&
         (scope_left_open_ || !bundle_.controls[index].condition_needs_scope);
}

template <class Run> Truth Evaluator::in_every_scope(Run&& run) {
  if (options_.plain || is_delivered(options_, Verdict::Compliant) ||
      is_delivered(options_, Verdict::NotApplicable))
    return Truth::Unknown;
  if (!scope_left_open_) machine_.set_context(no_scope_);
  const Truth outcome = run();
  if (!scope_left_open_) machine_.set_context(context_);
  return outcome == Truth::False || (outcome == Truth::True && is_only_counted(options_)) ? outcome
                                                                                          : Truth::Unknown;
}

void Evaluator::judge(const bc::Control& control, const ControlPlan& plan, bool scope_known,
                      Decision& decision) {
  const auto run = [&] { return machine_.run_truth(control.applicable); };
  const bool scope_open = plan.applicable_needs_scope && !scope_known;
  const Truth applicable = scope_open ? in_every_scope(run) : run();
  if (scope_open && !decided(applicable))
    decision.state = Decision::State::Scope;
  else
    judge_applicable(control, plan, scope_known, applicable, decision);
}

void Evaluator::judge_applicable(const bc::Control& control, const ControlPlan& plan, bool scope_known,
                                 Truth applicable, Decision& decision) {
  if (applicable == Truth::False) return;
  if (control.join_count > 0 && plan.problem.empty() && control.not_evaluable == bc::kNone &&
      plan.effect == EffectKind::Report) {
    // Whether it is violated may be open, too: the requirements that fail are all wanted.
    const bool needs_scope = plan.condition_needs_scope || plan.words_need_scope || plan.choice_needs_scope;
    if (needs_scope && !scope_known) {
      decision.state = Decision::State::Scope;
      return;
    }
    // The exemption counts when the control turns out to apply.
    if (!is_exempt(control, decision) || applicable != Truth::True) decision.state = Decision::State::Joined;
    return;
  }
  if (!plan.problem.empty()) {
    decision.verdict = Verdict::Error;
    decision.reason = plan.problem;
    return;
  }
  if (applicable != Truth::True) {
    decision.verdict = applicable == Truth::Error ? Verdict::Error : Verdict::Unknown;
    decision.reason = reason();
    return;
  }
  if (is_exempt(control, decision)) return;
  if (control.not_evaluable != bc::kNone) {
    decision.verdict = Verdict::Unknown;
    decision.reason = bundle_.program().strings[control.not_evaluable];
    return;
  }
  if (plan.effect == EffectKind::Manual) {
    // Source: "manual": the value of `if` plays no part.
    decision.verdict = Verdict::Unknown;
    decision.reason = "attestation: a manual control is decided by people";
    if (!options_.manual_default) return;
    const std::string state = default_state(control);
    if (equal_ascii_fold(state, "Compliant")) decision.verdict = Verdict::Compliant;
    if (equal_ascii_fold(state, "NonCompliant") || equal_ascii_fold(state, "Non-compliant"))
      decision.verdict = Verdict::NonCompliant;
    if (decision.verdict != Verdict::Unknown) decision.reason = "default state of a manual control";
    return;
  }
  if (plan.effect == EffectKind::Provider) {
    decision.verdict = Verdict::NotApplicable;
    decision.reason = "evaluated by its resource provider";
    return;
  }
  if (plan.effect == EffectKind::Cluster) {
    decision.verdict = Verdict::Unknown;
    decision.reason = "not evaluable here: Rego template";
    return;
  }
  const bool scope_open = plan.condition_needs_scope && !scope_known;
  const auto run = [&] { return run_violations(control, decision); };
  const Truth outcome = scope_open ? in_every_scope(run) : run();
  if (scope_open && !decided(outcome)) {
    decision.state = Decision::State::Scope;
    decision.violated = 0;
    decision.reason.clear();
    return;
  }
  switch (outcome) {
  case Truth::False:
    decision.verdict = plan.effect == EffectKind::NetworkGroup ? Verdict::NotApplicable : Verdict::Compliant;
    break;
  case Truth::Error:
    decision.verdict = Verdict::Error;
    break;
  case Truth::Unknown:
    decision.verdict = Verdict::Unknown;
    break;
  case Truth::True:
    decision.reason.clear();
    violated(plan, control, scope_known, decision);
    break;
  }
}

Truth Evaluator::run_violations(const bc::Control& control, Decision& decision) {
  Truth outcome = Truth::False;
  for (std::uint32_t i = 0; i < control.violation_count; ++i) {
    const Truth one = machine_.run_truth(bundle_.program().violations[control.first_violation + i].condition);
    if (one == Truth::True && i < 64) decision.violated |= std::uint64_t{1} << i;
    const Truth joined = truth_or(outcome, one);
    if (joined != outcome && !decided(joined)) decision.reason = reason();
    outcome = joined;
  }
  return outcome;
}

bool Evaluator::is_exempt(const bc::Control& control, Decision& decision) {
  const bc::Program& program = bundle_.program();
  if (control.instance == bc::kNone) return false;
  const bc::Exemption* exemption = placement_.exemption(program.instances[control.instance]);
  if (exemption == nullptr) return false;
  decision.verdict = Verdict::Exempt;
  const std::string& expires = program.strings[exemption->expires_on];
  decision.reason = program.strings[exemption->category] + ": exemption " + program.strings[exemption->name] +
                    (expires.empty() ? std::string() : " until " + expires);
  return true;
}

void Evaluator::violated(const ControlPlan& plan, const bc::Control& control, bool scope_known,
                         Decision& decision) {
  switch (plan.effect) {
  case EffectKind::DenyAction:
    decision.verdict = Verdict::Compliant;
    decision.reason = "protected";
    return;
  case EffectKind::AuditAction:
    decision.verdict = Verdict::Compliant;
    decision.reason = "deleting it is audited";
    return;
  case EffectKind::NetworkGroup:
    decision.verdict = Verdict::Compliant;
    decision.reason = "member of the network group";
    return;
  default:
    break;
  }
  // Whoever is only counted needs no words.
  if ((plan.choice_needs_scope || (plan.words_need_scope && is_delivered(options_, Verdict::NonCompliant))) &&
      !scope_known) {
    decision.state = Decision::State::Scope;
    return;
  }
  if (plan.uses_relation)
    decision.state = Decision::State::Related;
  else if (plan.effect == EffectKind::IfNotExists && control.relation == bc::kNone) {
    decision.verdict = Verdict::Error;
    decision.reason = "the effect needs details about related resources";
    return;
  }
  if ((plan.effect == EffectKind::Append || plan.effect == EffectKind::Modify) &&
      operations_fail(control, decision))
    return;
  decision.verdict = Verdict::NonCompliant;
}

bool Evaluator::operations_fail(const bc::Control& control, Decision& decision) {
  const bc::Program& program = bundle_.program();
  for (const bc::OperationInfo& operation :
       std::span(program.operations).subspan(control.first_operation, control.operation_count)) {
    if (operation.condition != bc::kNone && is_false_condition(machine_.run_value(operation.condition)))
      continue;
    for (const std::uint32_t block : {operation.operation, operation.field, operation.value}) {
      if (block == bc::kNone) continue;
      const Value value = machine_.run_value(block);
      if (!value.is(ValueKind::Error)) continue;
      decision.verdict = Verdict::Error;
      decision.reason = std::string(kUnresolvedDetails) + reason_text(value.as_error());
      return true;
    }
  }
  return false;
}

std::string Evaluator::default_state(const bc::Control& control) {
  if (control.details == bc::kNone) return {};
  const Value state = find_member(machine_.run_value(control.details), "defaultState");
  return state.is(ValueKind::String) ? std::string(state.as_string()) : std::string();
}

void Evaluator::describe(const Decision& decision, Finding& finding) {
  const bc::Program& program = bundle_.program();
  const bc::Control& control = program.controls[decision.control];
  finding.effect = bundle_.controls[decision.control].effect_text;
  finding.details_json =
      details_json(machine_, bundle_, decision.control, options_.details_full, finding.reason);
  if (control.instance != bc::kNone && program.instances[control.instance].message != bc::kNone) {
    finding.messages.push_back(program.strings[program.instances[control.instance].message]);
    return;
  }
  for (std::uint32_t i = 0; i < control.violation_count && i < 64; ++i) {
    const bc::ViolationInfo& violation = program.violations[control.first_violation + i];
    if ((decision.violated >> i & 1) == 0 || violation.message == bc::kNone) continue;
    const Value message = machine_.run_value(violation.message);
    if (message.is(ValueKind::String)) finding.messages.emplace_back(message.as_string());
  }
}

relate::Selection Evaluator::selection(std::uint32_t index) {
  const bc::Program& program = bundle_.program();
  return relate::resolve(machine_, program, program.relations[program.controls[index].relation]);
}

void Evaluator::trace(std::uint32_t condition, bool as_requirement, std::vector<Evidence>& out) {
  if (view_.whole == nullptr) {
    view_.whole = &whole_.value();
    machine_.begin_resource(view_); // property names in evidence are spelled as in the resource
  }
  vm::TraceNode trace;
  machine_.trace_truth(condition, trace);
  for (Evidence& evidence : vm::evidence_of(trace)) {
    if (as_requirement) state_as_requirement(evidence);
    out.push_back(std::move(evidence));
  }
}

void Evaluator::add_evidence(const Decision& decision, Finding& finding) {
  const bc::Control& control = bundle_.program().controls[decision.control];
  for (std::uint32_t i = 0; i < control.violation_count && i < 64; ++i) {
    if ((decision.violated >> i & 1) == 0) continue;
    trace(bundle_.program().violations[control.first_violation + i].condition,
          control.origin == bc::Origin::Control, finding.evidence);
  }
}

} // namespace writ
