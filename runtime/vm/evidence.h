// SPDX-License-Identifier: MIT
// From a trace to the tests that decided. Source: docs/azure-policy-semantics.md, "Evidence".
#pragma once

#include "vm/trace.h"
#include "writ/finding.h"

#include <cstddef>
#include <vector>

namespace writ::vm {

/// The smallest set of tests that explains the outcome of the tree: all operands of a true conjunction, the
/// one that made it false; a disjunction the other way round; the members and elements that decided. For an
/// undecided outcome, the tests that were undecided in the same way. At most `limit` entries, in order of
/// evaluation.
std::vector<Evidence> evidence_of(const TraceNode& trace, std::size_t limit = 50);

} // namespace writ::vm
