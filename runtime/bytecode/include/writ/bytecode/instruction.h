// SPDX-License-Identifier: MIT
// One instruction: sixteen bytes, fixed width, little-endian on disk.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace writ::bc {

enum class Opcode : std::uint8_t {
#define WRIT_OP(name, x, a, b, c, d, e, flow, doc) name,
#include "writ/bytecode/opcodes.def"
#undef WRIT_OP
};

/// What stands in an operand place; see opcodes.def.
enum class Place : std::uint8_t {
  None,
  Operator,
  Level,
  Flags,
  Out,
  In,
  Both,
  TruthOut,
  TruthIn,
  TruthBoth,
  Binder,
  Argc,
  Constant,
  Parameter,
  Field,
  Function,
  Test,
  Join,
  Target,
  Back
};
enum class Flow : std::uint8_t { Next, Branch, Jump, Loop, Return };

/// Bits of a Flags place on LoadField and LoadDynamic.
inline constexpr std::uint8_t kOfPrimary = 1;

struct Instruction {
  Opcode opcode{};
  std::uint8_t x = 0;
  std::uint16_t a = 0;
  std::uint16_t b = 0;
  std::uint16_t c = 0;
  std::uint32_t d = 0;
  std::uint32_t e = 0;
  bool operator==(const Instruction&) const = default;
};
static_assert(sizeof(Instruction) == 16);

struct OpcodeInfo {
  Opcode opcode;
  std::string_view name;
  Place x, a, b, c, d, e;
  Flow flow;
  std::string_view doc;
};
std::span<const OpcodeInfo> all_opcodes();
const OpcodeInfo& info(Opcode opcode);
std::optional<Opcode> find_opcode(std::string_view name);

} // namespace writ::bc
