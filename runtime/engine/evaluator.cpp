// SPDX-License-Identifier: MIT
// Verdict logic. Source: docs/azure-policy-semantics.md, "Verdicts", "Applicability", "Effects".
#include "engine/evaluator.h"
#include "vm/evidence.h"
#include "writ/json_writer.h"
#include "writ/text.h"

namespace writ {

namespace {

std::string reason_text(const EvaluationError& error) {
  std::string text(error.code);
  if (!error.detail.empty()) text += ": " + std::string(error.detail);
  return text;
}

bool starts_fold(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ascii_fold(text.substr(0, prefix.size()), prefix);
}

} // namespace

Evaluator::Evaluator(std::shared_ptr<const Bundle::State> bundle, const EngineOptions& options,
                     const EvaluationContext& context)
    : bundle_(std::move(bundle)), options_(options), context_(context), machine_(bundle_->image, context_),
      extractor_(bundle_->tries), effects_(bundle_->image.program().controls.size()) {}

vm::ResourceView Evaluator::view(const snapshot::ResourceRoot& root, Arena& arena, bool whole) {
  vm::ResourceView view;
  view.type = bundle_->image.find_type(root.type());
  view.slots = extractor_.extract(root, view.type, arena);
  view.identity = root.identity();
  if (whole || program().types[view.type].needs_whole) {
    whole_ = root.materialise(arena);
    view.whole = &whole_;
  }
  return view;
}

void Evaluator::begin(const snapshot::ResourceRoot& root, Arena& arena) {
  root_ = &root;
  arena_ = &arena;
  const vm::ResourceView subject = view(root, arena, false);
  type_ = subject.type;
  machine_.begin_resource(subject);
}

std::string_view Evaluator::effect(std::uint32_t control) {
  CachedEffect& cached = effects_[control];
  if (!cached.known) {
    cached.known = true;
    const std::uint32_t block = program().controls[control].effect;
    if (block != bc::kNone) {
      const Value value = machine_.run_value(block);
      if (value.is(ValueKind::String))
        cached.text = value.as_string();
      else
        cached.failed = true;
    }
  }
  return cached.text;
}

bool Evaluator::outside_mode(const bc::Control& control, std::string& reason) const {
  if (control.origin == bc::Origin::Control) return false;
  const std::string_view mode = program().strings[control.mode];
  const std::string_view type = root_->type();
  const bool group = equal_ascii_fold(type, snapshot::kSubscriptionType) ||
                     equal_ascii_fold(type, snapshot::kResourceGroupType);
  if (mode.find('.') != std::string_view::npos) return false; // data-plane modes decide by type
  if (!group && starts_fold(type, "Microsoft.Resources/")) {
    reason = "resources of Microsoft.Resources are never evaluated";
    return true;
  }
  if (!equal_ascii_fold(mode, "All") && (group || root_->location().empty())) {
    reason = "mode Indexed sees only types with tags and location";
    return true;
  }
  return false;
}

Decision Evaluator::decide_one(std::uint32_t index) {
  const bc::Control& control = program().controls[index];
  Decision decision;
  decision.control = index;
  const std::string_view effect_name = effect(index);
  if (equal_ascii_fold(effect_name, "disabled")) {
    decision.reason = "disabled";
    return decision;
  }
  if (outside_mode(control, decision.reason)) return decision;
  const Truth applicable = machine_.run_truth(control.applicable);
  if (applicable == Truth::False) return decision;
  if (applicable != Truth::True) {
    decision.verdict = applicable == Truth::Error ? Verdict::Error : Verdict::Unknown;
    decision.reason = reason_text(machine_.reason());
    return decision;
  }
  if (control.not_evaluable != bc::kNone) {
    decision.verdict = Verdict::Unknown;
    decision.reason = program().strings[control.not_evaluable];
    return decision;
  }
  if (effects_[index].failed) {
    decision.verdict = Verdict::Error;
    decision.reason = "the effect is not a text";
    return decision;
  }
  Truth violated = Truth::False;
  for (std::uint32_t i = 0; i < control.violation_count; ++i) {
    const Truth one = machine_.run_truth(program().violations[control.first_violation + i].condition);
    if (one == Truth::True && i < 64) decision.violated |= std::uint64_t{1} << i;
    if (!decided(one) && decision.reason.empty()) decision.reason = reason_text(machine_.reason());
    violated = truth_or(violated, one);
  }
  switch (violated) {
  case Truth::False:
    decision.verdict = Verdict::Compliant;
    break;
  case Truth::Error:
    decision.verdict = Verdict::Error;
    return decision;
  case Truth::Unknown:
    decision.verdict = Verdict::Unknown;
    return decision;
  case Truth::True:
    decision.reason.clear();
    if (control.relation != bc::kNone && (equal_ascii_fold(effect_name, "auditIfNotExists") ||
                                          equal_ascii_fold(effect_name, "deployIfNotExists")))
      decision.needs_related = true;
    else if (equal_ascii_fold(effect_name, "denyAction")) {
      decision.verdict = Verdict::Compliant;
      decision.reason = "protected";
    } else if (equal_ascii_fold(effect_name, "manual")) {
      decision.verdict = Verdict::Unknown;
      decision.reason = "attestation: a manual control is decided by people";
    } else
      decision.verdict = Verdict::NonCompliant;
    break;
  }
  return decision;
}

void Evaluator::decide(const std::function<void(const Decision&)>& sink) {
  const bc::TypeProgram& type = program().types[type_];
  for (std::uint32_t i = 0; i < type.control_count; ++i)
    sink(decide_one(program().type_controls[type.first_control + i]));
}

std::string Evaluator::details(const bc::Control& control, std::string_view effect_name) {
  std::string text;
  if (control.details == bc::kNone && control.operation_count == 0) return text;
  const Value base = control.details == bc::kNone ? Value::object({}) : machine_.run_value(control.details);
  if (control.operation_count == 0) {
    append_json(text, base);
    return text;
  }
  // modify: {…, "operations": […]}; append: the operations are the details.
  const bool append = equal_ascii_fold(effect_name, "append");
  JsonWriter json(text);
  if (!append) {
    json.begin_object();
    if (base.is(ValueKind::Object))
      for (const Member& member : base.as_object())
        if (!equal_ascii_fold(member.key, "operations")) json.key(member.key).raw(to_json(member.value));
    json.key("operations");
  }
  json.begin_array();
  for (std::uint32_t i = 0; i < control.operation_count; ++i) {
    const bc::OperationInfo& operation = program().operations[control.first_operation + i];
    if (operation.condition != bc::kNone) {
      const Value condition = machine_.run_value(operation.condition);
      if (condition.is(ValueKind::Bool) && !condition.as_bool()) continue;
    }
    json.begin_object();
    if (operation.operation != bc::kNone)
      json.key("operation").raw(to_json(machine_.run_value(operation.operation)));
    json.key("field").raw(to_json(machine_.run_value(operation.field)));
    if (operation.value != bc::kNone) json.key("value").raw(to_json(machine_.run_value(operation.value)));
    json.end_object();
  }
  json.end_array();
  if (!append) json.end_object();
  return text;
}

void Evaluator::describe(const Decision& decision, Finding& finding) {
  const bc::Control& control = program().controls[decision.control];
  finding.control = &bundle_->controls[decision.control];
  finding.verdict = decision.verdict;
  finding.reason = decision.reason;
  finding.effect.clear();
  finding.details_json.clear();
  finding.messages.clear();
  finding.evidence.clear();
  if (decision.verdict != Verdict::NonCompliant) return;
  finding.effect = effect(decision.control);
  finding.details_json = details(control, finding.effect);
  for (std::uint32_t i = 0; i < control.violation_count && i < 64; ++i) {
    if (!(decision.violated >> i & 1)) continue;
    const bc::ViolationInfo& violation = program().violations[control.first_violation + i];
    if (violation.message != bc::kNone) {
      const Value message = machine_.run_value(violation.message);
      if (message.is(ValueKind::String)) finding.messages.emplace_back(message.as_string());
    }
    if (options_.evidence) {
      vm::TraceNode trace;
      machine_.trace_truth(violation.condition, trace);
      for (Evidence& evidence : vm::evidence_of(trace))
        finding.evidence.push_back(std::move(evidence));
    }
  }
}

} // namespace writ
