// SPDX-License-Identifier: MIT
// What a verification found, as text, JSON and as the table of the documentation.
#pragma once

#include "writ/driver/verify.h"

#include <string>

namespace writ::driver {

/// For people: a line for each control, counterexamples in full, totals at the end.
std::string to_text(const VerifyReport& report);
/// One JSON document; members as in docs/verification.md.
std::string to_json(const VerifyReport& report);
/// Markdown. Says nothing that depends on how many situations were asked for.
std::string to_table(const VerifyReport& report, const std::string& command);

} // namespace writ::driver
