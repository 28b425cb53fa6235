// SPDX-License-Identifier: MIT
// The strings of a place, divided by constants, patterns and orderings.
#pragma once

#include "prove/cells.h"

namespace writ::prove {

/// Adds cells that cover all strings. Patterns are divided by walking the product of their automata; past a
/// limit, one cell stands for all that is no constant, and says that patterns do not hold on it.
void add_strings(const Features& features, Arena& arena, std::vector<Cell>& cells);

} // namespace writ::prove
