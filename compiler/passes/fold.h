// SPDX-License-Identifier: MIT
// Constant folding with the functions and operators that the VM uses.
#pragma once

#include "ir/node.h"
#include "ir/rewrite.h"
#include "writ/catalog.h"
#include "writ/semantics/compare.h"

#include <optional>

namespace writ::passes {

/// Folds what depends on literals only. A part that would fail when evaluated stays as it is, so that the
/// failure is reported where it happens. Rules:
///   - tests of a literal against a literal; `in` and `notIn` an empty list for single-valued fields
///   - pure functions, members, lists and records of constants
///   - if with a constant condition; and/or up to the deciding constant; leading nulls of coalesce
///   - counts of null, of the empty list, and of one element when the condition is constant
///   - runs of constant parts of a text
///   - fields by computed names, once the name is constant: well-known fields and tags always, aliases
///     without [*] when the catalogue is given (with [*] the meaning depends on the counts around)
/// A computed null is the call null(), never a literal: as a right side the one is an error, the other not.
class Folder {
public:
  Folder(ir::Graph& graph, const SemanticsOptions& semantics, const Catalog* catalog);
  ir::NodeId operator()(ir::NodeId id) { return rewrite_(id); }
  /// The value of a literal or of null().
  [[nodiscard]] std::optional<Value> constant_of(ir::NodeId id) const;

private:
  ir::NodeId fold(ir::NodeId id);
  ir::NodeId fold_test(ir::NodeId id);
  ir::NodeId fold_count(ir::NodeId id);
  ir::NodeId fold_call(ir::NodeId id);
  ir::NodeId fold_junction(ir::NodeId id);
  ir::NodeId fold_coalesce(ir::NodeId id);
  ir::NodeId fold_record(ir::NodeId id);
  ir::NodeId fold_text(ir::NodeId id);
  ir::NodeId fold_name(ir::NodeId id);
  [[nodiscard]] std::optional<std::vector<Value>> constants_of(std::span<const ir::NodeId> ids) const;
  /// A computed value as a node; `otherwise` when it is a failure.
  ir::NodeId computed(const Value& value, ir::NodeId otherwise);

  ir::Graph& graph_;
  SemanticsOptions semantics_;
  const Catalog* catalog_;
  ir::Rewriter rewrite_;
};

} // namespace writ::passes
