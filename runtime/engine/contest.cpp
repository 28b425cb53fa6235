// SPDX-License-Identifier: MIT
#include "engine/contest.h"

#include "engine/details.h"
#include "vm/dynamic_field.h"
#include "writ/semantics/compare.h"
#include "writ/text.h"

#include <span>

namespace writ {

namespace {

struct Change {
  std::string target; ///< in a form that compares
  bool removes = false;
  Value value;
};

struct Contender {
  std::size_t decision = 0;
  std::uint32_t assignment = bc::kNone;
  std::uint32_t initiative = bc::kNone;
  std::vector<Change> changes;
};

/// Tags by name, everything else as written.
std::string target_of(std::string_view field) {
  const vm::FieldName name = vm::classify_field_name(field);
  if (name.kind == bc::FieldKind::Tag && !name.keys.empty()) return "tags." + lower_ascii(name.keys.back());
  return lower_ascii(field);
}

bool contradict(const Change& a, const Change& b) {
  if (a.target != b.target) return false;
  if (a.removes || b.removes) return a.removes != b.removes;
  return !structurally_equal(a.value, b.value);
}

/// Conflicts are denied unless the details say otherwise.
bool denies_conflicts(vm::Machine& machine, const bc::Control& control) {
  if (control.details == bc::kNone) return true;
  const Value effect = find_member(machine.run_value(control.details), "conflictEffect");
  return !effect.is(ValueKind::String) || effect.as_string().empty() ||
         equal_ascii_fold(effect.as_string(), "deny");
}

std::vector<Change> changes_of(vm::Machine& machine, const bc::Program& program, const bc::Control& control) {
  std::vector<Change> changes;
  for (const bc::OperationInfo& operation :
       std::span(program.operations).subspan(control.first_operation, control.operation_count)) {
    if (operation.field == bc::kNone) continue;
    if (operation.condition != bc::kNone && is_false_condition(machine.run_value(operation.condition)))
      continue;
    const Value field = machine.run_value(operation.field);
    if (!field.is(ValueKind::String)) continue;
    Change change;
    change.target = target_of(field.as_string());
    if (operation.operation != bc::kNone) {
      const Value word = machine.run_value(operation.operation);
      change.removes = word.is(ValueKind::String) && equal_ascii_fold(word.as_string(), "remove");
    }
    if (operation.value != bc::kNone) change.value = machine.run_value(operation.value);
    changes.push_back(std::move(change));
  }
  return changes;
}

/// Assigned controls meet each other, others only within their initiative.
bool meet(const Contender& a, const Contender& b) {
  const bool assigned_a = a.assignment != bc::kNone;
  if (assigned_a != (b.assignment != bc::kNone)) return false;
  return assigned_a || a.initiative == b.initiative;
}

bool is_contested(const std::vector<Contender>& all, const Contender& one) {
  for (const Contender& other : all) {
    if (&other == &one || !meet(one, other)) continue;
    for (const Change& mine : one.changes)
      for (const Change& theirs : other.changes)
        if (contradict(mine, theirs)) return true;
  }
  return false;
}

} // namespace

bool is_contender(const PreparedBundle& bundle, std::uint32_t control) {
  const std::uint32_t number = bundle.program().controls[control].instance;
  if (bundle.controls[control].effect != EffectKind::Modify || number == bc::kNone) return false;
  const bc::Instance& instance = bundle.program().instances[number];
  return instance.assignment != bc::kNone || instance.initiative != bc::kNone;
}

void settle_contests(Evaluator& evaluator, std::vector<Decision>& decisions) {
  const PreparedBundle& bundle = evaluator.bundle();
  const bc::Program& program = bundle.program();
  std::vector<Contender> contenders;
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    const Decision& decision = decisions[i];
    const bc::Control& control = program.controls[decision.control];
    if (decision.state != Decision::State::Final || decision.verdict != Verdict::NonCompliant ||
        !is_contender(bundle, decision.control) || !denies_conflicts(evaluator.machine(), control))
      continue;
    const bc::Instance& instance = program.instances[control.instance];
    contenders.push_back(
        {i, instance.assignment, instance.initiative, changes_of(evaluator.machine(), program, control)});
  }
  if (contenders.size() < 2) return;
  for (const Contender& one : contenders) {
    if (!is_contested(contenders, one)) continue;
    Decision& decision = decisions[one.decision];
    decision.verdict = Verdict::Error;
    decision.reason = "conflict: another definition changes the same property";
    decision.violated = 0;
  }
}

} // namespace writ
