// SPDX-License-Identifier: MIT
#include "writ/driver/self_test.h"

#include <fmt/format.h>
#include <map>

namespace writ::driver {

namespace {

constexpr std::size_t kShownPlaces = 3;

std::string totals(const SelfTestReport& report) {
  std::size_t mutants = 0;
  std::size_t caught = 0;
  for (const ControlScore& control : report.of_controls) {
    mutants += control.mutants();
    caught += control.caught();
  }
  const std::size_t survived = report.total(MutantFate::Survived);
  const double changing = static_cast<double>(caught + survived);
  return fmt::format(
      "{} mutants of {} definitions: {} caught ({} refused when they are read, {} by a part, {} "
      "by a witness, {} by a proof), {} equivalent, {} survived. Score: **{:.1f} %** of those that "
      "change the meaning.\n",
      mutants, report.controls, caught, report.total(MutantFate::Rejected), report.total(MutantFate::ByPart),
      report.total(MutantFate::ByWitness), report.total(MutantFate::ByProof),
      report.total(MutantFate::Equivalent), survived,
      changing == 0 ? 100.0 : 100.0 * static_cast<double>(caught) / changing);
}

std::string place_text(const MutantResult& mutant) {
  return mutant.place.empty() ? mutant.control : fmt::format("{} `{}`", mutant.control, mutant.place);
}

std::string equivalent_rows(const SelfTestReport& report) {
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> rows;
  for (const MutantResult& mutant : report.remaining)
    if (mutant.fate == MutantFate::Equivalent)
      rows[{mutant.mutation, mutant.because}].push_back(place_text(mutant));
  std::string out;
  for (const auto& [key, places] : rows) {
    std::string shown;
    for (std::size_t i = 0; i < std::min(places.size(), kShownPlaces); ++i)
      shown += (i == 0 ? "" : ", ") + places[i];
    if (places.size() > kShownPlaces) shown += ", …";
    out += fmt::format("| {} | {} | {} | {} |\n", key.first, places.size(), key.second, shown);
  }
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
