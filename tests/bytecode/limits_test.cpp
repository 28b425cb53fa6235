// SPDX-License-Identifier: MIT
// Limits of the format, and lies that assembly cannot spell.
#include "sample.h"
#include "writ/bytecode/format.h"

using namespace writ;
using namespace writ::bc;
using namespace writ::bc::testing;

namespace {

Program tiny() { return assembled("node\ntype\nblock values=1\nLoadConstant v0 =1\nReturnValue v0"); }

} // namespace

TEST_CASE("a place that an opcode does not have is zero") {
  for (const OpcodeInfo& row : all_opcodes()) {
    Program program = tiny();
    Instruction& i = program.code[0];
    i = Instruction{};
    i.opcode = row.opcode;
    if (row.e == Place::None)
      i.e = 7;
    else if (row.c == Place::None)
      i.c = 7;
    else
      i.b = row.b == Place::None ? 7 : 0;
    INFO(row.name);
    CHECK(code_of(verify(program)).substr(0, 3) == "E06");
  }
  Program program = tiny();
  program.code[0].e = 1;
  CHECK(code_of(verify(program)) == "E0606");
}

TEST_CASE("operator numbers are checked") {
  Program program = assembled(
      "node\ntype\nblock values=1 truths=1\nLoadConstant v0 =1\nTestValue equals t0 v0 v0\nReturnTruth t0");
  CHECK(code_of(verify(program)) == "accepted");
  program.code[1].x = 200;
  CHECK(code_of(verify(program)) == "E0606");
}

TEST_CASE("a program has the empty string and an entry for other types") {
  Program program = tiny();
  program.strings[0] = "x";
  CHECK(code_of(verify(program)) == "E0604");
  program = tiny();
  program.types.clear();
  CHECK(code_of(verify(program)) == "E0604");
  CHECK(code_of(verify(Program{})) == "E0604");
}

TEST_CASE("a string that is not in the pool is refused") {
  Program program = tiny();
  program.steps.push_back({99, false});
  CHECK(code_of(verify(program)) == "E0605");
}

TEST_CASE("code outside every block is refused") {
  Program program = tiny();
  program.code.push_back(program.code.back());
  CHECK(code_of(verify(program)) == "E0604");
  program = tiny();
  program.blocks[0].start = 1;
  CHECK(code_of(verify(program)) == "E0605");
}

TEST_CASE("register counts are limited") {
  Program program = tiny();
  program.blocks[0].values = ProgramLimits::kRegisters;
  CHECK(code_of(verify(program)) == "accepted");
  program.blocks[0].values = ProgramLimits::kRegisters + 1;
  CHECK(code_of(verify(program)) == "E0612");
  program = tiny();
  program.blocks[0].binders = ProgramLimits::kBinders + 1;
  CHECK(code_of(verify(program)) == "E0612");
}

TEST_CASE("a block may be long or have many registers, not both") {
  Program program = tiny();
  program.blocks[0].values = 4096;
  const Instruction load = program.code[0];
  program.code.insert(program.code.begin(), ProgramLimits::kFlowBits / 4096, load);
  program.blocks[0].length = static_cast<std::uint32_t>(program.code.size());
  CHECK(code_of(verify(program)) == "E0612");
  program.blocks[0].values = 1;
  CHECK(code_of(verify(program)) == "accepted");
}

TEST_CASE("overlapping ranges cannot make the verifier slow") {
  Program program = tiny();
  program.steps.resize(60);
  program.strings.push_back("a");
  for (Step& step : program.steps)
    step.name = 1;
  FieldPath path;
  path.step_count = 60;
  program.paths.assign(ProgramLimits::kRangeTotal / 60 + 1, path);
  CHECK(code_of(verify(program)) == "E0612");
}

TEST_CASE("paths, patterns and calls have a greatest length") {
  Program program = tiny();
  program.strings.push_back("a");
  program.steps.assign(ProgramLimits::kPathSteps + 1, Step{1, false});
  FieldPath path;
  path.step_count = ProgramLimits::kPathSteps;
  program.paths = {path};
  CHECK(code_of(verify(program)) == "accepted");
  program.paths[0].step_count = ProgramLimits::kPathSteps + 1;
  CHECK(code_of(verify(program)) == "E0612");

  program = tiny();
  program.strings.emplace_back(ProgramLimits::kPatternText + 1, '{');
  program.paths.emplace_back();
  program.paths[0].pattern_phrase = program.paths[0].pattern_variable = 1;
  CHECK(code_of(verify(program)) == "E0612");

  std::string text = "node\ntype\nblock values=2100\nLoadConstant v0 =1\n";
  for (int i = 0; i < 2100; ++i)
    text += "LoadConstant v" + std::to_string(i) + " c0\n";
  CHECK(code_of(verify(assembled(text + "MakeList v0 v0 *2048\nReturnValue v0"))) == "accepted");
  CHECK(code_of(verify(assembled(text + "MakeList v0 v0 *2049\nReturnValue v0"))) == "E0612");
}

TEST_CASE("constants nest to a limit") {
  Program program = tiny();
  Value value = Value::integer(1);
  for (unsigned depth = 0; depth < ProgramLimits::kConstantDepth; ++depth)
    value = Value::array({program.arena->make(value), 1});
  program.constants[0] = value;
  CHECK(code_of(load_text(store_program(program))) == "accepted");
  program.constants[0] = Value::array({program.arena->make(value), 1});
  CHECK(code_of(load_text(store_program(program))) == "E0604");
}
