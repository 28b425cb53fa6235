// SPDX-License-Identifier: MIT
// The resource types that two policies tell apart: a comparison is made for each.
#pragma once

#include "prove/bind.h"
#include "prove/cells.h"

namespace writ::prove {

/// Cells of the type, each with its representative in the catalogue's spelling. The last ones stand for all
/// types that nobody mentions.
std::vector<Cell> type_cells(const Side& left, const ir::Policy& bound_left, const Side& right,
                             const ir::Policy& bound_right, Arena& arena);

/// Whether a mode looks at resources of a type at all.
enum class ModeSays : std::uint8_t { Inside, Outside, Depends };
ModeSays mode_says(const Side& side, const ir::Policy& bound, const Cell& type);

} // namespace writ::prove
