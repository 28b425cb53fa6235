// SPDX-License-Identifier: MIT
// Random policies and resources that meet: every operator and node kind, values of every kind, parameters,
// counts within counts, failures.
#pragma once

#include "ir/policy.h"

#include <random>
#include <string>

namespace writ::testing {

class RandomPolicies {
public:
  explicit RandomPolicies(std::uint32_t seed) : random_(seed) {}
  /// A set of policies with one violation each, and instances with arguments for all parameters.
  ir::PolicySet set(std::size_t policies);
  /// JSON text of one resource.
  std::string resource();

private:
  ir::NodeId condition(int depth);
  ir::NodeId test(int depth);
  ir::NodeId left(int depth);
  ir::NodeId value(int depth);
  ir::NodeId call(int depth);
  ir::NodeId count(int depth);
  ir::NodeId right(Operator op);
  ir::NodeId literal();
  ir::NodeId field_name();
  Value plain_value(Arena& arena, int depth);
  std::string json(int depth);
  ir::FieldId raw(std::string_view path);
  ir::FieldId alias();

  std::size_t pick(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  bool chance(std::size_t percent) { return pick(100) < percent; }
  template <typename T, std::size_t N> const T& one_of(const T (&items)[N]) { return items[pick(N)]; }

  std::mt19937 random_;
  ir::Graph* graph_ = nullptr;
  /// Collections of the counts around, innermost last; invalid = a value count.
  std::vector<ir::FieldId> scopes_;
};

} // namespace writ::testing
