// SPDX-License-Identifier: MIT
#include "verify/report_self_test.h"

#include <fmt/format.h>

namespace writ::driver {

namespace {

std::string totals(const SelfTestReport& report) {
  const FateCounts total = report.total();
  return fmt::format(
      "{} mutants of {} definitions: {} caught ({} refused when they are read, {} by a part, {} "
      "by a witness, {} by a proof), {} equivalent, {} survived. Score: **{:.1f} %** of those that "
      "change the meaning.\n",
      total.mutants(), report.controls, total.caught(), total.of(MutantFate::Rejected),
      total.of(MutantFate::ByPart), total.of(MutantFate::ByWitness), total.of(MutantFate::ByProof),
      total.of(MutantFate::Equivalent), total.of(MutantFate::Survived), total.score());
}

std::string place_text(const MutantResult& mutant) {
  return mutant.place.empty() ? mutant.control : fmt::format("{} `{}`", mutant.control, mutant.place);
}

std::string equivalent_rows(const SelfTestReport& report) {
  std::string out;
  for (const auto& [key, mutants] : verify::equivalent_mutants(report))
    out += fmt::format("| {} | {} | {} | {} |\n", key.first, mutants.size(), key.second,
                       verify::first_places(mutants, place_text));
  return out;
}

} // namespace

std::string table_row(const ControlScore& control) {
  return fmt::format("| {} | {} | {} | {} | {} |\n", control.control, control.mutants(), control.caught(),
                     control.of(MutantFate::Equivalent), control.of(MutantFate::Survived));
}

std::string to_table(const SelfTestReport& report, const std::string& command) {
  std::string out = fmt::format(
      "# Mutation score\n\nWritten by `{}`. How the self-test works, and what the words mean, stands in "
      "[verification.md](verification.md).\n\n{}\n",
      command, totals(report));
  out +=
      "| mutation | what it models | mutants | refused | part | witness | proof | equivalent | survived |\n"
      "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
  for (const MutationScore& score : report.scores)
    out += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", score.mutation, score.models,
                       score.mutants(), score.of(MutantFate::Rejected), score.of(MutantFate::ByPart),
                       score.of(MutantFate::ByWitness), score.of(MutantFate::ByProof),
                       score.of(MutantFate::Equivalent), score.of(MutantFate::Survived));
  out += "\n## Equivalent, and how that is known\n\n| mutation | mutants | because | where |\n"
         "| --- | --- | --- | --- |\n" +
         equivalent_rows(report);
  std::string survivors;
  for (const MutantResult& mutant : report.remaining)
    if (mutant.fate == MutantFate::Survived)
      survivors += fmt::format("| {} | {} | {} |\n", mutant.mutation, place_text(mutant), mutant.because);
  if (!survivors.empty())
    out += "\n## Survived\n\n| mutation | where | because |\n| --- | --- | --- |\n" + survivors;
  out += "\n## By control\n\n| control | mutants | caught | equivalent | survived |\n"
         "| --- | --- | --- | --- | --- |\n";
  for (const ControlScore& control : report.of_controls)
    out += table_row(control);
  return out;
}

} // namespace writ::driver
