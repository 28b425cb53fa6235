// SPDX-License-Identifier: MIT
#include "engine/completion.h"

#include "engine/existence.h"
#include "engine/related_counts.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace writ {

namespace {

class CompletionRun {
public:
  CompletionRun(const Engine::State& state, SetAside& work, Tally& tally)
      : state_(state), work_(work), tally_(tally), evaluators_(state.bundles.size()),
        existence_(state, work.inventory, work.scopes) {}

  std::vector<LateFinding> run() {
    work_.resources.consume([&](WaitingResource& waiting) { decide(waiting); });
    work_.alike.consume([&](WaitingAlike& alike) { decide(alike); });
    work_.primaries.consume([&](WaitingPrimary& waiting) { settle(waiting); });
    RelatedCounts numbers(state_, existence_, work_.inventory, tally_);
    work_.numbers.consume([&](const WaitingCount& waiting) { numbers.add(waiting); });
    numbers.finish();
    work_.joins.consume([&](WaitingJoin& waiting) { settle(waiting); });
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
    tally_.controls[control.bundle][control.control].count(finding.verdict);
    if (is_delivered(state_.options, finding.verdict))
      findings_.push_back({order, control, resource, std::move(finding)});
  }

  /// Controls that needed the records of the subscription or the resource group.
  void decide(WaitingResource& waiting) {
    if (!kept_.load(waiting.text, waiting.resource.type)) return;
    const EvaluationContext context = work_.scopes.context(waiting.resource.id, state_.context.values);
    const Evaluator* begun = nullptr;
    for (const ControlNumber number : waiting.controls) {
      Evaluator& one = evaluator(number.bundle);
      // Evidence makes an evaluator forget what it knows of the resource.
      if (begun != &one || state_.options.evidence) begin(one, context);
      begun = &one;
      Decision decision;
      one.decide(number.control, true, decision);
      if (decision.state == Decision::State::None) continue;
      if (decision.state == Decision::State::Joined) {
        work_.joins.push_back({waiting.order, number, std::make_unique<ResourceRef>(waiting.resource),
                               residue_of(one, decision, join_words(state_.options))});
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
      if (related) selection = one.selection(number.control);
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

  void begin(Evaluator& one, const EvaluationContext& context) {
    one.set_context(context);
    one.begin(kept_.root, kept_.arena);
  }

  /// The same where only numbers are wanted, for all resources that look the same.
  void decide(WaitingAlike& alike) {
    existence_.begin_primary();
    for (const WaitingAlike::Held& held : alike.held)
      settle(alike, held);
    if (alike.controls.empty() || !kept_.load(alike.text, alike.type)) return;
    const EvaluationContext context = work_.scopes.context(alike.id, state_.context.values);
    const Evaluator* begun = nullptr;
    std::vector<WaitingCount::List> lists;
    for (const ControlNumber number : alike.controls) {
      Evaluator& one = evaluator(number.bundle);
      if (begun != &one) begin(one, context);
      begun = &one;
      Decision decision;
      one.decide(number.control, true, decision);
      if (decision.state == Decision::State::None) continue;
      if (decision.state != Decision::State::Related) {
        tally_.controls[number.bundle][number.control].count(decision.verdict, alike.resources);
      } else if (one.bundle().controls[number.control].is_related_by_place()) {
        lists.push_back({number.bundle, std::make_shared<std::vector<std::uint32_t>>(1, number.control)});
      } else {
        settle(alike, {number, one.selection(number.control)});
      }
    }
    if (!lists.empty()) work_.numbers.push_back({alike.type, std::move(lists), std::move(alike.ids)});
  }

  /// The control holds for all of them: each asks for what is related to it.
  void settle(const WaitingAlike& alike, const WaitingAlike::Held& held) {
    // Of one kind and in one place, they ask for the same.
    std::map<const std::vector<std::size_t>*, Verdict> known;
    for (std::size_t i = 0; i < alike.ids.size(); ++i) {
      const std::string_view id = alike.ids[i];
      const auto* place = id.empty() ? nullptr : &work_.inventory.in_place({id, alike.type}, held.selection);
      const auto [entry, added] = known.try_emplace(place, Verdict::NonCompliant);
      std::string reason;
      if (added)
        entry->second = verdict_of(held.control, {id, alike.type, alike.text}, held.selection, reason);
      tally_.controls[held.control.bundle][held.control.control].count(entry->second);
    }
  }

  void settle(WaitingPrimary& waiting) {
    existence_.begin_primary();
    Finding finding = std::move(waiting.finding);
    std::string reason;
    finding.verdict = verdict_of(waiting.control, {waiting.resource.id, waiting.resource.type, waiting.text},
                                 waiting.selection, reason);
    if (finding.verdict != Verdict::NonCompliant) {
      finding.reason = std::move(reason);
      finding.effect.clear();
      finding.details_json.clear();
      finding.messages.clear();
      finding.evidence.clear();
    }
    emit(waiting.order, waiting.control, waiting.resource, std::move(finding));
  }

  /// Whether some related resource satisfies. Source: "Existence".
  Verdict verdict_of(ControlNumber control, const ExistencePrimary& primary,
                     const relate::Selection& selection, std::string& reason) {
    if (selection.resolved != Truth::True) {
      reason = selection.reason;
      return selection.resolved == Truth::Error ? Verdict::Error : Verdict::Unknown;
    }
    if (primary.id.empty()) {
      reason = "a resource without id has no related resources";
      return Verdict::Unknown;
    }
    const Verdict verdict = verdict_of_existence(existence_.satisfied(control, primary, selection, reason));
    if (verdict == Verdict::Compliant) reason.clear();
    if (verdict != Verdict::NonCompliant || state_.options.assume_complete ||
        tally_.types.contains(selection.type))
      return verdict;
    reason =
        "the input holds no " + selection.type + ": export that type too, or say that the input is complete";
    return Verdict::Unknown;
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
    emit(waiting.order, waiting.control, waiting.resource == nullptr ? ResourceRef() : *waiting.resource,
         std::move(finding));
  }

  const Engine::State& state_;
  SetAside& work_;
  Tally& tally_;
  std::vector<std::unique_ptr<Evaluator>> evaluators_;
  Existence existence_;
  KeptResource kept_;
  std::vector<LateFinding> findings_;
};

} // namespace

std::vector<LateFinding> complete(const Engine::State& state, SetAside& work, Tally& tally) {
  return CompletionRun(state, work, tally).run();
}

} // namespace writ
