// SPDX-License-Identifier: MIT
// Text and bytes say the same as the program in memory.
#include "sample.h"
#include "writ/bytecode/format.h"

using namespace writ;
using namespace writ::bc;
using namespace writ::bc::testing;

TEST_CASE("the sample is a valid program") {
  const auto status = verify(sample_program());
  if (!status) FAIL(status.error().message);
  SUCCEED();
}

TEST_CASE("storing and loading changes nothing") {
  const Program program = sample_program();
  const std::string bytes = store_program(program);
  auto loaded = load_text(bytes);
  REQUIRE(code_of(loaded) == "accepted");
  CHECK(store_program(*loaded) == bytes);
  CHECK(disassemble(*loaded) == disassemble(program));
  CHECK(loaded->catalog_hash == "sample-1");
  CHECK(loaded->semantics.lenient_ordering);
  CHECK_FALSE(loaded->semantics.numeric_strings);
  CHECK(loaded->code == program.code);
  CHECK(to_json(loaded->constants[1]) == R"(["a",1,-2.5,true,null,{"k":{}}])");
}

TEST_CASE("a bundle starts with the documented header") {
  const std::string bytes = store_program(sample_program());
  CHECK(bytes.substr(0, 8) == "WRITB\r\n\x1a");
  CHECK(bytes.substr(8, 4) == std::string("\x03\0\0\0", 4));
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < 8; ++i)
    hash |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[kHashOffset + i])) << (8 * i);
  CHECK(hash == content_hash(std::string_view(bytes).substr(kHashedFrom)));
}

TEST_CASE("assembling a disassembly gives the same bytes") {
  const Program program = sample_program();
  const std::string text = disassemble(program);
  const Program again = assembled(text);
  CHECK(disassemble(again) == text);
  CHECK(store_program(again) == store_program(program));
}

TEST_CASE("a disassembly shows names, lines and structure") {
  const std::string text = disassemble(sample_program());
  CHECK(text.find("  ; lab.writ:5:9\n") != std::string::npos);
  CHECK(text.find("field[1] kind=Alias name=\"Contoso.Lab/widgets/tier\" paths=1+1 secret\n") !=
        std::string::npos);
  CHECK(text.find("   6:   TestBound equals t2 v1 b0 f0 ^1                 ; "
                  "Contoso.Lab/widgets/rules[*].access\n") != std::string::npos);
  CHECK(text.find("control_type[0] name=\"contoso.lab/widgets\"\n") != std::string::npos);
}

TEST_CASE("assembly that cannot be read names its line") {
  struct Row {
    const char* text;
    std::size_t line;
    const char* message;
  };
  const Row rows[] = {
      {"bogus", 1, "`bogus` is no directive, record or opcode"},
      {"\nJump @1", 2, "the instruction stands outside a block"},
      {"x: ", 1, "the label stands outside a block"},
      {"block values=1\nLoadConstant v0", 2, "LoadConstant takes more operands"},
      {"block values=1\nMove v0 v0 v0", 2, "Move takes fewer operands"},
      {"block values=1\nMove v0 t0", 2, "`t0` is no operand for this place of Move"},
      {"block values=1\nMove v0 v70000", 2, "`v70000` is no operand for this place of Move"},
      {"block\nJump @nowhere\nReturnTruth t0", 2, "there is no label `nowhere`"},
      {"block\na:\na:", 3, "the label `a` is there twice"},
      {"block\nJump 3", 2, "`3` is no jump target"},
      {"block\nTestField is t0 v0 f0", 2, "`is` is no operand for this place of TestField"},
      {"block\nCall v0 v0 *0 frobnicate", 2, "`frobnicate` is no operand for this place of Call"},
      {"block\nLoadField v0 f\"x\"", 2, "`f\"x\"` is no operand for this place of LoadField"},
      {"block values=x", 1, "`values` is no number that fits"},
      {"block values=65536", 1, "`values` is no number that fits"},
      {"block values=1 values=1", 1, "`values` is given twice"},
      {"step each=1", 1, "`each` takes no value"},
      {"step nome=\"x\"", 1, "`nome` is no field of this record"},
      {"step name=x", 1, "`x` is no JSON: "},
      {"step name=3", 1, "expected a string in quotes"},
      {"field kind=Colour", 1, "`Colour` is no known kind"},
      {"path steps=1", 1, "`steps` is no range such as 0+3"},
      {"path steps=\"a['b\"", 1, "a path is malformed"},
      {"path steps=\"['b\"", 1, "a step has no closing ']"},
      {"string \"x", 1, "a quote is not closed"},
      {"constant 1 2", 1, "`constant` takes one value"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const auto program = assemble(row.text);
    REQUIRE_FALSE(program);
    CHECK(info(program.error().code).number == "E0613");
    CHECK(program.error().line == row.line);
    CHECK(program.error().message.substr(0, std::string_view(row.message).size()) == row.message);
  }
}

TEST_CASE("values that are no constants are stored as null") {
  Program program = assembled("block values=1\nLoadConstant v0 =1\nReturnValue v0\ntype\nnode");
  program.constants[0] = Value::unknown();
  auto loaded = load_text(store_program(program));
  REQUIRE(code_of(loaded) == "accepted");
  CHECK(loaded->constants[0].is(ValueKind::Null));
}
