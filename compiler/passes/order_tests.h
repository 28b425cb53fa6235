// SPDX-License-Identifier: MIT
// The order in which the parts of a junction are evaluated.
#pragma once

#include "ir/node.h"
#include "ir/rewrite.h"
#include "passes/cost_model.h"

#include <unordered_map>

namespace writ::passes {

/// Sorts the children of each conjunction by cost / (1 - p) and of each disjunction by cost / p, cheapest
/// first: with p the probability that a child holds, that is the order of least expected cost when evaluation
/// stops at the deciding child and the children are independent. Ties keep the author's order. Truth stays
/// the same, because false decides a conjunction and true a disjunction whatever was met before; which of
/// several failures is reported may differ.
class TestOrder {
public:
  TestOrder(ir::Graph& graph, std::unordered_map<std::uint32_t, std::uint32_t> uses);
  ir::NodeId operator()(ir::NodeId id) { return rewrite_(id); }

private:
  ir::NodeId reorder(ir::NodeId id);

  ir::Graph& graph_;
  std::unordered_map<std::uint32_t, std::uint32_t> uses_;
  CostModel cost_;
  ir::Rewriter rewrite_;
};

} // namespace writ::passes
