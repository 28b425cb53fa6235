// SPDX-License-Identifier: MIT
// `test` blocks: run the control on the resource, compare verdicts, remember which conditions were decided.
#pragma once

#include "writ/compiler.h"
#include "writ/finding.h"

#include <string>
#include <vector>

namespace writ::driver {

struct TestResult {
  const TestInfo* test = nullptr;
  bool passed = false;
  Verdict actual = Verdict::NotApplicable;
  std::string problem; ///< what came instead, or why the case could not run
};

/// A leaf condition of a control that some case never decided both ways.
struct UndecidedCondition {
  std::string control_id;
  std::string condition;
  bool never_true = false;
  bool never_false = false;
};

struct TestReport {
  std::vector<TestResult> results; ///< in source order
  std::vector<UndecidedCondition> undecided;
  std::vector<std::string> untested; ///< ids of controls without any case
  std::size_t conditions = 0;        ///< leaf conditions of tested controls
  std::size_t decided_both_ways = 0;
  [[nodiscard]] std::size_t failures() const;
};

/// `now` is the clock of cases without `at`.
TestReport run_tests(Compilation& compilation, const std::string& now);

} // namespace writ::driver
