// SPDX-License-Identifier: MIT
// The opcode table in memory.
#include "writ/bytecode/instruction.h"

#include "writ/text.h"

#include <array>

namespace writ::bc {

namespace {
constexpr std::array kOpcodeTable = {
#define WRIT_OP(name, x, a, b, c, d, e, flow, doc)                                                           \
  OpcodeInfo{Opcode::name, #name,    Place::x, Place::a,   Place::b,                                         \
             Place::c,     Place::d, Place::e, Flow::flow, doc},
#include "writ/bytecode/opcodes.def"
#undef WRIT_OP
};
} // namespace

std::span<const OpcodeInfo> all_opcodes() { return kOpcodeTable; }

const OpcodeInfo& info(Opcode opcode) { return kOpcodeTable[static_cast<std::size_t>(opcode)]; }

std::optional<Opcode> find_opcode(std::string_view name) {
  for (const OpcodeInfo& row : kOpcodeTable)
    if (equal_ascii_fold(row.name, name)) return row.opcode;
  return std::nullopt;
}

} // namespace writ::bc
