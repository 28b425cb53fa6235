// SPDX-License-Identifier: MIT
// Verdicts of some controls about resources of one type, as a tree over what they look at.
//
// The controls run once for each combination of outcomes that the input shows; what they looked at becomes a
// path. Another resource that shows the same is led along that path to the same verdicts, each look taken
// once, whoever asks for it, and none of the logic run again. Cost follows looks, not controls.
#pragma once

#include "engine/evaluator.h"
#include "engine/look_tree.h"
#include "writ/finding.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

namespace writ {

/// What the controls of a tree say of a resource.
struct Outcome {
  struct Counted {
    std::uint32_t control = 0;
    Verdict verdict = Verdict::NotApplicable;
  };
  std::uint64_t resources = 0;  ///< that came here and are in no tally yet
  std::vector<Counted> counted; ///< final, and nobody asks for more than the number
  /// Related resources decide, and nobody asks for more than the number; null when there is no such control.
  std::shared_ptr<const std::vector<std::uint32_t>> related;
  std::vector<Decision> decisions;  ///< the same for every resource; what follows needs the resource
  std::vector<TypeControl> decided; ///< to be decided anew for each resource
};

class OutcomeTree {
public:
  explicit OutcomeTree(std::vector<TypeControl> controls) : controls_(std::move(controls)) {}

  [[nodiscard]] std::span<const TypeControl> controls() const { return controls_; }
  [[nodiscard]] std::deque<Outcome>& outcomes() { return tree_.leaves(); }

  /// The outcome for the evaluator's resource; null when none like it was there before.
  Outcome* find(Looks& looks, vm::Machine& machine) { return tree_.find(looks, machine); }
  /// Runs the controls and remembers the way. Null when the tree is full: then nothing ran.
  Outcome* learn(Looks& looks, Evaluator& evaluator, const EngineOptions& options);

private:
  std::vector<TypeControl> controls_;
  LookTree<Outcome> tree_;
  vm::ObservationLog log_;
};

/// All controls that run for the resources of one type.
class TypeOutcomes {
public:
  /// The evaluator holds a resource of the type.
  TypeOutcomes(Evaluator& evaluator, std::span<const TypeControl> controls);

  /// What is to be taken up of the verdicts about the evaluator's resource, in control order; the rest is
  /// counted. Valid until the next call.
  std::span<const Decision* const> decide(Evaluator& evaluator, const EngineOptions& options);
  /// What decide() counted for the resource at hand.
  template <class Sink> void for_each_counted(Sink&& sink) const {
    for (const Outcome* outcome : met_)
      for (const Outcome::Counted& one : outcome->counted)
        sink(one.control, one.verdict);
  }
  /// Its controls that related resources decide, as far as they are only counted.
  template <class Sink> void for_each_related(Sink&& sink) const {
    for (const Outcome* outcome : met_)
      if (outcome->related != nullptr) sink(outcome->related);
  }
  /// Moves what was counted to the controls' totals.
  void move_to(std::vector<ControlSummary>& totals);

private:
  void decide_alone(Evaluator& evaluator, std::span<const TypeControl> controls);

  Looks looks_;
  std::vector<OutcomeTree> trees_;
  std::vector<TypeControl> alone_; ///< their verdicts rest on more than looks
  // Of the resource at hand.
  std::vector<const Outcome*> met_;
  std::vector<Decision> own_;
  std::size_t own_count_ = 0;
  std::vector<const Decision*> decisions_;
};

} // namespace writ
