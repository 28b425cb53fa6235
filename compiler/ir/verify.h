// SPDX-License-Identifier: MIT
// Is the IR well formed? Run after lowering, import and every pass in debug builds.
#pragma once

#include "ir/policy.h"

#include <string>
#include <vector>

namespace writ::ir {

/// A mistake of the code that built the IR, never of a user.
struct Problem {
  std::string policy; ///< id; empty for a single node
  std::string text;   ///< what is wrong, and the dump of the node (shortened)
};

/// What is checked:
///   shapes    number of children per kind; conditions where conditions stand, operands where operands stand
///   fields    Field and FieldValue name one; a Count's collection is a Field that ends in [*], or a value
///   scopes    a binder stands inside that many counts; a bound field needs a field count with the same
///             number of stars or more; level is at least 1 and at most the stars of collection and field
///   calls     functions that have nodes of their own are never called; the number of arguments fits
///   literals  decided values
///   joins     on the left of a test of `applicable` or a violation, outside of counts and of other joins
/// and of policies: `applicable` and violations are conditions, messages, effects, parameters and arguments
/// are operands, defaults and allowed values are literals, only an existence condition reads the primary.
std::vector<Problem> verify(const PolicySet& set);

/// One closed node. `primary_allowed`: it is (part of) an existence condition.
std::vector<Problem> verify(const Graph& graph, NodeId node, bool primary_allowed = false);

} // namespace writ::ir
