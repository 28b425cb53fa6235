// SPDX-License-Identifier: MIT
#include "prove/compare.h"

#include "prove/question.h"
#include "prove/types.h"
#include "writ/text.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <iterator>
#include <random>
#include <set>

namespace writ::prove {

namespace {

/// Combinations of allowed values that a proof goes through.
constexpr std::size_t kMostCombinations = 64;

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
    const Settings given = given_values();
    const Settings left = with(defaults(left_), given);
    const Settings right = with(defaults(right_), given);
    Answer answer = ask(question, left, right);
    if (answer.kind == Answer::Kind::Model) return give_model(answer, given, result);
    if (answer.kind == Answer::Kind::Open) return give_reasons(answer, result);
    std::set<std::string> varying;
    for (const std::string& name : read_) {
      if (!given.empty()) break;
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
    const Settings left = with(defaults(left_), given_values());
    const Settings right = with(defaults(right_), given_values());
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
  [[nodiscard]] Settings given_values() const {
    Settings out;
    for (const auto& [name, text] : options_.values)
      out[lower_ascii(name)] = text;
    return out;
  }

  static Settings with(Settings settings, const Settings& given) {
    for (const auto& [name, text] : given)
      settings[name] = text;
    return settings;
  }

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
      if (const ir::PolicyParameter* parameter = find_parameter(*left_.policy, name))
        result.parameters.emplace_back(parameter->name, text);
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

std::vector<Witness> samples(const Side& left, const Side& right, std::size_t count, std::uint32_t seed,
                             unsigned array_bound) {
  std::mt19937 random(seed);
  const ir::Policy bound_left = bind(left, Comparison::defaults(left));
  const ir::Policy bound_right = bind(right, Comparison::defaults(right));
  Arena arena;
  std::vector<Cell> types = type_cells(left, bound_left, right, bound_right, arena);
  // Many types: the first ones, and the ones that stand for all others.
  constexpr std::size_t kMostTypes = 12;
  if (types.size() > kMostTypes) types.erase(types.begin() + kMostTypes / 2, types.end() - kMostTypes / 2);
  std::vector<Witness> out;
  for (std::size_t i = 0; i < types.size(); ++i) {
    TypeQuestion about(left, bound_left, right, bound_right, types[i], array_bound);
    const std::size_t share = types[i].one_folding ? count : count / 10 + 1;
    std::vector<Witness> more = about.sample(share / types.size() + 1, random);
    std::move(more.begin(), more.end(), std::back_inserter(out));
  }
  return out;
}

} // namespace writ::prove
