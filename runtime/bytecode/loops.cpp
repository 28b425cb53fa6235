// SPDX-License-Identifier: MIT
#include "loops.h"

#include "operands.h"
#include "writ/bytecode/format.h"

namespace writ::bc {

std::optional<LoopTree::Problem> LoopTree::build(std::span<const Instruction> code) {
  loop_of_.assign(code.size(), kNone);
  loops_.clear();
  std::uint32_t innermost = kNone;
  for (std::uint32_t at = 0; at < code.size(); ++at) {
    const Instruction& i = code[at];
    loop_of_[at] = innermost;
    if (i.opcode == Opcode::CountNext) {
      if (innermost == kNone || loops_[innermost].next != at) return Problem{at, false, "ends no iteration"};
      innermost = loops_[innermost].outer;
      continue;
    }
    if (!starts_iteration(i.opcode)) continue;

    if (i.e <= at + 1 || i.e >= code.size()) return Problem{at, false, "does not reach behind its iteration"};
    const Instruction& next = code[i.e - 1];
    if (next.opcode != Opcode::CountNext || next.a != i.a || next.e != at + 1)
      return Problem{at, false, "has no matching end of its iteration"};
    Loop loop{at, i.e - 1, innermost, 0, i.a};
    if (innermost != kNone) {
      if (loop.next >= loops_[innermost].next) return Problem{at, false, "overlaps another iteration"};
      loop.depth = loops_[innermost].depth + 1;
    }
    if (loop.depth >= ProgramLimits::kLoopDepth) return Problem{at, true, "iterates too deeply"};
    for (std::uint32_t l = innermost; l != kNone; l = loops_[l].outer)
      if (loops_[l].binder == i.a) return Problem{at, false, "binds a binder that is in use"};
    innermost = static_cast<std::uint32_t>(loops_.size());
    loops_.push_back(loop);
  }
  return std::nullopt;
}

} // namespace writ::bc
