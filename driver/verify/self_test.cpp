// SPDX-License-Identifier: MIT
#include "writ/driver/self_test.h"
#include "verify/differential.h"
#include "verify/mutations.h"
#include "verify/proof.h"
#include "verify/reimport.h"
#include "verify/selection.h"
#include "verify/situations.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <numeric>
#include <set>

namespace writ::driver {

namespace {

using verify::json;

constexpr std::array<std::string_view, 6> kFates = {
    "rejected", "caught by a part", "caught by a witness", "caught by proof", "equivalent", "survived"};
/// A survivor is hunted with this many times the situations, made for it alone.
constexpr std::size_t kHuntFactor = 4;
/// A mutant that means the same up to the usual bound may count further than that.
constexpr unsigned kLongArrays = 8;

/// A mutant that is still to be told from its control.
struct OpenMutant {
  std::size_t number = 0; ///< into the mutants of the control
  std::string id;
  bool caught = false;
};

class ControlTest {
public:
  ControlTest(const Files& files, Compilation& compilation, const CompileRequest& compile,
              const SelfTestRequest& request, const reference::Catalogue& catalogue, const EmittedFile& file,
              SelfTestReport& report)
      : compilation_(compilation), request_(request),
        catalogue_(catalogue), surroundings_{request.verify.now, request.verify.context_json},
        report_(report), definition_(json::parse(file.text, nullptr, false)),
        control_(compilation, file.control_id, surroundings_), mutants_(sampled(definition_)),
        files_of_mutants_(files_of(mutants_)), reimport_(files, compile, files_of_mutants_),
        sets_(verify::parameter_sets(verify::member_of(definition_, "/parameters"),
                                     verify::parameters_of_tests(compilation, file.control_id))) {}

  void run() {
    std::vector<OpenMutant> open;
    for (std::size_t i = 0; i < mutants_.size(); ++i)
      if (auto one = judge_parts(i)) open.push_back(std::move(*one));
    look_for_witnesses(open, definition_, request_.verify.pairs, request_.verify.seed);
    for (const OpenMutant& one : open)
      if (!one.caught) judge_by_proof(one);
  }

private:
  /// Of each operator as many as asked for.
  std::vector<verify::Mutant> sampled(const json& definition) const {
    std::vector<verify::Mutant> all = verify::mutants_of(definition, compilation_.catalog());
    if (request_.most_per_operator == 0) return all;
    std::map<std::size_t, std::vector<std::size_t>> by_mutation;
    for (std::size_t i = 0; i < all.size(); ++i)
      by_mutation[all[i].mutation].push_back(i);
    // The name of the control is part of the seed: another control is broken at another place.
    std::uint32_t seed = request_.verify.seed;
    for (char c : control_.id())
      seed = seed * 31 + static_cast<unsigned char>(c);
    verify::Choice pick(seed);
    std::vector<verify::Mutant> out;
    for (auto& [mutation, numbers] : by_mutation) {
      pick.shuffle(numbers);
      if (numbers.size() > request_.most_per_operator) numbers.resize(request_.most_per_operator);
      std::sort(numbers.begin(), numbers.end());
      for (std::size_t number : numbers)
        out.push_back(std::move(all[number]));
    }
    return out;
  }

  static std::vector<EmittedFile> files_of(std::vector<verify::Mutant>& mutants) {
    std::vector<EmittedFile> out;
    for (std::size_t i = 0; i < mutants.size(); ++i) {
      const std::string name = fmt::format("mutant-{}", i);
      mutants[i].definition["name"] = name;
      out.push_back({name + ".json", mutants[i].definition.dump(2), {}});
    }
    return out;
  }

  void conclude(std::size_t number, MutantFate fate, std::string because) {
    const verify::Mutant& mutant = mutants_[number];
    ++report_.scores[mutant.mutation].fates[static_cast<std::size_t>(fate)];
    ++report_.of_controls.back().fates[static_cast<std::size_t>(fate)];
    if (fate != MutantFate::Equivalent && fate != MutantFate::Survived) return;
    report_.remaining.push_back({control_.id(), std::string(verify::all_mutations()[mutant.mutation].name),
                                 mutant.place, fate, std::move(because)});
  }

  /// Nothing when the parts decide the fate.
  std::optional<OpenMutant> judge_parts(std::size_t number) {
    const EmittedFile& file = files_of_mutants_[number];
    const std::string id = reimport_.id_of(file);
    if (id.empty()) {
      conclude(number, MutantFate::Rejected, reimport_.problem_of(file));
      return std::nullopt;
    }
    const auto differences = compare_policies(compilation_, control_.id(), reimport_.compilation(), id);
    if (differences.empty()) {
      conclude(number, MutantFate::Equivalent, "the IR is the same after normalisation");
      return std::nullopt;
    }
    const auto decisive =
        std::find_if(differences.begin(), differences.end(),
                     [](const PolicyDifference& difference) { return !is_condition(difference.part); });
    if (decisive == differences.end()) return OpenMutant{number, id};
    conclude(number, MutantFate::ByPart, std::string(to_text(decisive->part)));
    return std::nullopt;
  }

  void look_for_witnesses(std::vector<OpenMutant>& open, const json& boundaries, std::size_t wanted,
                          std::uint32_t seed) {
    if (open.empty()) return;
    const auto planned = verify::plan_situations(compilation_, control_, boundaries, sets_, wanted, seed);
    for (const verify::ParameterSet& values : sets_) {
      std::vector<std::string> keep;
      for (const OpenMutant& one : open)
        if (!one.caught) keep.push_back(one.id);
      if (keep.empty()) return;
      std::set<std::string> refused;
      const verify::Prepared left = control_.prepare(values);
      const verify::Prepared right =
          verify::ManySides(reimport_.compilation(), keep, surroundings_).prepare(values, refused);
      if (!left.machine || !right.machine) continue;
      for (const verify::PlannedSituation& one : planned)
        compare(one.situation, values, *left.machine, *right.machine, open);
    }
  }

  void compare(const verify::Situation& situation, const verify::ParameterSet& values,
               const verify::MachineSide& left, const verify::MachineSide& right,
               std::vector<OpenMutant>& open) {
    const auto of_control = left.evaluate(situation);
    const auto found = of_control.find(control_.id());
    if (found == of_control.end()) return;
    verify::SideVerdict control = found->second;
    verify::Agreement agreement{true, true};
    for (const auto& [name, value] : values.values.items())
      if (!control_.has_parameter(name) && value.is_string()) {
        control = verify::under_effect(control, value.get<std::string>());
        agreement.compare_details = false;
      }
    const auto of_mutants = right.evaluate(situation);
    for (OpenMutant& one : open) {
      if (one.caught) continue;
      const auto verdict = of_mutants.find(one.id);
      if (verdict == of_mutants.end() || verify::agree(control, verdict->second, agreement)) continue;
      one.caught = true;
      conclude(one.number, MutantFate::ByWitness, {});
      second_opinion(one, situation, values, verdict->second);
    }
  }

  void judge_by_proof(const OpenMutant& mutant) {
    std::string because;
    if (ask_for_proof(mutant, ProofOptions().array_bound, because)) return;
    std::vector<OpenMutant> alone{mutant};
    look_for_witnesses(alone, mutants_[mutant.number].definition, kHuntFactor * request_.verify.pairs,
                       request_.verify.seed + 1);
    if (alone[0].caught || ask_for_proof(mutant, kLongArrays, because) || ask_for_each_set(mutant, because))
      return;
    conclude(mutant.number, MutantFate::Survived, std::move(because));
  }

  /// False when the proof does not tell; `because` is then why. What a proof takes for granted about
  /// parameters leaves open what it is asked; so do arrays, unless long ones are looked at.
  bool ask_for_proof(const OpenMutant& mutant, unsigned array_bound, std::string& because) {
    const verify::Proof proof =
        verify::prove(compilation_, control_.id(), reimport_.compilation(), mutant.id, false, array_bound);
    if (refuted(proof, mutant, because)) return true;
    if (proof.outcome != SymbolicOutcome::Proved) return false;
    for (const std::string& assumption : proof.assumptions)
      if (assumption.starts_with("parameter") ||
          (assumption.starts_with("arrays have") && array_bound < kLongArrays)) {
        because = "proved, but only where " + assumption;
        return false;
      }
    conclude(mutant.number, MutantFate::Equivalent, in_words("proved to mean the same", proof.assumptions));
    return true;
  }

  /// Where no proof speaks of all values of a parameter: one for each value that is tried.
  bool ask_for_each_set(const OpenMutant& mutant, std::string& because) {
    std::vector<std::string> assumptions;
    for (const verify::ParameterSet& values : sets_) {
      const verify::ParameterSet all = with_defaults(values);
      const verify::Proof proof = verify::prove(compilation_, control_.id(), reimport_.compilation(),
                                                mutant.id, false, kLongArrays, &all);
      if (refuted(proof, mutant, because)) return true;
      if (proof.outcome != SymbolicOutcome::Proved) return false;
      assumptions = proof.assumptions;
    }
    conclude(
        mutant.number, MutantFate::Equivalent,
        in_words("proved to mean the same under every value of its parameters that is tried", assumptions));
    return true;
  }

  /// A set names what it changes; a proof wants to know that the others have their defaults, too.
  verify::ParameterSet with_defaults(verify::ParameterSet set) const {
    const json parameters = verify::member_of(definition_, "/parameters");
    for (const auto& [name, declaration] : parameters.items())
      if (!set.values.contains(name) && declaration.contains("defaultValue"))
        set.values[name] = declaration["defaultValue"];
    return set;
  }

  static std::string in_words(std::string what, const std::vector<std::string>& assumptions) {
    for (std::size_t i = 0; i < assumptions.size(); ++i)
      what += (i == 0 ? ", if " : "; ") + assumptions[i];
    return what;
  }

  /// True when the proof found a resource on which the two really differ.
  bool refuted(const verify::Proof& proof, const OpenMutant& mutant, std::string& because) {
    because = "no resource was found on which it differs";
    for (const std::string& reason : proof.undecided_because)
      because += "; " + reason;
    if (proof.outcome != SymbolicOutcome::Counterexample) return false;
    const verify::ManySides alone(reimport_.compilation(), {mutant.id}, surroundings_);
    std::set<std::string> refused;
    const verify::Prepared left = control_.prepare(proof.parameters);
    const verify::Prepared right = alone.prepare(proof.parameters, refused);
    verify::Situation witness = proof.witness;
    for (const bool complete : {false, true}) {
      witness.complete = complete;
      if (!left.machine || !right.machine || !differs(witness, mutant, *left.machine, *right.machine))
        continue;
      conclude(mutant.number, MutantFate::ByProof, {});
      return true;
    }
    because += "; what the proof found does not differ when it is evaluated";
    return false;
  }

  bool differs(const verify::Situation& situation, const OpenMutant& mutant, const verify::MachineSide& left,
               const verify::MachineSide& right) const {
    const auto of_control = left.evaluate(situation);
    const auto of_mutant = right.evaluate(situation);
    const auto a = of_control.find(control_.id());
    const auto b = of_mutant.find(mutant.id);
    return a != of_control.end() && b != of_mutant.end() &&
           !verify::agree(a->second, b->second, {true, true});
  }

  /// The witness must not rest on a mistake of the machine.
  void second_opinion(const OpenMutant& mutant, const verify::Situation& situation,
                      const verify::ParameterSet& values, const verify::SideVerdict& machine) {
    const verify::ReferenceSide reference(mutants_[mutant.number].definition, values.values, catalogue_,
                                          surroundings_);
    const verify::SideVerdict other = reference.evaluate(situation);
    if (verify::agree(machine, other, {false, true})) return;
    report_.problems.push_back(fmt::format(
        "{} {} {}: the VM says {}, the reference interpreter {} ({}) about {}", control_.id(),
        verify::all_mutations()[mutants_[mutant.number].mutation].name, mutants_[mutant.number].place,
        machine.verdict, other.verdict, other.reason, situation.rows[0].dump()));
  }

  Compilation& compilation_;
  const SelfTestRequest& request_;
  const reference::Catalogue& catalogue_;
  verify::Surroundings surroundings_;
  SelfTestReport& report_;
  json definition_;
  verify::ControlSide control_;
  std::vector<verify::Mutant> mutants_;
  std::vector<EmittedFile> files_of_mutants_;
  verify::Reimport reimport_;
  std::vector<verify::ParameterSet> sets_;
};

} // namespace

std::string_view to_text(MutantFate fate) { return kFates[static_cast<std::size_t>(fate)]; }

std::size_t FateCounts::mutants() const {
  return std::accumulate(std::begin(fates), std::end(fates), std::size_t{0});
}

std::size_t FateCounts::caught() const {
  return mutants() - of(MutantFate::Equivalent) - of(MutantFate::Survived);
}

double FateCounts::score() const {
  const auto changing = static_cast<double>(mutants() - of(MutantFate::Equivalent));
  return changing == 0 ? 100.0 : 100.0 * static_cast<double>(caught()) / changing;
}

FateCounts SelfTestReport::total() const {
  FateCounts sum;
  for (const MutationScore& score : scores)
    for (std::size_t fate = 0; fate < std::size(sum.fates); ++fate)
      sum.fates[fate] += score.fates[fate];
  return sum;
}

SelfTestReport run_self_test(const Files& files, Compilation& compilation, const CompileRequest& compile,
                             const SelfTestRequest& request) {
  SelfTestReport report;
  for (const verify::Mutation& mutation : verify::all_mutations())
    report.scores.push_back({{}, std::string(mutation.name), std::string(mutation.models)});
  const reference::Catalogue catalogue = verify::reference_catalogue(compilation.catalog());
  for (const EmittedFile& file : verify::emit_selected(compilation, request.verify)) {
    report.of_controls.push_back({{}, file.control_id});
    ControlTest(files, compilation, compile, request, catalogue, file, report).run();
    ++report.controls;
  }
  std::sort(report.of_controls.begin(), report.of_controls.end(),
            [](const ControlScore& a, const ControlScore& b) { return a.control < b.control; });
  return report;
}

} // namespace writ::driver
