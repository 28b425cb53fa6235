// SPDX-License-Identifier: MIT
// What holds for every generated program.
#include "codegen/codegen.h"
#include "ir/dump.h"
#include "ir/standard_library.h"
#include "passes/pass.h"
#include "writ/bytecode/bundle.h"

#include <catch2/catch.hpp>
#include <cstring>

using namespace writ;
using namespace writ::testing;

namespace {

bc::Program generate(std::string_view text, Diagnostics& diagnostics, const codegen::Options& options = {}) {
  ir::ParsedSet read = ir::parse_set(text);
  REQUIRE(read.error == "");
  return codegen::generate(read.set, options, diagnostics);
}

std::string verification(const bc::Program& program) {
  const Status status = bc::verify(program);
  return status.ok() ? "" : status.error().message;
}

std::size_t count_of(const bc::Program& program, bc::Opcode opcode) {
  return static_cast<std::size_t>(
      std::count_if(program.code.begin(), program.code.end(),
                    [&](const bc::Instruction& instruction) { return instruction.opcode == opcode; }));
}

} // namespace

TEST_CASE("the standard library compiles to verified programs that survive storing") {
  const bool open = GENERATE(true, false);
  const bool optimise = GENERATE(true, false);
  CheckedText library = standard_library();
  Diagnostics diagnostics;
  passes::Options pass_options;
  pass_options.optimise = optimise;
  pass_options.open_parameters = open;
  REQUIRE(passes::run(library.project.set, pass_options, diagnostics).problems.empty());
  codegen::Options options;
  options.open_parameters = open;
  options.sources = &library.sources;
  const bc::Program program = codegen::generate(library.project.set, options, diagnostics);
  CHECK(diagnostics.all().empty());
  CHECK(program.controls.size() == library.project.set.policies.size());
  REQUIRE(verification(program) == "");
  const std::string bytes = bc::store_program(program);
  const Result<bc::Program> loaded = bc::load_program(std::as_bytes(std::span(bytes)), "test");
  REQUIRE(loaded.ok());
  CHECK(bc::disassemble(*loaded) == bc::disassemble(program));
}

TEST_CASE("generation is deterministic") {
  const auto bytes = [] {
    CheckedText library = standard_library();
    Diagnostics diagnostics;
    passes::run(library.project.set, {}, diagnostics);
    return bc::store_program(codegen::generate(library.project.set, {}, diagnostics));
  };
  CHECK(bytes() == bytes());
}

TEST_CASE("a test of several controls is computed once") {
  std::string text;
  for (int i = 0; i < 5; ++i)
    text += "(policy \"P-" + std::to_string(i) +
            "\" control (applicable (const true)) (violation (and (test equals (field \"kind\") (lit \"a\")) "
            "(test equals (field \"properties.x\") (lit " +
            std::to_string(i) + ")))))\n";
  Diagnostics diagnostics;
  const bc::Program program = generate(text, diagnostics);
  CHECK(program.tests.size() == 1);
  CHECK(count_of(program, bc::Opcode::RunTest) == 5);
  CHECK(count_of(program, bc::Opcode::TestField) == 6);
}

TEST_CASE("equal conditions of controls are one block") {
  constexpr std::string_view kPolicy =
      "control (applicable (test equals (field \"kind\") (lit \"a\"))) (violation (const true)))\n";
  Diagnostics diagnostics;
  const bc::Program program = generate(
      "(policy \"A\" " + std::string(kPolicy) + "(policy \"B\" " + std::string(kPolicy), diagnostics);
  REQUIRE(program.controls.size() == 2);
  CHECK(program.controls[0].applicable == program.controls[1].applicable);
  CHECK(program.violations[0].condition == program.violations[1].condition);
}

TEST_CASE("parameters without value are reported and their control is left out") {
  constexpr std::string_view kText = R"(
    (policy "A" control (parameter "limit" integer) (applicable (test less (field "properties.x") (param "limit"))))
    (policy "B" control (applicable (const true))))";
  Diagnostics diagnostics;
  const bc::Program program = generate(kText, diagnostics);
  REQUIRE(diagnostics.all().size() == 1);
  CHECK(diagnostics.all()[0].code == Code::MissingParameter);
  CHECK(diagnostics.all()[0].message.find("`limit` of `A`") != std::string::npos);
  CHECK(program.controls.size() == 1);

  // Open parameters may get their value when the bundle is loaded.
  Diagnostics open_diagnostics;
  codegen::Options open;
  open.open_parameters = true;
  const bc::Program later = generate(kText, open_diagnostics, open);
  CHECK(open_diagnostics.all().empty());
  REQUIRE(later.parameters.size() == 1);
  CHECK(later.parameters[0].value == bc::kNone);
  CHECK_FALSE(later.parameters[0].bound);
  CHECK(count_of(later, bc::Opcode::LoadParameter) == 1);
}

TEST_CASE("tests that read parameters are shared by nobody while parameters are open") {
  constexpr std::string_view kBody =
      R"(control (parameter "p" string (default (lit "x"))) (applicable (test equals (field "kind") (param "p")))
         (violation (test equals (field "kind") (param "p")))))";
  codegen::Options open;
  open.open_parameters = true;
  Diagnostics diagnostics;
  const bc::Program program = generate(
      "(policy \"A\" " + std::string(kBody) + "(policy \"B\" " + std::string(kBody), diagnostics, open);
  CHECK(verification(program) == "");
  CHECK(program.tests.empty());
  CHECK(program.parameters.size() == 2);
  CHECK_FALSE(program.controls[0].applicable == program.controls[1].applicable);
}

TEST_CASE("many counts of one condition fit a block") {
  std::string children;
  for (int i = 0; i < 100; ++i)
    children +=
        " (test equals (count (field \"properties.a[*]\") (test equals (current binder 0 level 1) (lit " +
        std::to_string(i) + "))) (lit 1))";
  Diagnostics diagnostics;
  const bc::Program program = generate(
      "(policy \"A\" control (applicable (const true)) (violation (and" + children + ")))", diagnostics);
  CHECK(verification(program) == "");
}

TEST_CASE("instructions know their lines") {
  CheckedText checked = check_text(R"(module m
/// Doc.
control c "A control" {
  id "C-1" severity low category "Test"
  on Microsoft.CognitiveServices/accounts as account
  require account.kind == "OpenAI"
    else "{account.name} is another kind"
  require account.disableLocalAuth == true
}
)");
  REQUIRE_FALSE(checked.diagnostics.has_errors());
  codegen::Options options;
  options.sources = &checked.sources;
  Diagnostics diagnostics;
  const bc::Program program = codegen::generate(checked.project.set, options, diagnostics);
  REQUIRE(program.controls.size() == 1);
  CHECK(program.controls[0].line == 3);
  REQUIRE(program.violations.size() == 2);
  CHECK(program.violations[0].span_begin == 6);
  CHECK(program.violations[1].span_begin == 8);
  const auto line_of = [&](std::uint32_t block) {
    std::uint32_t line = 0;
    for (const bc::SourceEntry& entry : program.source_map)
      if (entry.instruction <= program.blocks[block].start) line = entry.line;
    return line;
  };
  CHECK(line_of(program.controls[0].applicable) == 3);
  CHECK(line_of(program.violations[0].condition) == 6);
  CHECK(line_of(program.violations[1].condition) == 8);
}
