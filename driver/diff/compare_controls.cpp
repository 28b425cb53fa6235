// SPDX-License-Identifier: MIT
#include "writ/bytecode/program.h"
#include "writ/driver/diff.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <map>

namespace writ::driver {

namespace {

constexpr std::uint32_t kSeed = 20260101;

/// One control on its own, to be run on small snapshots.
class Runner {
public:
  Runner(Compilation& compilation, const std::string& id, const Witness& settings, const std::string& now) {
    Result<Bundle> bundle = Bundle::from_program(compilation.control_program(id), "diff");
    if (!bundle.ok() || bundle->control_count() == 0) return;
    for (const auto& [name, text] : settings.parameters)
      (void)bundle->set_parameter(id, name, text); // the other side may be the one that has it
    EngineOptions options;
    options.now = now;
    options.evidence = false;
    options.assume_complete = true; // what is not beside the resource does not exist
    options.all_not_applicable = true;
    engine_.emplace(std::vector<Bundle>{*bundle}, options);
  }
  [[nodiscard]] std::optional<Verdict> verdict(const Witness& witness) const {
    if (!engine_) return std::nullopt;
    std::string text = witness.resource_json + "\n";
    for (const std::string& other : witness.beside_json)
      text += other + "\n";
    std::optional<Verdict> verdict;
    Input input = Input::of_text("witness", text);
    input.format = InputFormat::Lines;
    (void)engine_->run({input}, [&](const Finding& finding) {
      if (finding.resource->line == 1) verdict = finding.verdict;
    });
    return verdict;
  }

private:
  std::optional<Engine> engine_;
};

struct Pair {
  Compilation* before = nullptr;
  Compilation* after = nullptr;
  std::string before_id;
  std::string after_id;
  bool plain = false; ///< a control beside a definition: not-applicable and compliant are one
};

bool differ(Verdict before, Verdict after, bool plain) {
  const auto same = [plain](Verdict verdict) {
    return plain && verdict == Verdict::NotApplicable ? Verdict::Compliant : verdict;
  };
  return same(before) != same(after);
}

/// Runs a witness on both sides; nothing when they agree.
std::optional<ShownWitness> run_witness(const Pair& pair, const Witness& witness, const std::string& now) {
  const auto before = Runner(*pair.before, pair.before_id, witness, now).verdict(witness);
  const auto after = Runner(*pair.after, pair.after_id, witness, now).verdict(witness);
  if (!before || !after || !differ(*before, *after, pair.plain)) return std::nullopt;
  return ShownWitness{witness, *before, *after, false};
}

void search(const Pair& pair, const DiffOptions& options, ControlChange& change) {
  const Runner before(*pair.before, pair.before_id, {}, options.now);
  const Runner after(*pair.after, pair.after_id, {}, options.now);
  for (const Witness& witness :
       boundary_resources(*pair.before, pair.before_id, *pair.after, pair.after_id, options.search, kSeed)) {
    ++change.searched;
    const auto a = before.verdict(witness);
    const auto b = after.verdict(witness);
    if (!a || !b || !differ(*a, *b, pair.plain)) continue;
    change.witness = ShownWitness{witness, *a, *b, true};
    change.change = Change::Changed;
    return;
  }
}

void compare(const Pair& pair, const DiffOptions& options, ControlChange& change) {
  ProofOptions proof_options;
  proof_options.timeout_ms = options.timeout_ms;
  proof_options.tell_not_applicable = !pair.plain;
  ProofResult proof =
      prove_equivalent(*pair.before, pair.before_id, *pair.after, pair.after_id, proof_options);
  change.metadata = metadata_differences(*pair.before, pair.before_id, *pair.after, pair.after_id);
  change.differences = std::move(proof.differences);
  change.assumptions = std::move(proof.assumptions);
  if (proof.outcome == ProofOutcome::Proved) {
    change.change = Change::Same;
    return;
  }
  change.change = change.differences.empty() ? Change::Undecided : Change::Changed;
  change.undecided_because = std::move(proof.undecided_because);
  if (proof.outcome == ProofOutcome::Counterexample) {
    change.witness =
        run_witness(pair, {proof.witness_json, proof.beside_json, proof.parameters}, options.now);
    if (change.witness) {
      change.change = Change::Changed;
      return;
    }
    change.undecided_because.emplace_back("the resource that was found did not differ when it was run");
  }
  if (!change.assumptions.empty() && change.change == Change::Changed) return; // the conditions are equal
  search(pair, options, change);
  if (change.change == Change::Changed && change.witness) change.undecided_because.clear();
}

/// What one side has, by lower-cased id.
struct Listed {
  std::string id;
  std::string title;
  bool compiled = false;
  bool definition = false;
};
std::map<std::string, Listed> list_controls(const LoadedPolicies& policies, const DiffOptions& options) {
  std::map<std::string, Listed> out;
  const auto wanted = [&](std::string_view id) {
    return options.controls.empty() ||
           std::any_of(options.controls.begin(), options.controls.end(),
                       [&](const std::string& glob) { return glob_matches(id, glob); });
  };
  if (policies.compilation)
    for (const ControlInfo& control : policies.compilation->controls())
      if (wanted(control.id))
        out.try_emplace(lower_ascii(control.id),
                        Listed{control.id, control.title, true, control.symbol.empty()});
  for (const Bundle& bundle : policies.bundles)
    for (std::size_t i = 0; i < bundle.control_count(); ++i) {
      const ControlRef& control = bundle.control(i);
      // What an initiative or an assignment makes of a policy is not a policy of its own.
      if (!control.initiative.empty() || !control.assignment.empty() || !wanted(control.id)) continue;
      out.try_emplace(lower_ascii(control.id),
                      Listed{std::string(control.id), std::string(control.title), false, false});
    }
  return out;
}

} // namespace

std::string_view to_text(Change change) {
  constexpr std::array<std::string_view, 5> kWords = {"same", "changed", "undecided", "added", "removed"};
  return kWords[static_cast<std::size_t>(change)];
}

void compare_controls(LoadedPolicies& before, LoadedPolicies& after, const DiffOptions& options,
                      const std::function<void(const ControlChange&)>& each) {
  const std::map<std::string, Listed> old_controls = list_controls(before, options);
  const std::map<std::string, Listed> new_controls = list_controls(after, options);
  std::map<std::string, const Listed*> all;
  for (const auto* side : {&old_controls, &new_controls})
    for (const auto& [key, listed] : *side)
      all.try_emplace(key, &listed);
  for (const auto& [key, listed] : all) {
    const auto old_one = old_controls.find(key);
    const auto new_one = new_controls.find(key);
    ControlChange change;
    change.id = listed->id;
    change.title = listed->title;
    if (old_one == old_controls.end()) {
      change.change = Change::Added;
    } else if (new_one == new_controls.end()) {
      change.change = Change::Removed;
    } else if (!old_one->second.compiled || !new_one->second.compiled) {
      const bool same = before.bundles.size() == 1 && after.bundles.size() == 1 &&
                        before.bundles.front().hash() == after.bundles.front().hash();
      change.change = same ? Change::Same : Change::Undecided;
      if (!same) change.undecided_because.emplace_back("a bundle holds code, not conditions to prove");
    } else {
      const Pair pair{&*before.compilation, &*after.compilation, old_one->second.id, new_one->second.id,
                      old_one->second.definition != new_one->second.definition};
      compare(pair, options, change);
    }
    each(change);
  }
}

} // namespace writ::driver
