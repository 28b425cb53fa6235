// SPDX-License-Identifier: MIT
// Which blocks are logic over single looks at the resource, which looks those are, and which fields blocks
// read.
#include "vm/image.h"

#include "writ/semantics/functions.h"

#include <algorithm>
#include <unordered_map>

namespace writ::vm {

using namespace bc;

namespace {

/// Upper bits of the numbers that stand for looks.
enum class LookKind : std::uint64_t { Constant = 1, Parameter, Test, Block };

std::uint64_t look(LookKind kind, std::uint64_t number) {
  return static_cast<std::uint64_t>(kind) << 60 | number;
}

/// A field, an operator and a constant or parameter in 60 bits: operators take 6, fields and constants 27
/// each.
std::uint64_t field_look(LookKind kind, const Instruction& test, std::uint32_t right) {
  return look(kind,
              std::uint64_t{test.x} << 54 | std::uint64_t{test.d & 0x7FFFFFF} << 27 | (right & 0x7FFFFFF));
}

} // namespace

bool reads_property(Opcode opcode) {
  switch (opcode) {
  case Opcode::LoadField:
  case Opcode::LoadDynamic:
  case Opcode::TestField:
  case Opcode::TestDynamic:
  case Opcode::CountField:
    return true;
  default:
    return false;
  }
}

bool Image::is_logic(const Block& block) const {
  const auto code = std::span(program_.code).subspan(block.start, block.length);
  return !code.empty() && code.back().opcode == Opcode::ReturnTruth &&
         std::all_of(code.begin(), code.end(), [&](const Instruction& i) {
           switch (i.opcode) {
           case Opcode::LoadConstant:
           case Opcode::LoadParameter:
           case Opcode::Jump:
           case Opcode::TruthConstant:
           case Opcode::AndBegin:
           case Opcode::OrBegin:
           case Opcode::And:
           case Opcode::Or:
           case Opcode::Not:
           case Opcode::RunTest:
           case Opcode::TestField:
           case Opcode::TestValue: // of what the others load, which no resource changes
           case Opcode::ReturnTruth:
             return true;
           default:
             return false;
           }
         });
}

bool Image::reads_resource(const Block& block, const std::vector<std::uint8_t>& tests) const {
  const auto code = std::span(program_.code).subspan(block.start, block.length);
  return std::any_of(code.begin(), code.end(), [&](const Instruction& i) {
    switch (i.opcode) {
    case Opcode::LoadJoin:
      return true;
    case Opcode::RunTest:
      return tests[i.d] != 0;
    case Opcode::Call: // where a resource is, its id tells
      return i.d == static_cast<std::uint32_t>(Function::Subscription) ||
             i.d == static_cast<std::uint32_t>(Function::ResourceGroup);
    default:
      return reads_property(i.opcode);
    }
  });
}

bool Image::add_fields(std::uint32_t block, bool of_primary, std::vector<std::uint32_t>& fields) const {
  if (block == kNone) return true;
  const Block& code = program_.blocks[block];
  for (const Instruction& i : std::span(program_.code).subspan(code.start, code.length)) {
    if (i.opcode == Opcode::LoadJoin) return false;
    if (i.opcode == Opcode::RunTest && !add_fields(program_.tests[i.d], of_primary, fields)) return false;
    const bool has_flags = i.opcode == Opcode::LoadField || i.opcode == Opcode::LoadDynamic;
    if (!reads_property(i.opcode) || (has_flags && (i.x & kOfPrimary) != 0) != of_primary) continue;
    if (i.opcode != Opcode::LoadField && i.opcode != Opcode::TestField) return false;
    if (std::find(fields.begin(), fields.end(), i.d) == fields.end()) fields.push_back(i.d);
  }
  return true;
}

void Image::add_looks(std::uint32_t block, std::vector<std::uint64_t>& looks) const {
  if (!is_logic(block)) {
    looks.push_back(look(LookKind::Block, block));
    return;
  }
  std::unordered_map<std::uint16_t, const Instruction*> loaded; // value register -> what was put there last
  for (const Instruction& i :
       std::span(program_.code).subspan(program_.blocks[block].start, program_.blocks[block].length))
    switch (i.opcode) {
    case Opcode::LoadConstant:
    case Opcode::LoadParameter:
      loaded[i.a] = &i;
      break;
    case Opcode::TestField: {
      const Instruction& right = *loaded.at(i.b);
      looks.push_back(field_look(
          right.opcode == Opcode::LoadConstant ? LookKind::Constant : LookKind::Parameter, i, right.d));
      break;
    }
    case Opcode::RunTest:
      if (is_logic(program_.tests[i.d]))
        add_looks(program_.tests[i.d], looks);
      else
        looks.push_back(look(LookKind::Test, i.d));
      break;
    default:
      break;
    }
}

} // namespace writ::vm
