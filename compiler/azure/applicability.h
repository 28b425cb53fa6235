// SPDX-License-Identifier: MIT
// Which resources a definition is about, derived from its `if`.
// Source: docs/azure-policy-semantics.md, "Applicability".
#pragma once

#include "ir/node.h"

#include <optional>

namespace writ::azure {

/// Kinds of conditions that say which resources a rule is about.
struct LeafClasses {
  bool type = false;
  bool name = false;
  bool kind = false;
  bool other = false;
};

/// The classes that occur in a condition.
LeafClasses leaf_classes(const ir::Graph& graph, ir::NodeId condition);
/// The classes that decide in the Resource Manager modes: kind and name alone, or beside nothing but the
/// type, decide nothing.
LeafClasses deciding_classes(LeafClasses present);

/// An upper bound of the condition that asks the deciding leaves only: every other leaf is taken as true,
/// below an odd number of `not` as false. A resource for which it is false can never violate the rule.
ir::NodeId applicability(ir::Graph& graph, ir::NodeId condition, LeafClasses deciding);

} // namespace writ::azure
