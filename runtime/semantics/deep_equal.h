// SPDX-License-Identifier: MIT
// Equality inside the template functions: exact strings and keys, no coercion. Not the operator's relation.
// Private to this layer. Source: docs/azure-policy-semantics.md, "Functions".
#pragma once

#include "writ/semantics/truth.h"
#include "writ/semantics/value.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace writ::detail {

/// equals() compares numbers by value; contains, indexOf, union and intersection tell 1 from 1.0.
enum class NumberEquality { ByValue, ByKind };

/// Deep; order of elements matters, order of members does not. Unknown parts make the result Unknown unless
/// another part decides it.
Truth deep_equal(const Value& a, const Value& b, NumberEquality numbers);

/// A set of decided values under deep_equal(ByKind), in order of insertion.
class ValueSet {
public:
  /// False when an equal value is there already.
  bool insert(const Value& value);
  [[nodiscard]] bool contains(const Value& value) const;
  [[nodiscard]] const std::vector<Value>& values() const { return values_; }

private:
  std::unordered_multimap<std::uint64_t, std::size_t> index_;
  std::vector<Value> values_;
};

} // namespace writ::detail
