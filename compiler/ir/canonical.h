// SPDX-License-Identifier: MIT
// The meaning of a condition as text: what changes it, and nothing else.
#pragma once

#include "ir/policy.h"

#include <string>

namespace writ::ir {

/// As dump(), but equal for conditions that differ only in the order of what `and` and `or` join, and in what
/// elements of counts are called.
std::string canonical_dump(const Graph& graph, NodeId node);

/// What Azure does with a resource: the mode, the rule (`rule`: the `if`), and the effect with all its parts.
/// Neither texts for people nor parameters' declarations.
std::string canonical_dump(const Graph& graph, const Policy& policy, NodeId rule);

} // namespace writ::ir
