// SPDX-License-Identifier: MIT
#include "writ/driver/verify_report.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::driver {

namespace {

std::string cell(std::string_view text) {
  std::string out;
  for (char c : text)
    if (c == '|')
      out += "\\|";
    else
      out += c == '\n' ? ' ' : c;
  return out;
}

std::string proof_cell(const ControlVerification& control) {
  switch (control.symbolic) {
  case SymbolicOutcome::Proved:
    return control.assumptions.empty()
               ? "proved"
               : cell(fmt::format("proved for {}", fmt::join(control.assumptions, "; ")));
  case SymbolicOutcome::Counterexample:
    return "counterexample";
  case SymbolicOutcome::Undecided:
    return cell(fmt::format("undecided: {}", fmt::join(control.undecided_because, "; ")));
  case SymbolicOutcome::NotRun:
    break;
  }
  return "–";
}

/// Names of all targets that were read, in the order of the reading.
std::vector<std::string> targets_of(const VerifyReport& report) {
  std::vector<std::string> out;
  const auto add = [&](const std::vector<TargetVerification>& targets) {
    for (const TargetVerification& one : targets)
      if (std::find(out.begin(), out.end(), one.target) == out.end()) out.push_back(one.target);
  };
  for (const ControlVerification& control : report.controls)
    add(control.targets);
  for (const InitiativeVerification& initiative : report.initiatives)
    add(initiative.targets);
  return out;
}

std::string heads(const std::vector<std::string>& targets) {
  std::string out;
  for (const std::string& target : targets)
    out += " " + target + " |";
  return out;
}

std::string rules(const std::vector<std::string>& targets) {
  std::string out;
  for (std::size_t i = 0; i < targets.size(); ++i)
    out += " --- |";
  return out;
}

std::string cells(const std::vector<std::string>& targets, const std::vector<TargetVerification>& found) {
  std::string out;
  for (const std::string& target : targets) {
    const auto one = std::find_if(found.begin(), found.end(), [&](const TargetVerification& reading) {
      return reading.target == target;
    });
    std::string text = one == found.end() ? "–" : std::string(to_text(one->outcome));
    if (one != found.end() && !one->detail.empty()) text += ": " + one->detail;
    out += " " + cell(text) + " |";
  }
  return out;
}

} // namespace

std::string to_table(const VerifyReport& report, const std::string& command) {
  std::string out = fmt::format("# Verified controls\n\nWritten by `{}`. What the columns mean stands in "
                                "[verification.md](verification.md).\n\n",
                                command);
  out += fmt::format("{} controls: {} proved, {} differentially tested only, {} different, {} failed, {} not "
                     "emitted.\n\n",
                     report.controls.size(), report.count(VerifyOutcome::Proved),
                     report.count(VerifyOutcome::Tested), report.count(VerifyOutcome::Different),
                     report.count(VerifyOutcome::Failed), report.count(VerifyOutcome::NotEmitted));
  const std::vector<std::string> targets = targets_of(report);
  if (!targets.empty())
    out += fmt::format("Read back from {}: {} documents the same, {} different, {} refused, {} missing.\n\n",
                       fmt::join(targets, ", "), report.count(TargetOutcome::Same),
                       report.count(TargetOutcome::Different), report.count(TargetOutcome::Refused),
                       report.count(TargetOutcome::Missing));
  out += "| control | IR | proof | sets of parameters tested | result |" + heads(targets) +
         "\n| --- | --- | --- | --- | --- |" + rules(targets) + "\n";
  std::string left_out;
  for (const ControlVerification& control : report.controls) {
    if (control.outcome == VerifyOutcome::NotEmitted) {
      left_out += fmt::format("| {} | {} |\n", cell(control.id), cell(control.reason));
      continue;
    }
    if (control.outcome == VerifyOutcome::Failed) {
      out += fmt::format("| {} | – | – | – | failed: {} |\n", cell(control.id), cell(control.reason));
      continue;
    }
    out += fmt::format("| {} | {} | {} | {} | {} |{}\n", cell(control.id),
                       control.same_ir ? "same" : "another", proof_cell(control), control.parameter_sets,
                       to_text(control.outcome), cells(targets, control.targets));
  }
  if (!report.initiatives.empty()) {
    out += "\n## Initiatives\n\n| initiative |" + heads(targets) + "\n| --- |" + rules(targets) + "\n";
    for (const InitiativeVerification& initiative : report.initiatives)
      out += fmt::format("| {} |{}\n", cell(initiative.id), cells(targets, initiative.targets));
  }
  if (!left_out.empty())
    out += "\n## Not emitted\n\nThese are evaluated locally only.\n\n| control | why |\n| --- | --- |\n" +
           left_out;
  return out;
}

} // namespace writ::driver
