// SPDX-License-Identifier: MIT
#include "verify/report_self_test.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace writ::driver {

std::string to_text(const SelfTestReport& report) {
  std::string out = fmt::format("{:<30} {:>7} {:>8} {:>7} {:>7} {:>7} {:>10} {:>8}\n", "mutation", "mutants",
                                "rejected", "part", "witness", "proof", "equivalent", "survived");
  for (const MutationScore& score : report.scores)
    out += fmt::format("{:<30} {:>7} {:>8} {:>7} {:>7} {:>7} {:>10} {:>8}\n", score.mutation, score.mutants(),
                       score.of(MutantFate::Rejected), score.of(MutantFate::ByPart),
                       score.of(MutantFate::ByWitness), score.of(MutantFate::ByProof),
                       score.of(MutantFate::Equivalent), score.of(MutantFate::Survived));
  // Equivalent ones by mutation and reason; survivors one by one.
  for (const auto& [key, mutants] : verify::equivalent_mutants(report))
    out += fmt::format("equivalent: {} x {}, {}: {}\n", mutants.size(), key.first, key.second,
                       verify::first_places(mutants, [](const MutantResult& mutant) {
                         return mutant.control + " " + mutant.place;
                       }));
  for (const MutantResult& mutant : report.remaining)
    if (mutant.fate == MutantFate::Survived)
      out += fmt::format("survived: {} of {} at {}: {}\n", mutant.mutation, mutant.control, mutant.place,
                         mutant.because);
  for (const std::string& problem : report.problems)
    out += "disagreement: " + problem + "\n";
  const FateCounts total = report.total();
  return out +
         fmt::format("{} mutants of {} definitions: {} caught, {} equivalent, {} survived; score {:.1f} %\n",
                     total.mutants(), report.controls, total.caught(), total.of(MutantFate::Equivalent),
                     total.of(MutantFate::Survived), total.score());
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
