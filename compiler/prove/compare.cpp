// SPDX-License-Identifier: MIT
#include "prove/compare.h"

#include "prove/collect.h"
#include "prove/lower.h"
#include "prove/solver.h"
#include "prove/types.h"
#include "prove/witness.h"
#include "writ/text.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <set>

namespace writ::prove {

namespace {

/// Combinations of allowed values that a proof goes through.
constexpr std::size_t kMostCombinations = 64;

struct Answer {
  enum class Kind : std::uint8_t { None, Model, Open } kind = Kind::None;
  Witness witness;
  std::set<std::string> reasons;
};

std::string literal_text(const ir::Graph& graph, ir::NodeId id) {
  if (!id.valid() || graph.node(id).kind != ir::NodeKind::Literal) return {};
  const Value& value = graph.constant_value(id);
  return value.is(ValueKind::String) ? std::string(value.as_string()) : std::string();
}

/// One question about resources of one type.
class TypeQuestion {
public:
  TypeQuestion(const Side& left, const ir::Policy& bound_left, const Side& right,
               const ir::Policy& bound_right, const Cell& type, unsigned array_bound)
      : left_(left), right_(right), bound_left_(bound_left), bound_right_(bound_right), type_(type),
        shape_(array_bound) {}

  Answer ask(Question question, unsigned timeout_ms, std::set<std::string>& assumptions) {
    Verdict left = lower(left_, bound_left_);
    Verdict right = lower(right_, bound_right_);
    add_relations(left, right);
    assumptions.insert(notes_.assumptions.begin(), notes_.assumptions.end());
    Answer answer;
    const bool same = left.applicable == right.applicable && left.violated == right.violated &&
                      left.related == right.related && left.satisfied == right.satisfied;
    if (same || never_reported(question, left, right)) return answer;
    if (shape_.has_arrays())
      assumptions.insert(fmt::format("arrays have at most {} elements", shape_.bound()));
    Collector collector(store_, shape_);
    for (const Verdict& side : {left, right})
      for (FormulaId root : {side.applicable, side.violated, side.satisfied, side.eligible})
        collector.add(root);
    collector.finish();
    shape_.build_cells(store_.arena());
    Solver solver(store_, shape_, left_.semantics, {timeout_ms});
    const Found found = solver.find(question, left, right);
    switch (found.answer) {
    case Found::Answer::None:
      break;
    case Found::Answer::Open:
      answer.kind = Answer::Kind::Open;
      answer.reasons.insert(found.reasons.begin(), found.reasons.end());
      break;
    case Found::Answer::Model:
      answer.kind = Answer::Kind::Model;
      write_witness(found, left, right, answer.witness);
      break;
    }
    return answer;
  }

private:
  std::string type_name() const { return std::string(type_.representative.as_string()); }

  Verdict lower(const Side& side, const ir::Policy& bound) {
    Lowerer::Options options;
    options.type = type_name();
    options.type_cell = type_;
    options.vacuous_missing = side.semantics.vacuous_missing;
    Lowerer lowerer(*side.graph, store_, shape_, notes_, options);
    Verdict verdict;
    verdict.applicable = bound.applicable.valid() ? lowerer.condition(bound.applicable) : store_.truth(true);
    std::vector<FormulaId> violations;
    for (const ir::Violation& violation : bound.violations)
      violations.push_back(lowerer.condition(violation.when));
    verdict.violated = store_.any_of(violations);
    verdict.satisfied = verdict.eligible = store_.truth(true);
    switch (mode_says(side, bound, type_)) {
    case ModeSays::Inside:
      break;
    case ModeSays::Outside:
      verdict.applicable = store_.truth(false);
      break;
    case ModeSays::Depends: {
      // Mode Indexed looks at resources with a location where the catalogue does not know the type.
      const TermId location = store_.place(shape_.text(Subject::Resource, "location"));
      const FormulaId nowhere =
          store_.test(Operator::Equals, location, store_.constant(Value::string("")), false);
      verdict.applicable = store_.all_of({verdict.applicable, store_.negate(nowhere)});
      break;
    }
    }
    return verdict;
  }

  /// What says which resources are candidates.
  std::vector<TermId> choice_of_related(const Side& side, const ir::Existence& existence) {
    Lowerer::Options options;
    options.type = type_name();
    options.type_cell = type_;
    Lowerer lowerer(*side.graph, store_, shape_, notes_, options);
    std::vector<TermId> out;
    for (ir::NodeId id :
         {existence.type, existence.name, existence.kind, existence.resource_group, existence.scope})
      out.push_back(id.valid() ? lowerer.operand(id) : store_.opaque("nothing"));
    return out;
  }

  FormulaId satisfied(const Side& side, const ir::Existence& existence) {
    if (!existence.condition.valid()) return store_.truth(true);
    Lowerer::Options options;
    options.type = literal_text(*side.graph, existence.type);
    options.type_cell.one_folding = !options.type.empty();
    options.type_cell.kind = CellKind::String;
    options.primary_type = type_name();
    options.primary_type_cell = type_;
    options.subject = Subject::Candidate;
    options.vacuous_missing = side.semantics.vacuous_missing;
    Lowerer lowerer(*side.graph, store_, shape_, notes_, options);
    return lowerer.condition(existence.condition);
  }

  void add_relations(Verdict& left, Verdict& right) {
    left.related = looks_for_related(left_);
    right.related = looks_for_related(right_);
    if (!left.related && !right.related) return;
    const bool both = left.related && right.related;
    const bool alike = both && choice_of_related(left_, *bound_left_.effect.existence) ==
                                   choice_of_related(right_, *bound_right_.effect.existence);
    const auto fill = [&](Verdict& verdict, const Side& side, const ir::Policy& bound,
                          std::string_view which) {
      if (!verdict.related) return;
      const ir::Existence& existence = *bound.effect.existence;
      if (!both || alike) {
        verdict.satisfied = satisfied(side, existence);
        candidate_ = {literal_text(*side.graph, existence.type), literal_text(*side.graph, existence.name),
                      literal_text(*side.graph, existence.kind)};
      } else {
        // Two ways to choose: what each finds is a question of its own.
        verdict.satisfied = store_.opaque_formula("the different choice of related resources", which);
      }
    };
    fill(left, left_, bound_left_, "left");
    fill(right, right_, bound_right_, "right");
  }

  bool never_reported(Question question, const Verdict& left, const Verdict& right) const {
    const auto never = [&](const Verdict& side) {
      const auto is_false = [&](FormulaId id) {
        return store_.formula(id).kind == FormulaKind::Constant && !store_.formula(id).truth;
      };
      return is_false(side.applicable) || (question != Question::DifferFully && is_false(side.violated) &&
                                           store_.formula(side.applicable).kind == FormulaKind::Constant);
    };
    if (question == Question::OnlyLeft) return never(left);
    if (question == Question::OnlyRight) return never(right);
    return never(left) && never(right);
  }

  void write_witness(const Found& found, const Verdict& left, const Verdict& right, Witness& witness) {
    Arena arena;
    Evaluation evaluation(store_, shape_, arena, left_.semantics, true);
    WitnessWriter writer(shape_, evaluation, found.choice);
    witness.resource_json = writer.resource(type_.representative.as_string());
    if (found.candidate && (left.related || right.related) && !candidate_.type.empty())
      witness.beside_json.push_back(writer.candidate(type_.representative.as_string(), candidate_));
  }

  const Side& left_;
  const Side& right_;
  const ir::Policy& bound_left_;
  const ir::Policy& bound_right_;
  Cell type_;
  Store store_;
  Shape shape_;
  Notes notes_;
  CandidateChoice candidate_;
};

class Comparison {
public:
  Comparison(const Side& left, const Side& right, const ProofOptions& options)
      : left_(left), right_(right), options_(options),
        deadline_(std::chrono::steady_clock::now() + std::chrono::milliseconds(options.timeout_ms)) {
    read_ = read_parameters(left);
    read_.merge(read_parameters(right));
  }

  /// Why nothing can be said at all.
  std::vector<std::string> hopeless() const {
    std::vector<std::string> out;
    for (const Side* side : {&left_, &right_}) {
      if (!side->policy->not_evaluable.empty()) out.push_back(side->policy->not_evaluable);
      SemanticsOptions plain = side->semantics;
      plain.vacuous_missing = false;
      const bool switched = plain.like_question_mark || plain.lenient_ordering || plain.numeric_strings ||
                            plain.eager_logic || plain.innermost_current;
      if (switched) out.emplace_back("a compatibility switch changes the meaning of operators");
    }
    if (left_.semantics.vacuous_missing != right_.semantics.vacuous_missing)
      out.emplace_back("the two sides read [*] over a missing array differently");
    return out;
  }

  Answer ask(Question question, const Settings& left_settings, const Settings& right_settings) {
    const ir::Policy left = bind(left_, left_settings);
    const ir::Policy right = bind(right_, right_settings);
    Arena arena;
    Answer open;
    for (const Cell& type : type_cells(left_, left, right_, right, arena)) {
      const auto now = std::chrono::steady_clock::now();
      if (now >= deadline_) {
        open.kind = Answer::Kind::Open;
        open.reasons.insert(fmt::format("the time of {} ms is over", options_.timeout_ms));
        break;
      }
      const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - now).count();
      TypeQuestion about(left_, left, right_, right, type, options_.array_bound);
      Answer answer = about.ask(question, static_cast<unsigned>(std::max<long>(rest, 1)), assumptions_);
      if (answer.kind == Answer::Kind::Model) return answer;
      if (answer.kind != Answer::Kind::Open) continue;
      open.kind = Answer::Kind::Open;
      open.reasons.merge(answer.reasons);
    }
    return open;
  }

  /// Defaults of all parameters.
  static Settings defaults(const Side& side) {
    Settings out;
    for (const ir::PolicyParameter& parameter : side.policy->parameters)
      if (parameter.default_value) out[lower_ascii(parameter.name)] = default_of(side, parameter);
    return out;
  }

  /// Parameters that both sides read and declare alike may have any value.
  [[nodiscard]] bool may_vary(const std::string& name) const {
    const ir::PolicyParameter* a = find_parameter(*left_.policy, name);
    const ir::PolicyParameter* b = find_parameter(*right_.policy, name);
    return a != nullptr && b != nullptr && same_parameter(left_, *a, right_, *b);
  }

  void prove(ProofResult& result) {
    const Question question = options_.tell_not_applicable ? Question::DifferFully : Question::Differ;
    const Settings left = defaults(left_);
    const Settings right = defaults(right_);
    Answer answer = ask(question, left, right);
    if (answer.kind == Answer::Kind::Model) return give_model(answer, {}, result);
    if (answer.kind == Answer::Kind::Open) return give_reasons(answer, result);
    std::set<std::string> varying;
    for (const std::string& name : read_) {
      if (may_vary(name))
        varying.insert(name);
      else if (left.contains(name) || right.contains(name))
        assumptions_.insert(fmt::format("parameter `{}` has its default value", name));
    }
    if (!varying.empty() && !prove_for_all(question, left, right, varying, result)) return;
    result.outcome = ProofOutcome::Proved;
    result.assumptions.assign(assumptions_.begin(), assumptions_.end());
  }

  void relate(RelationResult& result) {
    const Settings left = defaults(left_);
    const Settings right = defaults(right_);
    const Answer only_left = ask(Question::OnlyLeft, left, right);
    const Answer only_right = ask(Question::OnlyRight, left, right);
    for (const Answer* answer : {&only_left, &only_right})
      if (answer->kind == Answer::Kind::Open)
        result.undecided_because.insert(result.undecided_because.end(), answer->reasons.begin(),
                                        answer->reasons.end());
    result.only_left = only_left.witness;
    result.only_right = only_right.witness;
    for (Witness* witness : {&result.only_left, &result.only_right})
      if (!witness->resource_json.empty()) add_enabling(witness->parameters);
    result.only_left_json = result.only_left.resource_json;
    result.only_right_json = result.only_right.resource_json;
    result.assumptions.assign(assumptions_.begin(), assumptions_.end());
    const bool more = only_left.kind == Answer::Kind::Model;
    const bool less = only_right.kind == Answer::Kind::Model;
    if (more && less)
      result.relation = Relation::Incomparable;
    else if (!result.undecided_because.empty())
      result.relation = Relation::Undecided;
    else
      result.relation = more ? Relation::Stricter : less ? Relation::Weaker : Relation::Equal;
  }

private:
  /// Any value of the varying parameters; where that cannot be shown at once, every allowed value of those
  /// that list some. False: the result holds another answer.
  bool prove_for_all(Question question, const Settings& left, const Settings& right,
                     const std::set<std::string>& varying, ProofResult& result) {
    Settings open_left = left;
    Settings open_right = right;
    for (const std::string& name : varying) {
      open_left.erase(name);
      open_right.erase(name);
    }
    if (ask(question, open_left, open_right).kind == Answer::Kind::None) return true;
    for (const Settings& choice : allowed_choices(varying)) {
      Settings l = left;
      Settings r = right;
      for (const auto& [name, text] : choice)
        l[name] = r[name] = text;
      Answer answer = ask(question, l, r);
      if (answer.kind == Answer::Kind::Model) {
        give_model(answer, choice, result);
        return false;
      }
      if (answer.kind == Answer::Kind::Open) {
        give_reasons(answer, result);
        return false;
      }
    }
    for (const std::string& name : varying)
      assumptions_.insert(
          fmt::format("parameter `{}` has {}", name,
                      enumerated_.contains(name) ? "one of its allowed values" : "its default value"));
    return true;
  }

  std::vector<Settings> allowed_choices(const std::set<std::string>& varying) {
    std::vector<Settings> out{{}};
    for (const std::string& name : varying) {
      const ir::PolicyParameter& parameter = *find_parameter(*left_.policy, name);
      if (parameter.allowed.empty() || parameter.type == ir::ParameterType::Array ||
          out.size() * parameter.allowed.size() > kMostCombinations)
        continue;
      enumerated_.insert(name);
      std::vector<Settings> next;
      for (const Settings& before : out)
        for (ir::NodeId value : parameter.allowed) {
          next.push_back(before);
          next.back()[name] = to_json(left_.graph->constant_value(value));
        }
      out = std::move(next);
    }
    return out;
  }

  /// A policy that is off by default reports nothing: a witness is run with it on.
  void add_enabling(std::vector<std::pair<std::string, std::string>>& parameters) const {
    Settings on = enabling(left_);
    on.merge(enabling(right_));
    for (const auto& [name, text] : on)
      parameters.emplace_back(name, text);
  }

  void give_model(const Answer& answer, const Settings& choice, ProofResult& result) const {
    result.outcome = ProofOutcome::Counterexample;
    result.witness_json = answer.witness.resource_json;
    result.beside_json = answer.witness.beside_json;
    for (const auto& [name, text] : choice)
      result.parameters.emplace_back(find_parameter(*left_.policy, name)->name, text);
    add_enabling(result.parameters);
  }

  static void give_reasons(const Answer& answer, ProofResult& result) {
    result.outcome = ProofOutcome::Undecided;
    result.undecided_because.assign(answer.reasons.begin(), answer.reasons.end());
  }

  const Side& left_;
  const Side& right_;
  const ProofOptions& options_;
  std::chrono::steady_clock::time_point deadline_;
  std::set<std::string> read_;
  std::set<std::string> enumerated_;
  std::set<std::string> assumptions_;
};

} // namespace

ProofResult equivalent(const Side& left, const Side& right, const ProofOptions& options) {
  ProofResult result;
  Comparison comparison(left, right, options);
  result.undecided_because = comparison.hopeless();
  if (options.compare_effects) result.differences = differences_outside(left, right);
  if (!result.undecided_because.empty()) return result;
  comparison.prove(result);
  if (result.outcome == ProofOutcome::Proved && !result.differences.empty()) {
    result.outcome = ProofOutcome::Undecided;
    result.assumptions.clear();
    for (const std::string& difference : result.differences)
      result.undecided_because.push_back("the conditions are equal, but " + difference);
  }
  return result;
}

RelationResult relation(const Side& left, const Side& right, const ProofOptions& options) {
  RelationResult result;
  Comparison comparison(left, right, options);
  result.undecided_because = comparison.hopeless();
  if (result.undecided_because.empty()) comparison.relate(result);
  return result;
}

} // namespace writ::prove
