// SPDX-License-Identifier: MIT
// What one evaluation may build and repeat. Exceeding a limit is the evaluation error "limit-exceeded".
// Source: docs/azure-policy-semantics.md, "Limits".
#pragma once

#include "writ/arena.h"
#include "writ/semantics/value.h"

#include <cstdint>

namespace writ::vm {

struct Limits {
  std::uint32_t text = 131072; ///< characters (UTF-16 units) of a text that a function returns
  std::uint32_t nodes = 32768; ///< values in an array or object passed or returned
  std::uint32_t depth = 128;   ///< nesting of an array or object passed or returned
  std::uint32_t value_iterations =
      100; ///< rounds of a value count, those of enclosing value counts multiplied
  std::uint32_t iterations = 1'000'000; ///< rounds of all iterations of one block: nested iterations over one
                                        ///< big array would otherwise keep a thread busy for hours
};

/// The value itself, or the error "limit-exceeded". Costs a visit of every node for containers, nothing for
/// others.
Value within_limits(const Value& value, const Limits& limits, Arena& arena);

} // namespace writ::vm
