// SPDX-License-Identifier: MIT
// Verifier, part 3: the instructions of a block. The rules are listed in verifier.cpp.
#include "loops.h"
#include "operands.h"
#include "verifier.h"
#include "writ/bytecode/format.h"
#include "writ/semantics/compare.h"
#include "writ/semantics/functions.h"

#include <optional>
#include <span>

namespace writ::bc {

namespace {

/// Which registers are written and which iterations are finished, one bit each.
class FlowState {
public:
  explicit FlowState(const Block& block)
      : truths_at_(block.values), binders_at_(truths_at_ + block.truths),
        words_((binders_at_ + block.binders + 63) / 64, 0) {}
  [[nodiscard]] bool value(std::uint32_t i) const { return bit(i); }
  [[nodiscard]] bool truth(std::uint32_t i) const { return bit(truths_at_ + i); }
  [[nodiscard]] bool finished(std::uint32_t i) const { return bit(binders_at_ + i); }
  void write_value(std::uint32_t i) { set(i, true); }
  void write_truth(std::uint32_t i) { set(truths_at_ + i, true); }
  void finish(std::uint32_t i, bool done) { set(binders_at_ + i, done); }
  void intersect(const FlowState& other) {
    for (std::size_t i = 0; i < words_.size(); ++i)
      words_[i] &= other.words_[i];
  }

private:
  [[nodiscard]] bool bit(std::size_t i) const { return ((words_[i / 64] >> (i % 64)) & 1u) != 0; }
  void set(std::size_t i, bool on) {
    const std::uint64_t mask = std::uint64_t{1} << (i % 64);
    words_[i / 64] = on ? words_[i / 64] | mask : words_[i / 64] & ~mask;
  }
  std::size_t truths_at_;
  std::size_t binders_at_;
  std::vector<std::uint64_t> words_;
};

class BlockCheck {
public:
  BlockCheck(const Program& program, std::uint32_t number, std::vector<std::uint8_t>& stars)
      : program_(program), block_(program.blocks[number]), number_(number), stars_(stars),
        code_(std::span(program.code).subspan(block_.start, block_.length)), pending_(code_.size()) {}

  Status run(CodeFacts& facts);

private:
  Diagnostic error(Code code, std::string what) const {
    return Diagnostic(code, {},
                      "block " + std::to_string(number_) + ", instruction " + std::to_string(at_) + " (" +
                          std::string(info(code_[at_].opcode).name) + ") " + std::move(what));
  }
  Status check_operands(const Instruction& i);
  Status check_table_operand(const Operand& operand);
  Status check_arguments(const Instruction& i);
  Status check_binders(const Instruction& i);
  Status check_level(std::uint32_t binder, std::uint32_t level);
  Status check_jumps(const Instruction& i);
  Status check_reads(const Instruction& i);
  void apply_writes(const Instruction& i);
  Status check_result(const Instruction& i);
  void flow_to(std::uint32_t target);
  std::uint32_t field_stars(std::uint32_t field);
  /// The iteration whose body holds the instruction and that binds `binder`.
  [[nodiscard]] const Loop* active(std::uint32_t binder) const;

  const Program& program_;
  const Block& block_;
  std::uint32_t number_;
  std::vector<std::uint8_t>& stars_; // per field: 1 + most stars, 0 = not yet counted
  std::span<const Instruction> code_;
  LoopTree loops_;
  std::vector<std::optional<FlowState>> pending_; // states that jumps bring to later instructions
  std::optional<FlowState> state_;                // nothing: no way leads here
  std::uint32_t at_ = 0;
  std::optional<BlockResult> result_;
};

Status BlockCheck::check_operands(const Instruction& i) {
  bool before_argc = false; // the In place of an argument list is checked with its length
  const auto operands = operands_of(i);
  for (std::size_t o = 0; o < operands.size(); ++o) {
    const Operand& operand = operands[o];
    before_argc = o + 1 < operands.size() && operands[o + 1].place == Place::Argc;
    switch (operand.place) {
    case Place::None:
      if (operand.value != 0) return error(Code::BundleInstruction, "uses a place that it does not have");
      break;
    case Place::Operator:
      if (operand.value >= all_operators().size()) return error(Code::BundleInstruction, "names no operator");
      break;
    case Place::Flags:
      if (operand.value > 1) return error(Code::BundleInstruction, "sets an unknown flag");
      break;
    case Place::Level:
      if (operand.value < 1 || operand.value > ProgramLimits::kPathStars)
        return error(Code::BundleInstruction, "names an impossible level");
      break;
    case Place::Out:
    case Place::In:
    case Place::Both:
      if (!before_argc && operand.value >= block_.values)
        return error(Code::BundleInstruction, "names a value register that its block does not have");
      break;
    case Place::TruthOut:
    case Place::TruthIn:
    case Place::TruthBoth:
      if (operand.value >= block_.truths)
        return error(Code::BundleInstruction, "names a truth register that its block does not have");
      break;
    case Place::Binder:
      if (operand.value >= block_.binders)
        return error(Code::BundleInstruction, "names a binder that its block does not have");
      break;
    case Place::Target:
    case Place::Back:
    case Place::Argc:
      break;
    case Place::Constant:
    case Place::Parameter:
    case Place::Field:
    case Place::Function:
    case Place::Test:
    case Place::Join:
      if (auto status = check_table_operand(operand); !status) return status;
      break;
    }
  }
  return check_arguments(i);
}

Status BlockCheck::check_table_operand(const Operand& operand) {
  std::size_t size = 0;
  switch (operand.place) {
  case Place::Constant:
    size = program_.constants.size();
    break;
  case Place::Parameter:
    size = program_.parameters.size();
    break;
  case Place::Join:
    size = program_.joins.size();
    break;
  case Place::Field:
    size = program_.fields.size();
    break;
  case Place::Function:
    size = all_functions().size();
    break;
  default:
    size = program_.tests.size();
    break;
  }
  if (operand.value >= size) return error(Code::BundleIndex, "points outside a table");
  return Done{};
}

Status BlockCheck::check_arguments(const Instruction& i) {
  if (info(i.opcode).c != Place::Argc) return Done{};
  if (i.c > ProgramLimits::kArguments) return error(Code::BundleLimit, "takes too many registers");
  if (std::uint32_t{i.b} + i.c > block_.values)
    return error(Code::BundleInstruction, "names a value register that its block does not have");
  if (i.opcode == Opcode::MakeRecord && i.c % 2 != 0)
    return error(Code::BundleInstruction, "takes a key without a value");
  if (i.opcode == Opcode::Call) {
    const FunctionInfo& function = info(static_cast<Function>(i.d));
    if ((function.flags & (kLazy | kSpecial)) != 0 && function.function != Function::Parameters)
      return error(Code::BundleInstruction,
                   "calls `" + std::string(function.name) + "`, which is no callable function");
    if (i.c < function.min_args || (function.max_args != 255 && i.c > function.max_args))
      return error(Code::BundleInstruction,
                   "calls `" + std::string(function.name) + "` with a wrong number of arguments");
  }
  return Done{};
}

const Loop* BlockCheck::active(std::uint32_t binder) const {
  for (std::uint32_t l = loops_.loop_of(at_); l != kNone; l = loops_.loops()[l].outer)
    if (loops_.loops()[l].binder == binder) return &loops_.loops()[l];
  return nullptr;
}

std::uint32_t BlockCheck::field_stars(std::uint32_t field) {
  if (stars_[field] == 0)
    stars_[field] = static_cast<std::uint8_t>(1 + most_stars(program_, program_.fields[field]));
  return stars_[field] - 1u;
}

Status BlockCheck::check_level(std::uint32_t binder, std::uint32_t level) {
  const Loop* loop = active(binder);
  if (loop == nullptr) return error(Code::BundleLoop, "reads an element outside the iteration that binds it");
  const Instruction& head = code_[loop->head];
  std::uint32_t levels = 1;
  if (head.opcode != Opcode::CountValue) {
    // A field without any path is never iterated: what its elements are does not matter.
    if (program_.fields[head.d].path_count == 0) return Done{};
    levels = field_stars(head.d);
  }
  if (level > levels)
    return error(Code::BundleLoop, "reads an element of a level that the iteration does not have");
  return Done{};
}

Status BlockCheck::check_binders(const Instruction& i) {
  switch (i.opcode) {
  case Opcode::LoadBound:
  case Opcode::LoadElement:
  case Opcode::LoadElementField:
  case Opcode::CountBound:
    return check_level(i.b, i.x);
  case Opcode::TestBound:
    return check_level(i.c, i.e);
  case Opcode::LoadCount:
    if (state_ && !state_->finished(i.b))
      return error(Code::BundleLoop, "reads the count of an unfinished iteration");
    return Done{};
  case Opcode::TestCount:
    if (state_ && !state_->finished(i.c))
      return error(Code::BundleLoop, "reads the count of an unfinished iteration");
    return Done{};
  default:
    return Done{};
  }
}

Status BlockCheck::check_jumps(const Instruction& i) {
  for (const Operand& operand : operands_of(i)) {
    if (operand.place != Place::Target) continue;
    if (operand.value <= at_ || operand.value >= code_.size())
      return error(Code::BundleJump, "does not jump forward inside its block");
    const std::uint32_t from =
        loops_.loop_of(at_); // the head of an iteration lies outside it, as does its target
    if (loops_.loop_of(operand.value) != from)
      return error(Code::BundleJump, "jumps into or out of an iteration");
  }
  return Done{};
}

Status BlockCheck::check_reads(const Instruction& i) {
  if (!state_) return Done{};
  const auto operands = operands_of(i);
  for (std::size_t o = 0; o < operands.size(); ++o) {
    const Operand& operand = operands[o];
    const bool list = o + 1 < operands.size() && operands[o + 1].place == Place::Argc;
    const std::uint32_t count = list ? operands[o + 1].value : 1;
    if (operand.place == Place::In || operand.place == Place::Both) {
      for (std::uint32_t r = 0; r < count; ++r)
        if (!state_->value(operand.value + r))
          return error(Code::BundleRegister, "reads value " + std::to_string(operand.value + r) +
                                                 " before it is written on every path");
    }
    if ((operand.place == Place::TruthIn || operand.place == Place::TruthBoth) &&
        !state_->truth(operand.value))
      return error(Code::BundleRegister,
                   "reads truth " + std::to_string(operand.value) + " before it is written on every path");
  }
  return Done{};
}

void BlockCheck::apply_writes(const Instruction& i) {
  if (!state_) return;
  for (const Operand& operand : operands_of(i)) {
    if (operand.place == Place::Out) state_->write_value(operand.value);
    if (operand.place == Place::TruthOut) state_->write_truth(operand.value);
  }
  if (starts_iteration(i.opcode) || i.opcode == Opcode::CountNext) state_->finish(i.a, true);
}

Status BlockCheck::check_result(const Instruction& i) {
  if (info(i.opcode).flow != Flow::Return) return Done{};
  if (loops_.loop_of(at_) != kNone) return error(Code::BundleLoop, "returns from inside an iteration");
  const BlockResult result = i.opcode == Opcode::ReturnTruth ? BlockResult::Truth : BlockResult::Value;
  if (result_ && *result_ != result) return error(Code::BundleResult, "returns another kind than before");
  result_ = result;
  return Done{};
}

void BlockCheck::flow_to(std::uint32_t target) {
  if (!state_) return;
  if (pending_[target])
    pending_[target]->intersect(*state_);
  else
    pending_[target] = state_;
}

Status BlockCheck::run(CodeFacts& facts) {
  for (at_ = 0; at_ < code_.size(); ++at_)
    if (auto status = check_operands(code_[at_]); !status) return status;
  at_ = static_cast<std::uint32_t>(code_.size() - 1);
  if (info(code_[at_].opcode).flow != Flow::Return)
    return error(Code::BundleResult, "ends its block without a result");
  if (const auto problem = loops_.build(code_)) {
    at_ = problem->instruction;
    return error(problem->limit ? Code::BundleLimit : Code::BundleLoop, problem->what);
  }

  state_.emplace(block_);
  for (at_ = 0; at_ < code_.size(); ++at_) {
    const Instruction& i = code_[at_];
    if (pending_[at_]) {
      if (state_)
        state_->intersect(*pending_[at_]);
      else
        state_ = std::move(pending_[at_]);
      pending_[at_].reset();
    }
    if (auto status = check_jumps(i); !status) return status;
    if (auto status = check_binders(i); !status) return status;
    if (auto status = check_reads(i); !status) return status;
    if (auto status = check_result(i); !status) return status;
    apply_writes(i);
    for (const Operand& operand : operands_of(i))
      if (operand.place == Place::Target) flow_to(operand.value);
    if (starts_iteration(i.opcode) && state_) state_->finish(i.a, false); // inside the body
    if (i.opcode == Opcode::RunTest) facts.tests[number_].push_back(i.d);
    const Flow flow = info(i.opcode).flow;
    if (flow == Flow::Jump || flow == Flow::Return) state_.reset();
  }
  facts.results[number_] = *result_; // the last instruction is a return
  return Done{};
}

} // namespace

Status verify_code(const Program& program, CodeFacts& facts) {
  facts.results.assign(program.blocks.size(), BlockResult::Truth);
  facts.tests.assign(program.blocks.size(), {});
  std::vector<std::uint8_t> stars(program.fields.size(), 0);
  for (std::uint32_t b = 0; b < program.blocks.size(); ++b)
    if (auto status = BlockCheck(program, b, stars).run(facts); !status) return status;
  return Done{};
}

} // namespace writ::bc
