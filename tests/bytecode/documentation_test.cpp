// SPDX-License-Identifier: MIT
// docs/bytecode.md holds the opcode table as text; it is made here, so that it cannot fall behind.
// WRIT_UPDATE=1 rewrites it.
#include "sample.h"

#include <cstdlib>

using namespace writ::bc;
using namespace writ::bc::testing;

namespace {

constexpr std::string_view kBegin =
    "<!-- opcodes: generated from opcodes.def; WRIT_UPDATE=1 bytecode_test rewrites it -->\n";
constexpr std::string_view kEnd = "<!-- end of opcodes -->\n";

std::string_view word(Place place) {
  switch (place) {
  case Place::None:
    return "";
  case Place::Operator:
    return "operator";
  case Place::Level:
    return "level";
  case Place::Flags:
    return "flags";
  case Place::Out:
    return "value (written)";
  case Place::In:
    return "value";
  case Place::Both:
    return "value (changed)";
  case Place::TruthOut:
    return "truth (written)";
  case Place::TruthIn:
    return "truth";
  case Place::TruthBoth:
    return "truth (changed)";
  case Place::Binder:
    return "binder";
  case Place::Argc:
    return "number of values";
  case Place::Constant:
    return "constant";
  case Place::Parameter:
    return "parameter";
  case Place::Field:
    return "field";
  case Place::Function:
    return "function";
  case Place::Join:
    return "join";
  case Place::Test:
    return "test";
  case Place::Target:
    return "target";
  case Place::Back:
    return "first instruction of the body";
  }
  return "";
}

std::string_view word(Flow flow) {
  switch (flow) {
  case Flow::Next:
    return "next";
  case Flow::Branch:
    return "branch";
  case Flow::Jump:
    return "jump";
  case Flow::Loop:
    return "loop";
  case Flow::Return:
    return "return";
  }
  return "";
}

std::string opcode_table() {
  std::string table = "\n| # | opcode | operands | flow | meaning |\n|---|---|---|---|---|\n";
  for (const OpcodeInfo& row : all_opcodes()) {
    std::string operands;
    const std::pair<char, Place> places[] = {{'x', row.x}, {'a', row.a}, {'b', row.b},
                                             {'c', row.c}, {'d', row.d}, {'e', row.e}};
    for (const auto& [letter, place] : places) {
      if (place == Place::None) continue;
      if (!operands.empty()) operands += ", ";
      operands += letter;
      (operands += ' ') += word(place);
    }
    table += "| " + std::to_string(static_cast<int>(row.opcode)) + " | `" + std::string(row.name) + "` | " +
             operands + " | " + std::string(word(row.flow)) + " | " + std::string(row.doc) + " |\n";
  }
  return table + "\n";
}

} // namespace

TEST_CASE("the opcode table of docs/bytecode.md is up to date") {
  const auto path = std::filesystem::path(WRIT_SOURCE_DIR) / "docs" / "bytecode.md";
  const std::string text = read_test_file(path);
  const std::size_t begin = text.find(kBegin);
  const std::size_t end = text.find(kEnd);
  REQUIRE(begin != std::string::npos);
  REQUIRE(end != std::string::npos);
  const std::string expected = text.substr(0, begin + kBegin.size()) + opcode_table() + text.substr(end);
  if (text != expected && std::getenv("WRIT_UPDATE") != nullptr) {
    std::ofstream(path, std::ios::binary) << expected;
    return;
  }
  CHECK(text == expected);
}

TEST_CASE("opcodes are found by name in any case") {
  for (const OpcodeInfo& row : all_opcodes()) {
    CHECK(find_opcode(row.name) == row.opcode);
    CHECK(&info(row.opcode) == &row);
    CHECK_FALSE(row.doc.empty());
  }
  CHECK(find_opcode("testfield") == Opcode::TestField);
  CHECK_FALSE(find_opcode("Test").has_value());
}
