// SPDX-License-Identifier: MIT
#include "engine/outcome_tree.h"

#include <algorithm>

namespace writ {

namespace {

/// What a control looks at.
std::vector<std::uint64_t> looks_of(const vm::Image& image, std::uint32_t index) {
  const bc::Program& program = image.program();
  const bc::Control& control = program.controls[index];
  std::vector<std::uint64_t> looks;
  image.add_looks(control.applicable, looks);
  for (std::uint32_t v = 0; v < control.violation_count; ++v)
    image.add_looks(program.violations[control.first_violation + v].condition, looks);
  return looks;
}

} // namespace

Outcome* OutcomeTree::learn(Looks& looks, Evaluator& evaluator, const EngineOptions& options) {
  if (tree_.is_full()) return nullptr;
  log_.clear();
  Outcome outcome;
  std::vector<std::uint32_t> related;
  const bool only_counted = is_only_counted(options);
  vm::Machine& machine = evaluator.machine();
  machine.observe_to(&log_);
  for (const TypeControl& control : controls_) {
    Decision decision;
    const std::uint64_t values = machine.values_run();
    evaluator.decide(control, decision);
    // A value may be different for the next resource, and so may be the words about what is not decided.
    const bool delivered =
        decision.state != Decision::State::Final || is_delivered(options, decision.verdict);
    const bool open = decision.verdict == Verdict::Unknown || decision.verdict == Verdict::Error;
    if (machine.values_run() != values || (delivered && open))
      outcome.decided.push_back(control);
    else if (decision.state == Decision::State::Related && only_counted &&
             evaluator.bundle().controls[decision.control].is_related_by_place())
      related.push_back(decision.control);
    else if (delivered)
      outcome.decisions.push_back(std::move(decision));
    else if (decision.verdict != Verdict::NotApplicable)
      outcome.counted.push_back({decision.control, decision.verdict});
  }
  machine.observe_to(nullptr);
  if (!related.empty())
    outcome.related = std::make_shared<const std::vector<std::uint32_t>>(std::move(related));
  return tree_.add(looks, evaluator.bundle().state->image, log_, std::move(outcome));
}

TypeOutcomes::TypeOutcomes(Evaluator& evaluator, std::span<const TypeControl> controls) {
  const vm::Image& image = evaluator.bundle().state->image;
  LookGroups groups;
  for (std::uint32_t i = 0; i < controls.size(); ++i)
    if (evaluator.rests_on_looks(controls[i].control))
      groups.add(i, looks_of(image, controls[i].control));
    else
      alone_.push_back(controls[i]);
  for (const std::vector<std::uint32_t>& group : groups.things()) {
    std::vector<TypeControl> members;
    for (const std::uint32_t i : group)
      members.push_back(controls[i]);
    trees_.emplace_back(std::move(members));
  }
}

std::span<const Decision* const> TypeOutcomes::decide(Evaluator& evaluator, const EngineOptions& options) {
  looks_.begin();
  met_.clear();
  decisions_.clear();
  own_count_ = 0;
  for (OutcomeTree& tree : trees_) {
    Outcome* outcome = tree.find(looks_, evaluator.machine());
    if (outcome == nullptr) outcome = tree.learn(looks_, evaluator, options);
    if (outcome == nullptr) {
      decide_alone(evaluator, tree.controls());
      continue;
    }
    ++outcome->resources;
    met_.push_back(outcome);
    for (const Decision& decision : outcome->decisions)
      decisions_.push_back(&decision);
    decide_alone(evaluator, outcome->decided);
  }
  decide_alone(evaluator, alone_);
  for (std::size_t i = 0; i < own_count_; ++i)
    decisions_.push_back(&own_[i]);
  if (trees_.size() > 1 || own_count_ > 0)
    std::sort(decisions_.begin(), decisions_.end(),
              [](const Decision* a, const Decision* b) { return a->control < b->control; });
  return decisions_;
}

void TypeOutcomes::decide_alone(Evaluator& evaluator, std::span<const TypeControl> controls) {
  for (const TypeControl& control : controls) {
    if (own_count_ == own_.size()) own_.emplace_back();
    evaluator.decide(control, own_[own_count_++]);
  }
}

void TypeOutcomes::move_to(std::vector<ControlSummary>& totals) {
  for (OutcomeTree& tree : trees_)
    for (Outcome& outcome : tree.outcomes()) {
      if (outcome.resources == 0) continue;
      for (const Outcome::Counted& one : outcome.counted)
        totals[one.control].count(one.verdict, outcome.resources);
      outcome.resources = 0;
    }
}

} // namespace writ
