// SPDX-License-Identifier: MIT
// Source: docs/language.md, "Joins".
#include "engine/join_verdict.h"

#include "writ/semantics/compare.h"

#include <span>

namespace writ {

namespace {

using relate::JoinCount;

bool is_number(const Value& value) { return value.is(ValueKind::Int) || value.is(ValueKind::Float); }

/// A comparison of a number that lies in a range: decided when all numbers of the range give one answer.
Truth compare(Operator op, const JoinCount& count, const Value& right) {
  const SemanticsOptions options;
  const auto at = [&](std::int64_t number) {
    return apply_operator(op, Value::integer(number), right, options);
  };
  const Truth least = at(count.least);
  if (count.exact()) return least;
  // Numbers below, at and above the right side are all that can differ.
  const double bound = right.as_number();
  bool same = at(count.most) == least;
  for (std::int64_t step = -1; step <= 1 && same; ++step) {
    const double number = bound + static_cast<double>(step);
    if (number > static_cast<double>(count.least) && number < static_cast<double>(count.most))
      same = at(static_cast<std::int64_t>(number)) == least;
  }
  if (same) return least;
  return count.failed ? Truth::Error : Truth::Unknown;
}

class Settlement {
public:
  Settlement(const PreparedBundle& bundle, std::uint32_t control, JoinResidue& residue,
             const JoinOutcome& outcome, bool words)
      : program_(bundle.program()), control_(program_.controls[control]), residue_(residue),
        outcome_(outcome), words_(words) {}

  void run(Finding& finding) {
    const Truth applicable = decide(control_.first_term, control_.term_count, Truth::True);
    if (applicable == Truth::False) {
      finding.verdict = Verdict::NotApplicable;
      finding.reason = explanation();
      return;
    }
    if (applicable != Truth::True) return open(applicable, finding);
    if (!residue_.exemption.empty()) {
      finding.verdict = Verdict::Exempt;
      finding.reason = residue_.exemption;
      return;
    }
    Truth violated = Truth::False;
    for (std::uint32_t v = 0; v < control_.violation_count; ++v) {
      const bc::ViolationInfo& info = program_.violations[control_.first_violation + v];
      JoinResidue::Violation& violation = residue_.violations[v];
      const std::size_t first_seen = seen_.size();
      const Truth one = decide(info.first_term, info.term_count, violation.alone);
      violated = truth_or(violated, one);
      if (one != Truth::True || !words_) continue;
      if (!violation.message.empty()) finding.messages.push_back(std::move(violation.message));
      for (Evidence& evidence : violation.evidence)
        finding.evidence.push_back(std::move(evidence));
      for (std::size_t i = first_seen; i < seen_.size(); ++i)
        finding.evidence.push_back(evidence_of(seen_[i]));
    }
    if (violated == Truth::True) {
      finding.verdict = Verdict::NonCompliant;
      if (!words_) return;
      if (residue_.base != nullptr) {
        finding.effect = std::move(residue_.base->effect);
        finding.details_json = std::move(residue_.base->details_json);
        if (!residue_.base->messages.empty()) finding.messages = std::move(residue_.base->messages);
      }
      finding.reason = explanation();
      return;
    }
    if (violated != Truth::False) return open(violated, finding);
    finding.verdict = Verdict::Compliant;
    finding.reason = explanation();
  }

private:
  struct Seen {
    const bc::JoinTerm* term = nullptr;
    Value right;
  };

  void open(Truth truth, Finding& finding) {
    finding.verdict = truth == Truth::Error ? Verdict::Error : Verdict::Unknown;
    finding.messages.clear();
    finding.evidence.clear();
    for (const JoinCount& count : outcome_.counts)
      if (!count.exact() && !count.reason.empty() && (finding.reason.empty() || count.failed))
        finding.reason = count.reason;
    if (finding.reason.empty() || (truth == Truth::Error && !any_failed())) finding.reason = residue_.reason;
  }
  [[nodiscard]] bool any_failed() const {
    for (const JoinCount& count : outcome_.counts)
      if (count.failed) return true;
    return false;
  }

  /// A condition in postfix order; `alone` is its truth when no join takes part.
  Truth decide(std::uint32_t first, std::uint32_t count, Truth alone) {
    if (count == 0) return alone;
    std::vector<Truth> stack;
    for (const bc::JoinTerm& term : std::span(program_.join_terms).subspan(first, count)) {
      const JoinResidue::Term* known = nullptr;
      if (term.kind == bc::JoinTermKind::Condition || term.kind == bc::JoinTermKind::Compare)
        known = &residue_.terms[next_++];
      switch (term.kind) {
      case bc::JoinTermKind::Condition:
        stack.push_back(known->truth);
        break;
      case bc::JoinTermKind::Compare:
        stack.push_back(
            known->truth != Truth::True
                ? known->truth
                : compare(term.op, outcome_.counts[term.join - control_.first_join], known->right));
        seen_.push_back({&term, known->right});
        break;
      case bc::JoinTermKind::Not:
        stack.back() = truth_not(stack.back());
        break;
      case bc::JoinTermKind::All:
      case bc::JoinTermKind::Any: {
        const bool all = term.kind == bc::JoinTermKind::All;
        Truth joined = all ? Truth::True : Truth::False;
        for (std::uint32_t i = 0; i < term.count; ++i) {
          joined = all ? truth_and(joined, stack.back()) : truth_or(joined, stack.back());
          stack.pop_back();
        }
        stack.push_back(joined);
        break;
      }
      }
    }
    return stack.back();
  }

  [[nodiscard]] std::string type_of(const bc::JoinInfo& join) const { return program_.strings[join.title]; }

  /// The number that a violation rests on, next to what was required.
  [[nodiscard]] Evidence evidence_of(const Seen& seen) const {
    const JoinCount& count = outcome_.counts[seen.term->join - control_.first_join];
    Evidence out;
    out.field = "count of " + type_of(program_.joins[seen.term->join]);
    out.operator_name = info(info(seen.term->op).negated).azure_name;
    out.negated = true;
    out.actual = std::to_string(count.least);
    if (seen.right.is(ValueKind::Int)) out.expected = std::to_string(seen.right.as_int());
    return out;
  }

  /// What the joins found: "1 of 3 contoso/rules counts as rule (…/a)".
  [[nodiscard]] std::string explanation() const {
    std::string out;
    if (!words_) return out;
    for (std::uint32_t j = 0; j < control_.join_count; ++j) {
      const JoinCount& count = outcome_.counts[j];
      const bc::JoinInfo& join = program_.joins[control_.first_join + j];
      if (!out.empty()) out += "; ";
      out += std::to_string(count.least) + (count.exact() ? " of " : " or more of ") +
             std::to_string(outcome_.candidates[j]) + " " + type_of(join) +
             (count.least == 1 ? " counts as " : " count as ") + program_.strings[join.name];
      if (!count.found.empty())
        out += ": " + count.found + (count.least > 1 ? " and others" : "");
      else if (count.equal > 0)
        out += ": " + std::to_string(count.equal) +
               (count.equal == 1 ? " has the same keys, but is left out by `where` ("
                                 : " have the same keys, but are left out by `where` (") +
               count.left_out + ")";
      else if (outcome_.candidates[j] > 0 && count.exact())
        out += ": none has the same keys";
    }
    return out;
  }

  const bc::Program& program_;
  const bc::Control& control_;
  JoinResidue& residue_;
  const JoinOutcome& outcome_;
  const bool words_;
  std::size_t next_ = 0;
  std::vector<Seen> seen_;
};

} // namespace

JoinResidue residue_of(Evaluator& evaluator, const Decision& decision, JoinWords words) {
  const bc::Program& program = evaluator.bundle().program();
  const std::uint32_t number = decision.control;
  const bc::Control& control = program.controls[number];
  vm::Machine& machine = evaluator.machine();
  JoinResidue out;
  std::vector<std::pair<std::size_t, std::uint32_t>> traced; // violation, block that makes it hold
  const auto note = [&](Truth truth) {
    if (!decided(truth) && out.reason.empty()) out.reason = reason_text(machine.reason());
  };
  const auto terms = [&](std::uint32_t first, std::uint32_t count, std::size_t violation) {
    for (const bc::JoinTerm& term : std::span(program.join_terms).subspan(first, count)) {
      JoinResidue::Term known;
      if (term.kind == bc::JoinTermKind::Condition) {
        known.truth = machine.run_truth(term.condition);
        note(known.truth);
        if (known.truth == Truth::True && violation < control.violation_count)
          traced.emplace_back(violation, term.condition);
      } else if (term.kind == bc::JoinTermKind::Compare) {
        const Value right = machine.run_value(term.right);
        if (is_number(right)) {
          known.right = right;
        } else {
          known.truth = right.is(ValueKind::Unknown) ? Truth::Unknown : Truth::Error;
          if (out.reason.empty())
            out.reason = right.is(ValueKind::Error) ? reason_text(right.as_error())
                         : right.is(ValueKind::Unknown)
                             ? "a number that other resources are compared with is unknown"
                             : "bad-operator-value: other resources are compared with no number";
        }
      } else {
        continue;
      }
      out.terms.push_back(known);
    }
  };
  terms(control.first_term, control.term_count, control.violation_count);
  for (std::uint32_t v = 0; v < control.violation_count; ++v) {
    const bc::ViolationInfo& info = program.violations[control.first_violation + v];
    JoinResidue::Violation& violation = out.violations.emplace_back();
    if (info.term_count > 0) {
      terms(info.first_term, info.term_count, v);
    } else {
      violation.alone = machine.run_truth(info.condition);
      note(violation.alone);
      if (violation.alone == Truth::True) traced.emplace_back(v, info.condition);
    }
    if (info.message == bc::kNone || !words.messages) continue;
    if (const Value message = machine.run_value(info.message); message.is(ValueKind::String))
      violation.message = message.as_string();
  }
  const std::string_view id = evaluator.resource().id();
  for (const bc::JoinInfo& join : std::span(program.joins).subspan(control.first_join, control.join_count))
    out.keys.push_back(outer_keys(machine, program, join, id));
  if (decision.verdict == Verdict::Exempt) out.exemption = decision.reason;
  Decision nothing_violated;
  nothing_violated.control = number;
  if (words.messages) {
    out.base = std::make_unique<Finding>();
    evaluator.describe(nothing_violated, *out.base);
  }
  if (words.evidence)
    for (const auto& [violation, block] : traced)
      evaluator.trace(block, control.origin == bc::Origin::Control, out.violations[violation].evidence);
  return out;
}

void settle_joins(const PreparedBundle& bundle, std::uint32_t control, JoinResidue& residue,
                  const JoinOutcome& outcome, Finding& finding, bool words) {
  finding.control = &bundle.control(control);
  Settlement(bundle, control, residue, outcome, words).run(finding);
}

std::optional<Verdict> settled_early(const PreparedBundle& bundle, std::uint32_t control,
                                     const JoinResidue& residue) {
  JoinOutcome anything;
  const std::uint32_t joins = bundle.program().controls[control].join_count;
  anything.counts.resize(joins);
  for (JoinCount& count : anything.counts)
    count.most = JoinCount::kUnbounded;
  anything.candidates.resize(joins);
  Finding finding;
  JoinResidue copy;
  copy.terms = residue.terms;
  copy.violations.resize(residue.violations.size());
  for (std::size_t v = 0; v < copy.violations.size(); ++v)
    copy.violations[v].alone = residue.violations[v].alone;
  copy.exemption = residue.exemption;
  settle_joins(bundle, control, copy, anything, finding, false);
  if (finding.verdict == Verdict::Unknown || finding.verdict == Verdict::Error) return std::nullopt;
  return finding.verdict;
}

} // namespace writ
