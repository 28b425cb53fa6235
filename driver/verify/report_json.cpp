// SPDX-License-Identifier: MIT
#include "writ/driver/verify_report.h"

#include <array>
#include <nlohmann/json.hpp>

namespace writ::driver {

namespace {

using json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 4> kSymbolic = {"not run", "proved", "counterexample", "undecided"};

json side_json(const Counterexample::Side& side) {
  json out = {{"who", side.who}, {"verdict", side.verdict}};
  if (!side.effect.empty()) out["effect"] = side.effect;
  if (!side.reason.empty()) out["reason"] = side.reason;
  return out;
}

json counterexample_json(const Counterexample& example) {
  json out;
  if (!example.parameters.empty()) out["parameters"] = example.parameters;
  out["foundIn"] = example.found_in;
  out["complete"] = example.complete;
  out["resources"] = json::array();
  for (const std::string& row : example.rows_json)
    out["resources"].push_back(json::parse(row, nullptr, false));
  out["pointers"] = example.pointers;
  out["left"] = side_json(example.left);
  out["right"] = side_json(example.right);
  return out;
}

json targets_json(const std::vector<TargetVerification>& targets) {
  json out = json::object();
  for (const TargetVerification& one : targets) {
    out[one.target] = {{"outcome", to_text(one.outcome)}};
    if (!one.detail.empty()) out[one.target]["detail"] = one.detail;
  }
  return out;
}

json control_json(const ControlVerification& control) {
  json out = {{"control", control.id}, {"outcome", to_text(control.outcome)}};
  if (!control.file.empty()) out["file"] = control.file;
  if (!control.reason.empty()) out["reason"] = control.reason;
  if (control.outcome == VerifyOutcome::NotEmitted || control.outcome == VerifyOutcome::Failed) return out;
  out["sameIr"] = control.same_ir;
  out["differences"] = json::array();
  for (const PolicyDifference& difference : control.differences)
    out["differences"].push_back({{"part", to_text(difference.part)},
                                  {"name", difference.name},
                                  {"left", difference.left},
                                  {"right", difference.right}});
  out["symbolic"] = kSymbolic[static_cast<std::size_t>(control.symbolic)];
  if (!control.undecided_because.empty()) out["undecidedBecause"] = control.undecided_because;
  if (!control.assumptions.empty()) out["assumptions"] = control.assumptions;
  out["parameterSets"] = control.parameter_sets;
  out["comparisons"] = control.generated;
  if (control.on_snapshot > 0) out["snapshotResources"] = control.on_snapshot;
  out["verdicts"] = control.verdicts;
  out["counterexamples"] = json::array();
  for (const Counterexample& example : control.counterexamples)
    out["counterexamples"].push_back(counterexample_json(example));
  if (!control.targets.empty()) out["targets"] = targets_json(control.targets);
  return out;
}

} // namespace

std::string to_json(const VerifyReport& report) {
  json out;
  out["controls"] = json::array();
  for (const ControlVerification& control : report.controls)
    out["controls"].push_back(control_json(control));
  for (const InitiativeVerification& initiative : report.initiatives)
    out["initiatives"].push_back(
        {{"initiative", initiative.id}, {"targets", targets_json(initiative.targets)}});
  if (!report.target_problems.empty()) out["targetProblems"] = report.target_problems;
  json& totals = out["totals"];
  for (std::size_t i = 0; i <= static_cast<std::size_t>(VerifyOutcome::NotEmitted); ++i) {
    const auto outcome = static_cast<VerifyOutcome>(i);
    totals[std::string(to_text(outcome))] = report.count(outcome);
  }
  return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace writ::driver
