// SPDX-License-Identifier: MIT
// What an evaluation looked at, as a plain tree. Made only on request; see evidence.h for its short form.
#pragma once

#include "writ/semantics/compare.h"
#include "writ/semantics/truth.h"

#include <cstdint>
#include <string>
#include <vector>

namespace writ::vm {

enum class TraceKind : std::uint8_t { Constant, And, Or, Not, Test, Count };

/// A value that a test compared, or an element that a count visited.
struct TracedValue {
  std::string pointer; ///< JSON pointer into the resource; empty for computed values
  std::string actual;  ///< JSON text; "" = missing
  Truth truth = Truth::False;
};

/// And, Or, Not: children are the operands that were evaluated (evaluation stops when decided). Test: values
/// are the members it compared, all of them for an array condition. Count: values are the elements, children
/// the condition of each element in the same order; actual is the count.
struct TraceNode {
  TraceKind kind = TraceKind::Constant;
  Truth truth = Truth::False;
  Operator op = Operator::Equals;
  std::string field;             ///< Test, Count: canonical name; empty for computed values
  std::string pointer;           ///< Count: the collection
  std::string actual;            ///< Count: the number, "" when it is not decided
  std::string expected;          ///< Test, Count: JSON text of the right side
  std::string reason;            ///< why it failed or is unknown
  std::uint32_t instruction = 0; ///< index into Program::code, for the source map
  std::vector<TracedValue> values;
  std::vector<TraceNode> children;
};

} // namespace writ::vm
