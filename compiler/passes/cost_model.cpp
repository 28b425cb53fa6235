// SPDX-License-Identifier: MIT
#include "passes/cost_model.h"
#include "passes/single_valued.h"

#include <algorithm>

namespace writ::passes {

using ir::NodeId;
using ir::NodeKind;

namespace {

struct OperatorEstimate {
  double cost;
  double holds;
};

/// Of the positive operator.
OperatorEstimate estimate_of(Operator op, std::size_t values) {
  const auto count = static_cast<double>(values);
  switch (op) {
  case Operator::Equals:
    return {1, 0.2};
  case Operator::In:
    return {1 + 0.1 * count, std::min(0.2 + 0.05 * count, 0.7)};
  case Operator::Exists:
    return {0.5, 0.6};
  case Operator::Match:
  case Operator::MatchInsensitively:
    return {2, 0.2};
  case Operator::Less:
  case Operator::LessOrEquals:
  case Operator::Greater:
  case Operator::GreaterOrEquals:
    return {2, 0.4};
  default:
    return {3, 0.2};
  }
}

bool is_negative(Operator op) {
  const Operator other = info(op).negated;
  return other != op && static_cast<int>(other) < static_cast<int>(op);
}

bool searches_resource(const ir::Field& field) {
  return std::any_of(field.resolutions.begin(), field.resolutions.end(), [](const ir::Resolution& r) {
    return !r.versions.empty() || r.below_root_or_properties;
  });
}

} // namespace

CostModel::Estimate CostModel::operator()(NodeId id) {
  if (auto found = known_.find(id.index); found != known_.end()) return found->second;
  Estimate result = estimate(id);
  result.holds = std::clamp(result.holds, 0.01, 0.99);
  if (graph_.node(id).kind == NodeKind::Test)
    if (auto used = uses_.find(id.index); used != uses_.end() && used->second > 1)
      result.cost = 0.3 + result.cost / used->second;
  known_.emplace(id.index, result);
  return result;
}

CostModel::Estimate CostModel::estimate(NodeId id) {
  const ir::Node& node = graph_.node(id);
  switch (node.kind) {
  case NodeKind::Constant:
    return {0, node.truth ? 1.0 : 0.0};
  case NodeKind::Not: {
    const Estimate inner = (*this)(graph_.children(id)[0]);
    return {inner.cost, 1 - inner.holds};
  }
  case NodeKind::And:
    return junction(id, true);
  case NodeKind::Or:
    return junction(id, false);
  default:
    return test(id);
  }
}

CostModel::Estimate CostModel::junction(NodeId id, bool conjunction) {
  double cost = 0;
  double reached = 1;
  for (NodeId child : graph_.children(id)) {
    const Estimate e = (*this)(child);
    cost += reached * e.cost;
    reached *= conjunction ? e.holds : 1 - e.holds;
  }
  return {cost, conjunction ? reached : 1 - reached};
}

CostModel::Estimate CostModel::test(NodeId id) {
  const ir::Node& node = graph_.node(id);
  const NodeId left = graph_.children(id)[0];
  const NodeId right = graph_.children(id)[1];
  const bool literal = graph_.node(right).kind == NodeKind::Literal;
  const Value operand_value = literal ? graph_.constant_value(right) : Value::unknown();
  const std::size_t values = operand_value.is(ValueKind::Array) ? operand_value.as_array().size() : 1;
  const bool negative = is_negative(node.op);
  OperatorEstimate e = estimate_of(negative ? info(node.op).negated : node.op, values);
  if (node.op == Operator::Exists && operand_value.is(ValueKind::Bool) && !operand_value.as_bool())
    e.holds = 1 - e.holds;
  const ir::Node& subject = graph_.node(left);
  if (subject.kind == NodeKind::Count) e.holds = 0.5;
  if (subject.kind == NodeKind::Field && graph_.field_info(subject.field).kind == ir::FieldKind::Type)
    e.holds /= 2;
  if (negative) e.holds = 1 - e.holds;
  const bool collection = !is_single_valued(graph_, left);
  if (collection) e.holds *= e.holds;
  return {operand(left) + operand(right) + e.cost * (collection ? 4 : 1), e.holds};
}

double CostModel::field(NodeId left) {
  const ir::Node& node = graph_.node(left);
  if (!node.field.valid()) return 1;
  return (is_single_valued(graph_, left) ? 1 : 4) +
         (searches_resource(graph_.field_info(node.field)) ? 4 : 0);
}

double CostModel::operand(NodeId id) {
  const auto children = graph_.children(id);
  switch (graph_.node(id).kind) {
  case NodeKind::Literal:
  case NodeKind::Parameter:
    return 0.2;
  case NodeKind::Field:
  case NodeKind::FieldValue:
  case NodeKind::Current:
    return field(id);
  case NodeKind::DynamicField:
  case NodeKind::DynamicFieldValue:
    return 25 + operand(children[0]);
  case NodeKind::Count:
    return 8 + operand(children[0]) + 4 * (*this)(children[1]).cost;
  default: {
    double cost = 3;
    for (NodeId child : children)
      cost += operand(child);
    return cost;
  }
  }
}

} // namespace writ::passes
