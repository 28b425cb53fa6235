// SPDX-License-Identifier: MIT
// Verdicts of some controls about resources of one type, as a tree over what they look at.
//
// The controls run once for each combination of outcomes that the input shows; what they looked at becomes a
// path. Another resource that shows the same is led along that path to the same verdicts, each look taken
// once, whoever asks for it, and none of the logic run again. Cost follows looks, not controls.
#pragma once

#include "engine/evaluator.h"
#include "vm/observation.h"
#include "writ/finding.h"

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

namespace writ {

/// The looks that trees of one type have in common, and how they came out for the resource at hand.
class Looks {
public:
  /// The number of a look.
  std::uint32_t number_of(const vm::Observation& what);
  /// Forgets what is known of the resource before.
  void begin() { ++resource_; }
  Truth at(std::uint32_t number, vm::Machine& machine) {
    std::uint64_t& known = known_[number];
    if (known >> 2 != resource_)
      known = resource_ << 2 | static_cast<std::uint64_t>(machine.observe(looks_[number]));
    return static_cast<Truth>(known & 3);
  }

private:
  std::vector<vm::Observation> looks_;
  std::vector<std::uint64_t> known_; ///< per look: resource and truth
  std::unordered_multimap<std::uint64_t, std::uint32_t> numbers_;
  std::uint64_t resource_ = 0;
};

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
  [[nodiscard]] std::deque<Outcome>& outcomes() { return outcomes_; }

  /// The outcome for the evaluator's resource; null when none like it was there before.
  Outcome* find(Looks& looks, vm::Machine& machine) {
    std::uint32_t at = root_;
    while (at < kLeaf) {
      const Node& node = nodes_[at];
      at = node.next[static_cast<std::size_t>(looks.at(node.look, machine))];
    }
    return at == kNowhere ? nullptr : &outcomes_[at - kLeaf];
  }
  /// Runs the controls and remembers the way. Null when the tree is full: then nothing ran.
  Outcome* learn(Looks& looks, Evaluator& evaluator, const EngineOptions& options);

private:
  static constexpr std::uint32_t kLeaf = 1u << 31; ///< from here on: outcomes
  static constexpr std::uint32_t kNowhere = ~0u;
  static constexpr std::size_t kMostNodes = std::size_t{1} << 15;
  struct Node {
    std::uint32_t look = 0;
    std::array<std::uint32_t, 4> next{kNowhere, kNowhere, kNowhere, kNowhere}; ///< by truth
  };
  /// False when the way leaves one that is known, which would mean that looks are not all there is.
  bool insert(Looks& looks, const Evaluator& evaluator);

  std::vector<TypeControl> controls_;
  std::uint32_t root_ = kNowhere;
  std::vector<Node> nodes_;
  std::deque<Outcome> outcomes_;
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
