// SPDX-License-Identifier: MIT
#include "writ/driver/self_test.h"

#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>

namespace writ::driver {

namespace {

constexpr std::size_t kShownPlaces = 3;

std::string totals(const SelfTestReport& report) {
  std::size_t mutants = 0;
  std::size_t caught = 0;
  for (const MutationScore& score : report.scores) {
    mutants += score.mutants();
    caught += score.caught();
  }
  const std::size_t survived = report.total(MutantFate::Survived);
  const std::size_t changing = caught + survived;
  return fmt::format("{} mutants of {} definitions: {} caught, {} equivalent, {} survived; score {:.1f} %\n",
                     mutants, report.controls, caught, report.total(MutantFate::Equivalent), survived,
                     changing == 0 ? 100.0
                                   : 100.0 * static_cast<double>(caught) / static_cast<double>(changing));
}

} // namespace

std::string to_text(const SelfTestReport& report) {
  std::string out = fmt::format("{:<30} {:>7} {:>8} {:>7} {:>7} {:>7} {:>10} {:>8}\n", "mutation", "mutants",
                                "rejected", "part", "witness", "proof", "equivalent", "survived");
  for (const MutationScore& score : report.scores)
    out += fmt::format("{:<30} {:>7} {:>8} {:>7} {:>7} {:>7} {:>10} {:>8}\n", score.mutation, score.mutants(),
                       score.of(MutantFate::Rejected), score.of(MutantFate::ByPart),
                       score.of(MutantFate::ByWitness), score.of(MutantFate::ByProof),
                       score.of(MutantFate::Equivalent), score.of(MutantFate::Survived));
  // Equivalent ones by mutation and reason; survivors one by one.
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> equivalent;
  for (const MutantResult& mutant : report.remaining)
    if (mutant.fate == MutantFate::Equivalent)
      equivalent[{mutant.mutation, mutant.because}].push_back(mutant.control + " " + mutant.place);
  for (const auto& [key, places] : equivalent) {
    out += fmt::format("equivalent: {} x {}, {}: ", places.size(), key.first, key.second);
    const std::size_t shown = std::min(places.size(), kShownPlaces);
    out += fmt::format("{}{}\n",
                       fmt::join(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                       shown < places.size() ? ", …" : "");
  }
  for (const MutantResult& mutant : report.remaining)
    if (mutant.fate == MutantFate::Survived)
      out += fmt::format("survived: {} of {} at {}: {}\n", mutant.mutation, mutant.control, mutant.place,
                         mutant.because);
  for (const std::string& problem : report.problems)
    out += "disagreement: " + problem + "\n";
  return out + totals(report);
}

std::string to_json(const SelfTestReport& report) {
  using json = nlohmann::ordered_json;
  json out;
  out["controls"] = report.controls;
  out["mutations"] = json::array();
  for (const MutationScore& score : report.scores) {
    json row = {{"mutation", score.mutation}, {"models", score.models}, {"mutants", score.mutants()}};
    for (std::size_t i = 0; i <= static_cast<std::size_t>(MutantFate::Survived); ++i)
      row[std::string(to_text(static_cast<MutantFate>(i)))] = score.fates[i];
    out["mutations"].push_back(std::move(row));
  }
  out["notCaught"] = json::array();
  for (const MutantResult& mutant : report.remaining)
    out["notCaught"].push_back({{"control", mutant.control},
                                {"mutation", mutant.mutation},
                                {"place", mutant.place},
                                {"fate", to_text(mutant.fate)},
                                {"because", mutant.because}});
  out["problems"] = report.problems;
  return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace writ::driver
