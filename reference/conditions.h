// SPDX-License-Identifier: MIT
// Evaluation of condition trees that passed check_condition. Source: "Logical operators", "Reference
// algorithm".
#pragma once

#include "environment.h"
#include "truth.h"

#include <string_view>

namespace writ::reference {

/// A truth value; for Error also the first failure.
struct Judgement {
  Truth truth = Truth::False;
  Failure failure = {};
};

Judgement judge(const json& condition, Environment& env);

/// The parts of a leaf condition; pointers into the definition.
struct Leaf {
  const json* field = nullptr;
  const json* value = nullptr;
  const json* count = nullptr;
  std::string_view operator_name;
  const json* right = nullptr;
};
Leaf split_leaf(const json& condition);

/// The single logical operator of a condition object, if it is one: allOf, anyOf, not.
enum class Logical { None, AllOf, AnyOf, Not };
struct LogicalNode {
  Logical kind = Logical::None;
  const json* operand = nullptr;
};
LogicalNode split_logical(const json& condition);

} // namespace writ::reference
