// SPDX-License-Identifier: MIT
// Negations pushed down to the tests, as far as the meaning of absent values allows.
#pragma once

#include "ir/node.h"

#include <unordered_map>

namespace writ::passes {

/// not (a and b) becomes not a or not b, and the other way round; not `x equals y` becomes `x notEquals y`
/// by the negation law, `x exists true` becomes `x exists false`. Both hold for undecided truths as well.
/// Kept under their negation: tests of collections (all members fail is not: not all members pass), the
/// ordering operators (both directions are false for an absent value), `exists` with a computed right side.
/// Equal requirements written in different ways become one node.
class Normaliser {
public:
  explicit Normaliser(ir::Graph& graph) : graph_(graph) {}
  ir::NodeId operator()(ir::NodeId id) { return push(id, false); }

private:
  ir::NodeId push(ir::NodeId id, bool negated);
  ir::NodeId rebuild(ir::NodeId id, bool negated);
  /// The test that is true when this one is false, or nothing.
  ir::NodeId opposite(ir::NodeId test);

  ir::Graph& graph_;
  std::unordered_map<std::uint64_t, ir::NodeId> done_; // node and sign
};

} // namespace writ::passes
