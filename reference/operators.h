// SPDX-License-Identifier: MIT
// The nineteen operators of a condition. Source: "Operators: overview" and the three families after it.
#pragma once

#include "options.h"
#include "truth.h"
#include "value.h"

#include <optional>
#include <string_view>

namespace writ::reference {

enum class Relation {
  Equals,
  Like,
  Match,
  MatchInsensitively,
  Contains,
  In,
  ContainsKey,
  Less,
  LessOrEquals,
  Greater,
  GreaterOrEquals,
  Exists
};

struct Operator {
  Relation relation = Relation::Equals;
  bool negated = false;
};

/// By Azure's spelling, ignoring case.
std::optional<Operator> find_operator(std::string_view name);

/// May this value stand on the right of the operator? `literal` also admits null for equals and notEquals.
bool accepts_right(Operator op, const json& right, bool literal);

/// Applies the operator to one value (nullptr = missing). `right` has passed accepts_right.
Truth apply(Operator op, const json* left, const json& right, const Options& options, Failure* why);

/// The relation EQ of the equality family; nullptr = missing.
bool values_equal(const json* left, const json& right, const Options& options);

/// Blanks removed and case folded, arrays member by member: the normal form of locations.
json normal_location(const json& value);

} // namespace writ::reference
