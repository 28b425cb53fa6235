// SPDX-License-Identifier: MIT
// The six operand places of an instruction, in table order.
#pragma once

#include "writ/bytecode/instruction.h"

#include <array>
#include <cstdint>

namespace writ::bc {

struct Operand {
  Place place;
  std::uint32_t value;
};

inline constexpr std::size_t kOperandCount = 6;

inline std::array<Operand, kOperandCount> operands_of(const Instruction& i) {
  const OpcodeInfo& row = info(i.opcode);
  return {{{row.x, i.x}, {row.a, i.a}, {row.b, i.b}, {row.c, i.c}, {row.d, i.d}, {row.e, i.e}}};
}

/// True when the value fits the operand's width.
inline bool set_operand(Instruction& i, std::size_t which, std::uint32_t value) {
  switch (which) {
  case 0:
    i.x = static_cast<std::uint8_t>(value);
    return value <= 0xFF;
  case 1:
    i.a = static_cast<std::uint16_t>(value);
    return value <= 0xFFFF;
  case 2:
    i.b = static_cast<std::uint16_t>(value);
    return value <= 0xFFFF;
  case 3:
    i.c = static_cast<std::uint16_t>(value);
    return value <= 0xFFFF;
  case 4:
    i.d = value;
    return true;
  default:
    i.e = value;
    return true;
  }
}

/// The value of the first operand of this place, or 0.
inline std::uint32_t operand(const Instruction& i, Place place) {
  for (const Operand& o : operands_of(i))
    if (o.place == place) return o.value;
  return 0;
}

/// CountField, CountBound and CountValue: the head of an iteration.
inline bool starts_iteration(Opcode op) {
  return op == Opcode::CountField || op == Opcode::CountBound || op == Opcode::CountValue;
}

} // namespace writ::bc
