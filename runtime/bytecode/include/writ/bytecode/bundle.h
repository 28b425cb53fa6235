// SPDX-License-Identifier: MIT
// Bundles: programs as bytes and as text. The only way from bytes to a runnable program leads through the
// verifier.
#pragma once

#include "writ/bytecode/program.h"
#include "writ/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace writ::bc {

/// Reads and verifies. `name` is what the error names: the file's path. Errors E0601 .. E0612.
Result<Program> load_program(std::span<const std::byte> bytes, std::string name);

/// The bytes of a .writb file. Equal programs give equal bytes. The program need not be verified.
std::string store_program(const Program& program);

/// Proves what the VM relies on; see verifier.cpp for the list. The first violation is the error.
Status verify(const Program& program);

/// Every table and instruction as text, with the source line of the code beside it. Stable: goldens may hold
/// it.
std::string disassemble(const Program& program);

/// Reads what disassemble prints, and the shorthands for people (docs/bytecode.md, "Assembly"). Does not
/// verify. Error E0613 names the line.
Result<Program> assemble(std::string_view text);

/// XXH64 with seed 0.
std::uint64_t content_hash(std::string_view bytes);

} // namespace writ::bc
