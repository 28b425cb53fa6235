// SPDX-License-Identifier: MIT
// What lowering an expression yields.
#pragma once

#include "check/scope.h"
#include "ir/node.h"

#include <optional>

namespace writ::check {

/// A lowered expression: a condition, or a value that can stand on the left of a test or be computed with.
struct Term {
  Span span;
  Type type;
  bool failed = false;        ///< reported already: whatever uses it stays silent
  ir::NodeId condition;       ///< valid for conditions
  ir::NodeId left;            ///< as the left side of a test (Field where there is one)
  ir::NodeId value;           ///< as an operand anywhere else
  std::optional<Place> place; ///< when it is a place in the resource
  bool is_field = false;

  [[nodiscard]] bool is_condition() const { return condition.valid(); }
};

} // namespace writ::check
