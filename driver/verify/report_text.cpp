// SPDX-License-Identifier: MIT
#include "writ/driver/verify_report.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

namespace writ::driver {

namespace {

std::string plural(std::size_t count, std::string_view word) {
  return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
}

std::string side_text(const Counterexample::Side& side) {
  std::string out = fmt::format("    {}: {}", side.who, side.verdict);
  if (!side.effect.empty()) out += fmt::format(" ({})", side.effect);
  if (!side.reason.empty()) out += fmt::format(", {}", side.reason);
  return out + "\n";
}

std::string counterexample_text(const Counterexample& example) {
  std::string out = "  counterexample";
  if (!example.parameters.empty()) out += fmt::format(" under {}", example.parameters);
  out += fmt::format(", from {}\n", example.found_in);
  for (std::size_t i = 0; i < example.rows_json.size(); ++i)
    out += fmt::format("    {}{}\n", i == 0 ? "" : "beside it ", example.rows_json[i]);
  if (example.complete) out += "    nothing else exists\n";
  out += fmt::format("    rests on {}\n", fmt::join(example.pointers, ", "));
  return out + side_text(example.left) + side_text(example.right);
}

std::string difference_text(const PolicyDifference& difference) {
  return fmt::format("  {}{}{}: {} became {}\n", to_text(difference.part), difference.name.empty() ? "" : " ",
                     difference.name, difference.left, difference.right);
}

std::string how(const ControlVerification& control) {
  std::string out = control.same_ir ? "same IR" : "another IR";
  out += fmt::format(", {} under {}", plural(control.generated, "comparison"),
                     plural(control.parameter_sets, "set") + " of parameters");
  if (control.on_snapshot > 0)
    out += fmt::format(", {} of the snapshot", plural(control.on_snapshot, "resource"));
  return out;
}

std::string targets_text(const std::vector<TargetVerification>& targets) {
  std::string out;
  for (const TargetVerification& one : targets)
    if (one.outcome != TargetOutcome::Same)
      out += fmt::format("  {}: {}{}{}\n", one.target, to_text(one.outcome), one.detail.empty() ? "" : ", ",
                         one.detail);
  return out;
}

std::string control_text(const ControlVerification& control) {
  std::string out = fmt::format("{:<14} {:<12} ", control.id, to_text(control.outcome));
  if (control.outcome == VerifyOutcome::NotEmitted || control.outcome == VerifyOutcome::Failed)
    return out + control.reason + "\n";
  out += how(control) + "\n";
  for (const PolicyDifference& difference : control.differences)
    out += difference_text(difference);
  for (const std::string& reason : control.undecided_because)
    out += fmt::format("  not proved: {}\n", reason);
  for (const std::string& assumption : control.assumptions)
    out += fmt::format("  proved for {}\n", assumption);
  for (const Counterexample& example : control.counterexamples)
    out += counterexample_text(example);
  return out + targets_text(control.targets);
}

/// Every target on its own: how many documents came back as they were.
std::string target_totals(const VerifyReport& report) {
  std::map<std::string, std::array<std::size_t, 4>> totals;
  const auto add = [&](const std::vector<TargetVerification>& targets) {
    for (const TargetVerification& one : targets)
      ++totals[one.target][static_cast<std::size_t>(one.outcome)];
  };
  for (const ControlVerification& control : report.controls)
    add(control.targets);
  for (const InitiativeVerification& initiative : report.initiatives)
    add(initiative.targets);
  std::string out;
  for (const auto& [target, counts] : totals)
    out += fmt::format("{:<14} read back: {} the same, {} different, {} refused, {} missing\n", target,
                       counts[0], counts[1], counts[2], counts[3]);
  return out;
}

} // namespace

std::string to_text(const VerifyReport& report) {
  std::string out;
  std::size_t comparisons = 0;
  std::size_t same = 0;
  for (const ControlVerification& control : report.controls) {
    out += control_text(control);
    comparisons += control.generated + control.on_snapshot;
    same += control.same_ir ? 1 : 0;
  }
  for (const InitiativeVerification& initiative : report.initiatives)
    if (const std::string text = targets_text(initiative.targets); !text.empty())
      out += fmt::format("{:<14} initiative\n{}", initiative.id, text);
  for (const std::string& problem : report.target_problems)
    out += problem + "\n";
  out += target_totals(report);
  const std::size_t not_emitted = report.count(VerifyOutcome::NotEmitted);
  out += fmt::format(
      "{}: {} proved, {} tested, {} different, {} failed, {} not emitted; {} with the same IR; {}\n",
      plural(report.controls.size(), "control"), report.count(VerifyOutcome::Proved),
      report.count(VerifyOutcome::Tested), report.count(VerifyOutcome::Different),
      report.count(VerifyOutcome::Failed), not_emitted, same, plural(comparisons, "comparison"));
  return out;
}

} // namespace writ::driver
