// SPDX-License-Identifier: MIT
// The parts of the verifier, in the order in which they may rely on each other. See verifier.cpp.
#pragma once

#include "writ/bytecode/program.h"
#include "writ/result.h"

#include <cstdint>
#include <vector>

namespace writ::bc {

enum class BlockResult : std::uint8_t { Truth, Value };

/// What the code check learns about each block.
struct CodeFacts {
  std::vector<BlockResult> results;              ///< per block
  std::vector<std::vector<std::uint32_t>> tests; ///< per block: the tests it runs, in code order
};

/// Every index and range of every record, the order of blocks and source entries, parameters.
Status verify_tables(const Program& program);
/// Fields, paths, types, tries, slots.
Status verify_layout(const Program& program);
/// Every instruction of every block. Requires verify_tables and verify_layout.
Status verify_code(const Program& program, CodeFacts& facts);
/// Results of blocks against their users; the order and depth of shared tests.
Status verify_uses(const Program& program, const CodeFacts& facts);

/// Conditions over joins. Requires verify_tables.
Status verify_joins(const Program& program);

/// Number of [*] of the field's path with the most, versions included; nothing when the field has no path.
std::uint32_t most_stars(const Program& program, const Field& field);
/// No letter A-Z: path steps, type names and trie keys are stored folded.
bool is_lower(std::string_view text);

} // namespace writ::bc
