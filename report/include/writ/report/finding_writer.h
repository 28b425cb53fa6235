// SPDX-License-Identifier: MIT
// Findings in, text out: one writer per format, made by name.
#pragma once

#include "writ/finding.h"

#include <cstdint>
#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace writ::report {

/// What a run says about itself. Filled before the first finding.
struct RunInfo {
  std::string version;
  std::string now;    ///< the instant utcNow() stood for, RFC 3339
  std::string bundle; ///< content hash of what was evaluated
  std::vector<std::string> inputs;
  bool color = false;
};

/// A control as the summary lists it.
struct ControlLine {
  ControlRef control;
  ControlSummary summary;
};

/// An entry of the exemption ledger after the run.
struct ExemptionLine {
  std::string name;
  std::string owner;
  std::string expires;
  std::string state;          ///< used, unused or expired
  std::uint64_t verdicts = 0; ///< that it made exempt
};

/// Totals, filled when everything has been evaluated.
struct RunSummary {
  std::uint64_t resources = 0;
  std::uint64_t counts[kVerdictCount] = {};
  std::vector<ControlLine> controls;        ///< sorted by id
  std::vector<std::string> matched_nothing; ///< ids of controls that applied to no resource
  std::vector<std::string> warnings;        ///< truncated exports, skipped rows, absent types
  std::vector<ExemptionLine> exemptions;    ///< in the order of the ledger
  bool incomplete = false;                  ///< part of the input was skipped
};

/// Three calls, streaming: begin once, finding for each verdict in output order, end once.
class FindingWriter {
public:
  virtual ~FindingWriter() = default;
  virtual void begin(const RunInfo& run) = 0;
  virtual void finding(const Finding& finding) = 0;
  virtual void end(const RunSummary& summary) = 0;
};

/// Names of all formats, for --help and completion.
std::vector<std::string_view> finding_formats();
/// Null for an unknown name. `out` must outlive the writer.
std::unique_ptr<FindingWriter> make_finding_writer(std::string_view format, std::ostream& out);

} // namespace writ::report
