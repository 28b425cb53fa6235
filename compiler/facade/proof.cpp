// SPDX-License-Identifier: MIT
#include "writ/prove.h"

#include "facade/state.h"
#include "prove/compare.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace writ {

namespace {

std::optional<prove::Side> side_of(Compilation::State& state, std::string_view id) {
  for (const ir::Policy& policy : state.project.set.policies) {
    if (!equal_ascii_fold(policy.id, id)) continue;
    prove::Side side;
    side.graph = state.project.set.graph.get();
    side.policy = &policy;
    side.catalog = &state.catalog;
    side.semantics = state.request.semantics;
    return side;
  }
  return std::nullopt;
}

template <typename Result, typename Compare>
Result compare(Compilation::State& left, std::string_view left_id, Compilation::State& right,
               std::string_view right_id, const Compare& run) {
  const std::optional<prove::Side> a = side_of(left, left_id);
  const std::optional<prove::Side> b = side_of(right, right_id);
  if (a && b) return run(*a, *b);
  Result result;
  result.undecided_because.push_back(fmt::format("there is no control `{}`", a ? right_id : left_id));
  return result;
}

} // namespace

ProofResult prove_equivalent(const Compilation& left, std::string_view left_id, const Compilation& right,
                             std::string_view right_id, const ProofOptions& options) {
  return compare<ProofResult>(
      left.state(), left_id, right.state(), right_id,
      [&](const prove::Side& a, const prove::Side& b) { return prove::equivalent(a, b, options); });
}

RelationResult relate(const Compilation& left, std::string_view left_id, const Compilation& right,
                      std::string_view right_id, const ProofOptions& options) {
  return compare<RelationResult>(
      left.state(), left_id, right.state(), right_id,
      [&](const prove::Side& a, const prove::Side& b) { return prove::relation(a, b, options); });
}

std::vector<std::string> metadata_differences(const Compilation& left, std::string_view left_id,
                                              const Compilation& right, std::string_view right_id) {
  const std::optional<prove::Side> a = side_of(left.state(), left_id);
  const std::optional<prove::Side> b = side_of(right.state(), right_id);
  if (!a || !b) return {};
  return prove::metadata_differences(*a, *b);
}

std::vector<Witness> boundary_resources(const Compilation& left, std::string_view left_id,
                                        const Compilation& right, std::string_view right_id,
                                        std::size_t count, std::uint32_t seed) {
  const std::optional<prove::Side> a = side_of(left.state(), left_id);
  const std::optional<prove::Side> b = side_of(right.state(), right_id);
  if (!a || !b) return {};
  return prove::samples(*a, *b, count, seed, ProofOptions{}.array_bound);
}

std::string_view to_text(Relation relation) {
  constexpr std::string_view kWords[] = {"equal", "stricter", "weaker", "incomparable", "undecided"};
  return kWords[static_cast<std::size_t>(relation)];
}

} // namespace writ
