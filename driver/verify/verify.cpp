// SPDX-License-Identifier: MIT
#include "writ/driver/verify.h"
#include "verify/differential.h"
#include "verify/proof.h"
#include "verify/reimport.h"
#include "verify/selection.h"
#include "verify/situations.h"
#include "verify/target_check.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace writ::driver {

namespace {

using verify::json;

constexpr std::array<std::string_view, 5> kOutcomes = {"proved", "tested", "different", "failed",
                                                       "not emitted"};
/// Of the situations under the defaults, how many are looked at again under other values of parameters.
constexpr std::size_t kOtherShare = 6;
/// More than that say nothing new.
constexpr std::size_t kMostCounterexamples = 3;

/// JSON texts of the resources of a snapshot, by the bytes that the engine found them in.
class SnapshotTexts {
public:
  SnapshotTexts(const Files& files, const std::vector<Input>& inputs) : files_(files) {
    for (const Input& input : inputs)
      if (input.kind == Input::Kind::Text) texts_[input.name] = input.contents;
  }

  std::string operator()(const ResourceRef& resource) {
    auto found = texts_.find(resource.file);
    if (found == texts_.end()) {
      Result<std::string> text = files_.read(resource.file);
      found = texts_.emplace(resource.file, text.ok() ? std::move(*text) : std::string()).first;
    }
    const std::string& text = found->second;
    if (resource.byte_begin >= resource.byte_end || resource.byte_end > text.size()) return {};
    return text.substr(resource.byte_begin, resource.byte_end - resource.byte_begin);
  }

private:
  const Files& files_;
  std::unordered_map<std::string, std::string> texts_;
};

class Verifier {
public:
  Verifier(const Files& files, Compilation& compilation, const CompileRequest& compile,
           const VerifyRequest& request)
      : files_(files), compilation_(compilation), compile_(compile),
        request_(request), surroundings_{request.now, request.context_json},
        catalogue_(verify::reference_catalogue(compilation.catalog())), texts_(files, request.snapshot) {}

  VerifyReport run() {
    VerifyReport report;
    std::vector<EmittedFile> emitted = verify::emit_selected(compilation_, request_);
    const std::vector<EmittedFile> as_emitted = emitted;
    const std::map<std::string, std::string> unreadable = take_from_folder(emitted);
    verify::Reimport reimport(files_, compile_, emitted);
    for (const ControlInfo& control : compilation_.controls()) {
      if (!verify::is_selected(control, request_)) continue;
      ControlVerification& out = report.controls.emplace_back();
      out.id = control.id;
      out.title = control.title;
      const auto file = std::find_if(emitted.begin(), emitted.end(),
                                     [&](const EmittedFile& one) { return one.control_id == control.id; });
      if (file == emitted.end()) {
        out.outcome = VerifyOutcome::NotEmitted;
        out.reason = control.not_emittable_because;
        continue;
      }
      out.file = file->path;
      if (const auto problem = unreadable.find(file->path); problem != unreadable.end()) {
        out.outcome = VerifyOutcome::Failed;
        out.reason = problem->second;
        continue;
      }
      verify_one(control, *file, reimport, out, report.problems);
    }
    std::sort(report.controls.begin(), report.controls.end(),
              [](const ControlVerification& a, const ControlVerification& b) { return a.id < b.id; });
    report.problems.sort();
    verify::TargetCheck(files_, compilation_, compile_, request_, as_emitted).run(report);
    return report;
  }

private:
  /// Puts the texts on disk in the place of those that would be written now. Reasons by path for files that
  /// cannot be read.
  std::map<std::string, std::string> take_from_folder(std::vector<EmittedFile>& emitted) const {
    std::map<std::string, std::string> unreadable;
    if (request_.emitted_folder.empty()) return unreadable;
    // The definitions of another target are looked at as that target.
    if (request_.targets.size() == 1 && request_.targets[0] != "azure-policy") return unreadable;
    for (EmittedFile& file : emitted) {
      const std::string folder =
          request_.emitted_folder + (request_.targets.size() > 1 ? "/azure-policy" : std::string());
      Result<std::string> text = files_.read(folder + "/" + file.path);
      if (!text.ok()) {
        unreadable[file.path] = text.error().message;
        continue;
      }
      file.text = std::move(*text);
      if (!json::accept(file.text)) unreadable[file.path] = file.path + " is not JSON";
    }
    return unreadable;
  }

  void verify_one(const ControlInfo& control, const EmittedFile& file, verify::Reimport& reimport,
                  ControlVerification& out, Diagnostics& problems) {
    const std::string id = reimport.id_of(file);
    if (id.empty()) {
      out.outcome = VerifyOutcome::Failed;
      out.reason = reimport.problem_of(file);
      return;
    }
    out.differences = compare_policies(compilation_, control.id, reimport.compilation(), id);
    out.same_ir = out.differences.empty();
    compare_verdicts(control, file, reimport, id, out, problems);
    if (request_.symbolic && out.outcome != VerifyOutcome::Failed && out.counterexamples.empty())
      ask_for_proof(control, file, reimport, id, out);
    const bool other_meaning =
        std::any_of(out.differences.begin(), out.differences.end(),
                    [](const PolicyDifference& difference) { return !is_condition(difference.part); });
    if (out.outcome == VerifyOutcome::Failed) return;
    if (other_meaning || !out.counterexamples.empty())
      out.outcome = VerifyOutcome::Different;
    else
      out.outcome = out.symbolic == SymbolicOutcome::Proved ? VerifyOutcome::Proved : VerifyOutcome::Tested;
  }

  void compare_verdicts(const ControlInfo& control, const EmittedFile& file, verify::Reimport& reimport,
                        const std::string& id, ControlVerification& out, Diagnostics& problems) {
    const json definition = json::parse(file.text, nullptr, false);
    const verify::ControlSide left(compilation_, control.id, surroundings_);
    const verify::ControlSide right(reimport.compilation(), id, surroundings_);
    const auto sets = verify::parameter_sets(verify::member_of(definition, "/parameters"),
                                             verify::parameters_of_tests(compilation_, control.id));
    const auto planned =
        verify::plan_situations(compilation_, left, definition, sets, request_.pairs, request_.seed);
    out.parameter_sets = sets.size();
    for (std::size_t i = 0; i < sets.size(); ++i) {
      const verify::Comparison comparison(left, right, definition, catalogue_, surroundings_, sets[i],
                                          control.symbol.empty());
      if (!comparison.problem().empty()) {
        out.outcome = VerifyOutcome::Failed;
        out.reason = comparison.problem();
        return;
      }
      const std::size_t step = i == 0 ? 1 : kOtherShare;
      for (std::size_t j = 0; j < planned.size() && out.counterexamples.size() < kMostCounterexamples;
           j += step) {
        std::optional<Counterexample> found;
        const std::string verdict = comparison.compare(planned[j].situation, planned[j].source, found);
        if (i == 0) ++out.verdicts[verdict];
        ++out.generated;
        if (found) add(std::move(*found), out);
      }
      if (i > 0 || request_.snapshot.empty()) continue;
      std::optional<Counterexample> found;
      out.on_snapshot = comparison.compare_snapshot(
          request_.snapshot, request_.assume_complete,
          [this](const ResourceRef& resource) { return texts_(resource); }, found, problems);
      if (found) add(std::move(*found), out);
    }
  }

  void ask_for_proof(const ControlInfo& control, const EmittedFile& file, verify::Reimport& reimport,
                     const std::string& id, ControlVerification& out) {
    const bool strict = control.symbol.empty();
    verify::Proof proof = verify::prove(compilation_, control.id, reimport.compilation(), id, strict);
    out.symbolic = proof.outcome;
    out.undecided_because = std::move(proof.undecided_because);
    out.assumptions = std::move(proof.assumptions);
    if (proof.outcome != SymbolicOutcome::Counterexample) return;
    // What a proof claims is run: only a difference that is seen counts.
    const json definition = json::parse(file.text, nullptr, false);
    const verify::ControlSide left(compilation_, control.id, surroundings_);
    const verify::ControlSide right(reimport.compilation(), id, surroundings_);
    const verify::Comparison comparison(left, right, definition, catalogue_, surroundings_, proof.parameters,
                                        strict);
    std::optional<Counterexample> found;
    for (const bool complete : {false, true}) {
      proof.witness.complete = complete;
      if (!found && comparison.problem().empty()) comparison.compare(proof.witness, "proof", found);
    }
    if (found) return add(std::move(*found), out);
    out.symbolic = SymbolicOutcome::Undecided;
    out.undecided_because.push_back(
        "a resource was found that should differ, and does not when it is evaluated: " +
        proof.witness.rows[0].dump());
  }

  /// Situations that shrink to the same are one counterexample.
  static void add(Counterexample found, ControlVerification& out) {
    const bool known =
        std::any_of(out.counterexamples.begin(), out.counterexamples.end(), [&](const Counterexample& one) {
          return one.rows_json == found.rows_json && one.parameters == found.parameters;
        });
    if (!known) out.counterexamples.push_back(std::move(found));
  }

  const Files& files_;
  Compilation& compilation_;
  const CompileRequest& compile_;
  const VerifyRequest& request_;
  verify::Surroundings surroundings_;
  reference::Catalogue catalogue_;
  SnapshotTexts texts_;
};

} // namespace

std::string_view to_text(VerifyOutcome outcome) { return kOutcomes[static_cast<std::size_t>(outcome)]; }

std::size_t VerifyReport::count(VerifyOutcome outcome) const {
  return static_cast<std::size_t>(
      std::count_if(controls.begin(), controls.end(),
                    [&](const ControlVerification& one) { return one.outcome == outcome; }));
}

std::string_view to_text(TargetOutcome outcome) {
  constexpr std::array<std::string_view, 4> kWords = {"same", "different", "refused", "missing"};
  return kWords[static_cast<std::size_t>(outcome)];
}

std::size_t VerifyReport::count(TargetOutcome outcome) const {
  std::size_t out = 0;
  const auto add = [&](const std::vector<TargetVerification>& targets) {
    out += static_cast<std::size_t>(
        std::count_if(targets.begin(), targets.end(),
                      [&](const TargetVerification& one) { return one.outcome == outcome; }));
  };
  for (const ControlVerification& control : controls)
    add(control.targets);
  for (const InitiativeVerification& initiative : initiatives)
    add(initiative.targets);
  return out;
}

bool VerifyReport::agrees() const {
  return count(VerifyOutcome::Different) == 0 && count(VerifyOutcome::Failed) == 0 &&
         count(TargetOutcome::Different) == 0 && count(TargetOutcome::Missing) == 0 &&
         target_problems.empty();
}

VerifyReport run_verification(const Files& files, Compilation& compilation, const CompileRequest& compile,
                              const VerifyRequest& request) {
  return Verifier(files, compilation, compile, request).run();
}

} // namespace writ::driver
