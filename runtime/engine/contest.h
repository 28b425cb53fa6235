// SPDX-License-Identifier: MIT
// Controls of one initiative or of assignments that want to change the same property to different things.
// Source: docs/azure-policy-semantics.md, "modify": two that deny conflicting changes are in conflict.
#pragma once

#include "engine/evaluator.h"

#include <vector>

namespace writ {

/// Whether the control can take part: a modify that is a member of something.
bool is_contender(const PreparedBundle& bundle, std::uint32_t control);

/// Turns noncompliant decisions about the evaluator's resource that contradict each other into errors.
void settle_contests(Evaluator& evaluator, std::vector<Decision>& decisions);

} // namespace writ
