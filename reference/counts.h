// SPDX-License-Identifier: MIT
// Field counts and value counts. Source: "count", "Scope inside `where`".
#pragma once

#include "conditions.h"
#include "operators.h"

#include <cstdint>

namespace writ::reference {

/// How many members satisfy `where`: between `low` and `high`.
struct CountResult {
  std::int64_t low = 0;
  std::int64_t high = 0;
  bool unbounded = false; ///< nothing is known: any number from 0 on
  bool failed = false;    ///< some part is an error rather than unknown
  bool aborted = false;   ///< the collection itself failed: no number is possible
  Failure failure = {};

  [[nodiscard]] bool decided() const { return !unbounded && !aborted && low == high; }
};

CountResult evaluate_count(const json& count, Environment& env);
/// Decided when every possible number gives the same answer.
Judgement compare_count(const CountResult& count, Operator op, const json& right, const Environment& env);

} // namespace writ::reference
