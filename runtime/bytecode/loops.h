// SPDX-License-Identifier: MIT
// The iterations of a block as a tree. Shared by the verifier, the disassembler (indentation) and the VM's
// loader.
#pragma once

#include "writ/bytecode/program.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace writ::bc {

struct Loop {
  std::uint32_t head = 0;      ///< CountField, CountBound or CountValue
  std::uint32_t next = 0;      ///< its CountNext, the last instruction of the body
  std::uint32_t outer = kNone; ///< enclosing iteration
  std::uint32_t depth = 0;
  std::uint32_t binder = 0;
};

class LoopTree {
public:
  struct Problem {
    std::uint32_t instruction;
    bool limit;
    const char* what;
  };
  /// Reads the structure of one block's code, whatever it is; the problem is the first violation.
  std::optional<Problem> build(std::span<const Instruction> code);
  /// The innermost iteration whose body holds the instruction, or kNone. A head is outside its own body.
  [[nodiscard]] std::uint32_t loop_of(std::uint32_t instruction) const { return loop_of_[instruction]; }
  [[nodiscard]] std::span<const Loop> loops() const { return loops_; }

private:
  std::vector<std::uint32_t> loop_of_;
  std::vector<Loop> loops_;
};

} // namespace writ::bc
