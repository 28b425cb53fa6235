// SPDX-License-Identifier: MIT
// --format of the commands that write findings.
#pragma once

#include "commands.h"
#include "writ/driver/evaluate.h"

#include <deque>
#include <fstream>
#include <string>
#include <vector>

namespace writ::cli {

/// "ndjson" or "ndjson=FILE"; none means text. Files stay open until the run is over. False, with a message
/// on standard error, when a format is unknown or a file cannot be written.
bool open_reports(std::vector<std::string> formats, const GlobalOptions& global,
                  std::deque<std::ofstream>& files, std::vector<driver::ReportTarget>& out);

/// Violations, then what makes a run incomplete.
int exit_code_of(const driver::EvaluateOutcome& outcome, bool no_fail, bool fail_on_unknown,
                 bool fail_on_empty);

} // namespace writ::cli
