// SPDX-License-Identifier: MIT
// Does `verify` notice a broken emitter? Breaks every emitted definition on purpose and looks whether the
// comparison with its control tells.
#pragma once

#include "writ/driver/verify.h"

#include <cstdint>
#include <string>
#include <vector>

namespace writ::driver {

struct SelfTestRequest {
  VerifyRequest verify;
  /// Of one operator in one definition, how many mutants are tried; 0 = all. Which ones, the seed decides.
  std::size_t most_per_operator = 1;
};

/// What became of a mutant.
enum class MutantFate : std::uint8_t {
  Rejected,   ///< it is no valid definition: reading it back fails
  ByPart,     ///< caught: a part other than a condition is not the control's
  ByWitness,  ///< caught: a resource was found on which the two differ
  ByProof,    ///< caught: the proof found such a resource, and it really differs
  Equivalent, ///< it means the same: `because` says how that is known
  Survived    ///< nothing was found, and nothing says that it means the same
};
std::string_view to_text(MutantFate fate);

struct MutantResult {
  std::string control;
  std::string mutation; ///< name in mutations.def
  std::string place;    ///< JSON pointer into the definition
  MutantFate fate = MutantFate::Survived;
  std::string because;
};

/// How many mutants met which fate.
struct FateCounts {
  std::size_t fates[6] = {}; ///< by MutantFate
  [[nodiscard]] std::size_t of(MutantFate fate) const { return fates[static_cast<std::size_t>(fate)]; }
  [[nodiscard]] std::size_t mutants() const;
  [[nodiscard]] std::size_t caught() const;
  /// Percent of those that change the meaning.
  [[nodiscard]] double score() const;
};

/// One row of the table.
struct MutationScore : FateCounts {
  std::string mutation;
  std::string models;
};

/// What became of the mutants of one control.
struct ControlScore : FateCounts {
  std::string control;
};

struct SelfTestReport {
  std::size_t controls = 0;
  std::vector<ControlScore> of_controls; ///< in order of ids
  std::vector<MutationScore> scores;     ///< in the order of the table, operators without mutants as well
  std::vector<MutantResult> remaining;   ///< Equivalent and Survived
  std::vector<std::string> problems;     ///< witnesses on which machine and reference interpreter disagree
  /// Of all mutants.
  [[nodiscard]] FateCounts total() const;
  [[nodiscard]] std::size_t total(MutantFate fate) const { return total().of(fate); }
  /// Every mutant that changes the meaning was caught.
  [[nodiscard]] bool complete() const { return total(MutantFate::Survived) == 0 && problems.empty(); }
};

SelfTestReport run_self_test(const Files& files, Compilation& compilation, const CompileRequest& compile,
                             const SelfTestRequest& request);

/// For people: the score of each operator, then every mutant that was not caught, with the reason.
std::string to_text(const SelfTestReport& report);
std::string to_json(const SelfTestReport& report);
/// The page docs/mutation-score.md. `command`: what wrote it.
std::string to_table(const SelfTestReport& report, const std::string& command);
/// The row of one control in that page, as text.
std::string table_row(const ControlScore& control);

} // namespace writ::driver
