// SPDX-License-Identifier: MIT
#include "writ/driver/verify_report.h"

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
  out += "| control | IR | proof | sets of parameters tested | result |\n| --- | --- | --- | --- | --- |\n";
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
    out += fmt::format("| {} | {} | {} | {} | {} |\n", cell(control.id), control.same_ir ? "same" : "another",
                       proof_cell(control), control.parameter_sets, to_text(control.outcome));
  }
  if (!left_out.empty())
    out += "\n## Not emitted\n\nThese are evaluated locally only.\n\n| control | why |\n| --- | --- |\n" +
           left_out;
  return out;
}

} // namespace writ::driver
