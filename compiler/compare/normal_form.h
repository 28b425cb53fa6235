// SPDX-License-Identifier: MIT
// Conditions in the form in which policies are compared.
#pragma once

#include "ir/rewrite.h"
#include "passes/fold.h"
#include "passes/normalise.h"

namespace writ::compare {

/// Negations at the tests, constants folded, members of allOf and anyOf in one order, lists of `in` sorted
/// and without repetitions, constants in lower case where the operator ignores case. Within one graph equal
/// results are one node.
class NormalForm {
public:
  NormalForm(ir::Graph& graph, const SemanticsOptions& semantics, const Catalog* catalog);
  ir::NodeId condition(ir::NodeId id);
  ir::NodeId operand(ir::NodeId id);

private:
  ir::NodeId canonical(ir::NodeId id);
  ir::NodeId canonical_test(ir::NodeId id);
  ir::NodeId canonical_left(ir::NodeId left);
  /// A literal that the operator takes for the same.
  ir::NodeId canonical_right(Operator op, ir::NodeId literal);

  ir::Graph& graph_;
  passes::Folder fold_;
  passes::Normaliser normalise_;
  ir::Rewriter order_;
};

} // namespace writ::compare
