// SPDX-License-Identifier: MIT
// Operators of the source and of Azure Policy. Private to check/.
#pragma once

#include "syntax/ast.h"
#include "writ/semantics/compare.h"

namespace writ::check {

inline Operator operator_of(syntax::BinaryOperator op) {
  using syntax::BinaryOperator;
  switch (op) {
  case BinaryOperator::Equal:
    return Operator::Equals;
  case BinaryOperator::NotEqual:
    return Operator::NotEquals;
  case BinaryOperator::Less:
    return Operator::Less;
  case BinaryOperator::LessOrEqual:
    return Operator::LessOrEquals;
  case BinaryOperator::Greater:
    return Operator::Greater;
  case BinaryOperator::GreaterOrEqual:
    return Operator::GreaterOrEquals;
  case BinaryOperator::In:
    return Operator::In;
  case BinaryOperator::NotIn:
    return Operator::NotIn;
  case BinaryOperator::Like:
    return Operator::Like;
  case BinaryOperator::NotLike:
    return Operator::NotLike;
  case BinaryOperator::Matches:
    return Operator::MatchInsensitively;
  case BinaryOperator::NotMatches:
    return Operator::NotMatchInsensitively;
  case BinaryOperator::MatchesExactly:
    return Operator::Match;
  case BinaryOperator::NotMatchesExactly:
    return Operator::NotMatch;
  case BinaryOperator::Contains:
    return Operator::Contains;
  case BinaryOperator::NotContains:
    return Operator::NotContains;
  case BinaryOperator::HasKey:
    return Operator::ContainsKey;
  case BinaryOperator::HasNoKey:
    return Operator::NotContainsKey;
  }
  return Operator::Equals;
}

inline bool is_equality(syntax::BinaryOperator op) {
  return op == syntax::BinaryOperator::Equal || op == syntax::BinaryOperator::NotEqual;
}
inline bool is_ordering(syntax::BinaryOperator op) {
  return op == syntax::BinaryOperator::Less || op == syntax::BinaryOperator::LessOrEqual ||
         op == syntax::BinaryOperator::Greater || op == syntax::BinaryOperator::GreaterOrEqual;
}
inline bool is_membership(syntax::BinaryOperator op) {
  return op == syntax::BinaryOperator::In || op == syntax::BinaryOperator::NotIn;
}
/// like and the two kinds of matches, negated or not.
inline bool is_pattern(syntax::BinaryOperator op) {
  return op >= syntax::BinaryOperator::Like && op <= syntax::BinaryOperator::NotMatchesExactly;
}
inline bool is_containment(syntax::BinaryOperator op) {
  return op == syntax::BinaryOperator::Contains || op == syntax::BinaryOperator::NotContains;
}

} // namespace writ::check
