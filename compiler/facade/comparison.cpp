// SPDX-License-Identifier: MIT
#include "compare/policies.h"
#include "facade/state.h"
#include "ir/transfer.h"
#include "writ/compare_policies.h"
#include "writ/text.h"

#include <array>

namespace writ {

namespace {

constexpr std::array<std::string_view, 8> kParts = {
    "rule", "existence condition", "applicability", "mode", "effect", "parameters", "details", "evaluation"};

std::optional<std::size_t> find_policy(const Compilation::State& state, std::string_view id) {
  const auto& policies = state.project.set.policies;
  for (std::size_t i = 0; i < policies.size(); ++i)
    if (equal_ascii_fold(policies[i].id, id)) return i;
  return std::nullopt;
}

compare::Side side(const Compilation::State& state, std::size_t index, ir::Graph& graph) {
  const ir::Policy& policy = state.project.set.policies[index];
  return {ir::Transfer(*state.project.set.graph, graph)(policy), emitted_mode(state, policy)};
}

} // namespace

std::string_view to_text(PolicyPart part) { return kParts[static_cast<std::size_t>(part)]; }

std::vector<PolicyDifference> compare_policies(const Compilation& left, std::string_view left_id,
                                               const Compilation& right, std::string_view right_id) {
  const auto left_index = find_policy(left.state(), left_id);
  const auto right_index = find_policy(right.state(), right_id);
  if (!left_index || !right_index)
    return {{PolicyPart::Evaluation,
             {},
             left_index ? "there" : "not there",
             right_index ? "there" : "not there"}};
  ir::Graph graph;
  const compare::Side a = side(left.state(), *left_index, graph);
  const compare::Side b = side(right.state(), *right_index, graph);
  compare::NormalForm normal(graph, left.state().request.semantics, &left.catalog());
  return compare::compare(graph, normal, a, b);
}

} // namespace writ
