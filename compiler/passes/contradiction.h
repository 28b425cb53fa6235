// SPDX-License-Identifier: MIT
// Conditions that no resource can make true.
#pragma once

#include "ir/node.h"

#include <unordered_map>

namespace writ::passes {

/// Proves, where it is easy, that a condition is never true (it may still be undecided: a missing input or a
/// failure). Expects a normalised condition. What it sees: false; a conjunction that holds a condition and
/// its negation, or two tests of one single value that exclude each other: after `equals` or `in` with plain
/// words, every word must pass the other equality, list, like, contains and exists tests of that value.
class Contradiction {
public:
  Contradiction(ir::Graph& graph, const SemanticsOptions& semantics) : graph_(graph), semantics_(semantics) {}
  bool never_true(ir::NodeId condition);

private:
  bool conjunction_never_true(ir::NodeId condition);
  /// `chosen` restricts its value to words; no word passes `other`.
  bool excludes(ir::NodeId chosen, ir::NodeId other);

  ir::Graph& graph_;
  SemanticsOptions semantics_;
  std::unordered_map<std::uint32_t, bool> known_;
};

} // namespace writ::passes
