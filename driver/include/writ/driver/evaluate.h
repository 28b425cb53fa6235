// SPDX-License-Identifier: MIT
// One run: bundles over inputs, findings sorted and written.
#pragma once

#include "writ/engine.h"
#include "writ/ledger.h"
#include "writ/partial.h"
#include "writ/report/finding_writer.h"

#include <functional>
#include <ostream>
#include <set>
#include <string>
#include <vector>

namespace writ::driver {

/// A report to write: format and where to.
struct ReportTarget {
  std::string format;
  std::ostream* out = nullptr;
  bool color = false;
};

struct EvaluateRequest {
  std::vector<Bundle> bundles;
  std::vector<Input> inputs;
  EngineOptions options;
  RecordOptions records;
  /// Results that are there already, instead of bundles, inputs, options, records and verdicts.
  const PartialResults* partial = nullptr;
  std::set<Verdict> verdicts; ///< which are written; counts hold all
  bool sorted = true;         ///< by control id, then resource id; otherwise in input order
  std::vector<ReportTarget> reports;
  std::vector<LedgerEntry> exemptions; ///< agreed exceptions: their verdicts become exempt
  std::string fail_on; ///< severity from which a noncompliant verdict counts for the gate; empty = any
};

struct EvaluateOutcome {
  RunReport run;
  RecordProblems problems; ///< no part of any report
  std::uint64_t gated = 0; ///< noncompliant and error verdicts at or above the gate
  std::vector<std::string> matched_nothing;
};

EvaluateOutcome evaluate(EvaluateRequest request);

} // namespace writ::driver
