// SPDX-License-Identifier: MIT
// What a condition costs and how often it holds: rough numbers, only their order matters.
#pragma once

#include "ir/node.h"

#include <unordered_map>

namespace writ::passes {

/// Cost is in units of comparing one slot with one short text.
///
///   operand     literal 0.2; field, current 1; computed 3 + arguments per call; count as a test
///   test        operands + operator: exists 0.5, equality 1, in 1 + 0.1 per value, contains and like 3,
///               match 2, ordering 2
///   field       times 4 when it may be a collection; plus 4 when an alias depends on the API version or sits
///               at root or below properties (the resource itself is searched); 25 when the name is computed
///   count       8 + 4 x (condition)
///   shared      a test that occurs in n controls is computed once per resource: 0.3 + cost / n
///
/// Probability that it holds (undecided counts as false):
///   equals 0.2, in 0.2 + 0.05 per value (at most 0.7), like, match, contains 0.2, ordering 0.4, exists true
///   0.6; tests of `type` half of that; negative operators the complement; a collection p^2; count 0.5
///   and: product; or: complement of the product of complements; not: complement
///
/// A junction is evaluated until it is decided: its cost is the sum of its children's costs, each times the
/// probability that evaluation gets there.
class CostModel {
public:
  /// `uses`: in how many controls a node occurs.
  CostModel(const ir::Graph& graph, const std::unordered_map<std::uint32_t, std::uint32_t>& uses)
      : graph_(graph), uses_(uses) {}

  struct Estimate {
    double cost = 0;
    double holds = 0.5; ///< between 0.01 and 0.99
  };
  Estimate operator()(ir::NodeId condition);

private:
  Estimate estimate(ir::NodeId condition);
  Estimate junction(ir::NodeId condition, bool conjunction);
  Estimate test(ir::NodeId test);
  double operand(ir::NodeId operand);
  double field(ir::NodeId left);

  const ir::Graph& graph_;
  const std::unordered_map<std::uint32_t, std::uint32_t>& uses_;
  std::unordered_map<std::uint32_t, Estimate> known_;
};

} // namespace writ::passes
