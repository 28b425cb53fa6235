// SPDX-License-Identifier: MIT
// Names of policies in verdicts.
#pragma once

#include "ir/policy.h"
#include "writ/diagnostic.h"

namespace writ::azure {

/// Verdicts name policies by id. The same name twice is common (a definition of several clouds or versions):
/// the later one gets a number and a warning.
void make_unique(const ir::PolicySet& set, ir::Policy& policy, Diagnostics& diagnostics);

} // namespace writ::azure
