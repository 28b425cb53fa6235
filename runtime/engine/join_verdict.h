// SPDX-License-Identifier: MIT
// A resource whose verdict depends on joins: what is known of it alone, and the verdict when the numbers are
// there.
#pragma once

#include "engine/evaluator.h"
#include "engine/join_keys.h"
#include "engine/join_plans.h"
#include "relate/join_book.h"
#include "writ/finding.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace writ {

/// The verdict of a control about a resource as a function of the numbers that its joins will find.
struct JoinResidue {
  /// One term of a condition, where it stands alone.
  struct Term {
    Truth truth = Truth::True; ///< of a Condition; of a Compare whose right side cannot be computed
    Value right;               ///< of a Compare: a number
  };
  /// A requirement.
  struct Violation {
    Truth alone = Truth::False; ///< without terms: whether it is violated
    std::string message;
    std::vector<Evidence> evidence; ///< what makes it hold apart from joins
  };
  std::vector<Term> terms; ///< of `applicable`, then of each violation
  std::vector<Violation> violations;
  std::vector<relate::JoinKeys> keys; ///< per join of the control
  std::string reason;                 ///< of the first part that is undecided
  /// Effect, details and the message that replaces all others; null when nobody asks for words.
  std::unique_ptr<Finding> base;
  std::string exemption; ///< why it is exempt, when it is
};

/// Which words a verdict will need, if any.
struct JoinWords {
  bool messages = true;
  bool evidence = true;
};
/// The evaluator holds the resource and made the decision.
JoinResidue residue_of(Evaluator& evaluator, const Decision& decision, JoinWords words);
/// The verdict when it is the same whatever the joins find.
std::optional<Verdict> settled_early(const PreparedBundle& bundle, std::uint32_t control,
                                     const JoinResidue& residue);

/// What a verdict needs of the whole input.
struct JoinOutcome {
  std::vector<relate::JoinCount> counts; ///< per join of the control
  std::vector<std::uint64_t> candidates; ///< resources of its type
};

/// Fills verdict, reason, messages and evidence; without `words` the verdict only.
void settle_joins(const PreparedBundle& bundle, std::uint32_t control, JoinResidue& residue,
                  const JoinOutcome& outcome, Finding& finding, bool words = true);

} // namespace writ
