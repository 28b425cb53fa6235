// SPDX-License-Identifier: MIT
#include "engine/completion.h"

#include "engine/pair_machine.h"
#include "writ/text.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace writ {

namespace {

class CompletionRun {
public:
  CompletionRun(const Engine::State& state, SetAside& work, Tally& tally)
      : state_(state), work_(work), tally_(tally), evaluators_(state.bundles.size()),
        pairs_(state.bundles.size()) {}

  std::vector<LateFinding> run() {
    for (WaitingResource& waiting : work_.resources)
      decide(waiting);
    for (WaitingPrimary& waiting : work_.primaries)
      settle(waiting);
    for (WaitingJoin& waiting : work_.joins)
      settle(waiting);
    std::stable_sort(findings_.begin(), findings_.end(), [](const LateFinding& a, const LateFinding& b) {
      return std::tie(a.order, a.control.bundle, a.control.control) <
             std::tie(b.order, b.control.bundle, b.control.control);
    });
    return std::move(findings_);
  }

private:
  Evaluator& evaluator(std::uint32_t bundle) {
    if (evaluators_[bundle] == nullptr)
      evaluators_[bundle] =
          std::make_unique<Evaluator>(state_.bundles[bundle], state_.options, state_.context.values);
    return *evaluators_[bundle];
  }

  void emit(std::uint64_t order, ControlNumber control, const ResourceRef& resource, Finding finding) {
    ControlSummary& summary = tally_.controls[control.bundle][control.control];
    ++summary.counts[static_cast<std::size_t>(finding.verdict)];
    if (finding.verdict != Verdict::NotApplicable) ++summary.applicable;
    if (is_delivered(state_.options, finding.verdict))
      findings_.push_back({order, control, resource, std::move(finding)});
  }

  /// Controls that needed the records of the subscription or the resource group.
  void decide(WaitingResource& waiting) {
    if (!kept_.load(waiting.text, waiting.resource.type)) return;
    const EvaluationContext context = work_.scopes.context(waiting.resource.id, state_.context.values);
    for (const ControlNumber number : waiting.controls) {
      Evaluator& one = evaluator(number.bundle);
      one.set_context(context);
      one.begin(kept_.root, kept_.arena);
      Decision decision;
      one.decide(number.control, true, decision);
      if (decision.state == Decision::State::None) continue;
      if (decision.state == Decision::State::Joined) {
        work_.joins.push_back(
            {waiting.order, number, waiting.resource, residue_of(one, decision, join_words(state_.options))});
        continue;
      }
      Finding finding;
      finding.control = &one.bundle().control(number.control);
      finding.verdict = decision.verdict;
      const bool delivered = is_delivered(state_.options, decision.verdict);
      if (delivered) fill_finding(one, decision, finding);
      if (delivered && finding.verdict == Verdict::Unknown)
        if (const std::string lacking = work_.scopes.missing_records(waiting.resource.id); !lacking.empty())
          finding.reason += (finding.reason.empty() ? "" : "; ") + lacking;
      const bool related = decision.state == Decision::State::Related;
      relate::Selection selection;
      const bc::Program& program = state_.bundles[number.bundle].program();
      if (related)
        selection = relate::resolve(one.machine(), program,
                                    program.relations[program.controls[number.control].relation]);
      if (delivered && decision.verdict == Verdict::NonCompliant && state_.options.evidence)
        one.add_evidence(decision, finding);
      if (related) {
        const bool pair = !state_.relations.plan_of(number).decided_early;
        work_.primaries.push_back({waiting.order, number, std::move(selection), waiting.resource,
                                   std::move(finding), pair ? waiting.text : std::string()});
      } else {
        emit(waiting.order, number, waiting.resource, std::move(finding));
      }
    }
  }

  /// Whether some related resource satisfies. Source: "Existence".
  void settle(WaitingPrimary& waiting) {
    Finding finding = std::move(waiting.finding);
    const auto conclude = [&](Verdict verdict, std::string reason) {
      finding.verdict = verdict;
      finding.reason = std::move(reason);
      finding.effect.clear();
      finding.details_json.clear();
      finding.messages.clear();
      finding.evidence.clear();
    };
    const relate::Selection& selection = waiting.selection;
    if (selection.resolved != Truth::True) {
      conclude(selection.resolved == Truth::Error ? Verdict::Error : Verdict::Unknown, selection.reason);
    } else if (waiting.resource.id.empty()) {
      conclude(Verdict::Unknown, "a resource without id has no related resources");
    } else {
      std::string reason;
      switch (satisfied(waiting, reason)) {
      case Truth::True:
        conclude(Verdict::Compliant, {});
        break;
      case Truth::Error:
        conclude(Verdict::Error, reason);
        break;
      case Truth::Unknown:
        conclude(Verdict::Unknown, reason);
        break;
      case Truth::False:
        if (!state_.options.assume_complete && !tally_.types.contains(selection.type))
          conclude(Verdict::Unknown, "the input holds no " + selection.type +
                                         ": export that type too, or say that the input is complete");
        break;
      }
    }
    emit(waiting.order, waiting.control, waiting.resource, std::move(finding));
  }

  /// Looks up what the joins of the control found, and decides. What is not needed any more is given back at
  /// once: many resources may wait.
  void settle(WaitingJoin& waiting) {
    const PreparedBundle& bundle = state_.bundles[waiting.control.bundle];
    const bc::Program& program = bundle.program();
    const bc::Control& control = program.controls[waiting.control.control];
    JoinOutcome outcome;
    for (std::uint32_t j = 0; j < control.join_count; ++j) {
      const std::uint32_t number = state_.joins.number_of(waiting.control.bundle, control.first_join + j);
      const bc::JoinInfo& join = program.joins[control.first_join + j];
      relate::JoinCount count = work_.join_book.count(number, waiting.residue.keys[j]);
      if (waiting.residue.keys[j].state != Truth::False && !state_.options.assume_complete &&
          !tally_.types.contains(program.strings[join.type])) {
        count.most = relate::JoinCount::kUnbounded;
        count.reason = "the input holds no " + program.strings[join.title] +
                       ": export that type too, or say that the input is complete (--assume-complete)";
      }
      outcome.counts.push_back(std::move(count));
      outcome.candidates.push_back(work_.join_book.candidates(number));
    }
    Finding finding;
    settle_joins(bundle, waiting.control.control, waiting.residue, outcome, finding,
                 state_.options.deliver != 0);
    waiting.residue = {};
    emit(waiting.order, waiting.control, waiting.resource, std::move(finding));
  }

  Truth satisfied(const WaitingPrimary& waiting, std::string& reason) {
    const std::uint32_t number = state_.relations.number_of(waiting.control);
    const relate::Selection& selection = waiting.selection;
    const std::vector<std::size_t>& place =
        work_.inventory.in_place({waiting.resource.id, waiting.resource.type}, selection);
    if (place.empty()) return Truth::False;
    if (selection.name) return look(waiting, number, named(place, *selection.name), reason);
    // Where only place and kind matter, what is found there is the same for every resource.
    if (!state_.relations.plans[number].decided_early) return look(waiting, number, place, reason);
    const auto [known, added] = looked_.try_emplace({number, &place, selection.kind.value_or("")});
    if (added) known->second.truth = look(waiting, number, place, known->second.reason);
    reason = known->second.reason;
    return known->second.truth;
  }

  /// Of the candidates in a place, those whose name may be meant: names are compared from their ends.
  const std::vector<std::size_t>& named(const std::vector<std::size_t>& place, std::string_view name) {
    const std::string_view last = name.substr(name.rfind('/') + 1); // npos + 1 is 0
    if (last == "?" || place.size() < 8) return place;
    const auto [known, added] = named_.try_emplace(&place);
    if (added)
      for (const std::size_t index : place) {
        const std::string full = relate::full_name_of(work_.inventory[index].id);
        known->second[lower_ascii(std::string_view(full).substr(full.rfind('/') + 1))].push_back(index);
      }
    const auto found = known->second.find(lower_ascii(last));
    return found == known->second.end() ? none_ : found->second;
  }

  Truth look(const WaitingPrimary& waiting, std::uint32_t number, const std::vector<std::size_t>& place,
             std::string& reason) {
    const RelationPlan& plan = state_.relations.plans[number];
    Truth any = Truth::False;
    bool loaded = false;
    for (const std::size_t index : place) {
      if (!work_.inventory.is_meant(index, waiting.selection)) continue;
      const relate::Candidate& candidate = work_.inventory[index];
      Truth one = Truth::Unknown;
      std::string_view why = "the related resource was not kept";
      std::string pair_reason;
      if (plan.decided_early) {
        const auto fact =
            std::find_if(candidate.facts.begin(), candidate.facts.end(),
                         [&](const relate::ExistenceFact& known) { return known.relation == number; });
        if (fact != candidate.facts.end()) {
          one = fact->truth;
          why = fact->reason;
        }
      } else if (!candidate.text.empty() && (loaded || kept_.load(waiting.text, waiting.resource.type)) &&
                 candidate_.load(candidate.text, candidate.type)) {
        loaded = true;
        one = pair(waiting.control.bundle)
                  .run(plan.condition, kept_, candidate_,
                       work_.scopes.context(waiting.resource.id, state_.context.values), pair_reason);
        why = pair_reason;
      }
      const Truth joined = truth_or(any, one);
      if (joined != any && !decided(joined)) (reason = candidate.id + ": ") += why;
      any = joined;
      if (any == Truth::True) break;
    }
    return any;
  }

  PairMachine& pair(std::uint32_t bundle) {
    if (pairs_[bundle] == nullptr)
      pairs_[bundle] =
          std::make_unique<PairMachine>(state_.bundles[bundle], state_.options, state_.context.values);
    return *pairs_[bundle];
  }

  const Engine::State& state_;
  SetAside& work_;
  Tally& tally_;
  std::vector<std::unique_ptr<Evaluator>> evaluators_;
  std::vector<std::unique_ptr<PairMachine>> pairs_;
  /// What related resources in one place came to, for a relation that asks no more.
  struct Looked {
    Truth truth = Truth::False;
    std::string reason;
  };
  std::map<std::tuple<std::uint32_t, const std::vector<std::size_t>*, std::string>, Looked> looked_;
  std::unordered_map<const std::vector<std::size_t>*,
                     std::unordered_map<std::string, std::vector<std::size_t>>>
      named_; ///< candidates in a place, by the last part of their names in lower case
  const std::vector<std::size_t> none_;
  KeptResource kept_;
  KeptResource candidate_;
  std::vector<LateFinding> findings_;
};

} // namespace

std::vector<LateFinding> complete(const Engine::State& state, SetAside& work, Tally& tally) {
  return CompletionRun(state, work, tally).run();
}

} // namespace writ
