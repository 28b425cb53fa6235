// SPDX-License-Identifier: MIT
// The one list of exit codes, the same for every verb.
#pragma once

namespace writ::cli {

enum ExitCode : int {
  kClean = 0,      ///< nothing at or above the gate
  kViolations = 1, ///< violations; tests failed; files differ
  kFailed = 2,     ///< the run itself failed: usage, unreadable or invalid policy or input
  kIncomplete = 3  ///< part of the input was skipped; or --fail-on-empty, --fail-on-unknown
};

} // namespace writ::cli
