// SPDX-License-Identifier: MIT
// Which controls run for a type, and which fields can be read there.
#include "codegen/codegen.h"
#include "ir/dump.h"
#include "writ/bytecode/bundle.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace writ;

namespace {

/// Ids of the controls of a type ("" = every other type), in order; "-" when the type has no entry.
std::string controls_of(const bc::Program& program, std::string_view type) {
  for (const bc::TypeProgram& entry : program.types) {
    const std::string name = entry.name == bc::kNone ? "" : program.strings[entry.name];
    if (name != type) continue;
    std::string out;
    for (std::uint32_t i = 0; i < entry.control_count; ++i)
      out += (i > 0 ? " " : "") +
             program.strings[program.controls[program.type_controls[entry.first_control + i]].id];
    return out;
  }
  return "-";
}

bc::Program program_of(std::string_view text, SemanticsOptions semantics = {}) {
  ir::ParsedSet read = ir::parse_set(text);
  REQUIRE(read.error == "");
  codegen::Options options;
  options.semantics = semantics;
  Diagnostics diagnostics;
  bc::Program program = codegen::generate(read.set, options, diagnostics);
  REQUIRE(bc::verify(program).ok());
  return program;
}

bc::Program with_applicable(std::string_view applicable, SemanticsOptions semantics = {}) {
  return program_of(
      "(policy \"P\" control (applicable " + std::string(applicable) +
          ") (violation (const true)))"
          R"((policy "Q" control (applicable (test in (field "type") (lit ["A.B/c","A.B/d"]))) (violation (const true))))",
      semantics);
}

} // namespace

TEST_CASE("type tests decide where a control runs") {
  struct Row {
    std::string_view applicable;
    std::string_view on_c, on_d, elsewhere;
  };
  const std::vector<Row> rows = {
      {"(const true)", "P Q", "P Q", "P"},
      {"(const false)", "Q", "Q", ""},
      {R"((test equals (field "type") (lit "a.b/C")))", "P Q", "Q", ""},
      {R"((test notEquals (field "type") (lit "A.B/c")))", "Q", "P Q", "P"},
      {R"((test in (field "type") (lit ["A.B/d","A.B/x"])))", "Q", "P Q", ""},
      {R"((test notIn (field "type") (lit ["A.B/c","A.B/d"])))", "Q", "Q", "P"},
      {R"((test like (field "type") (lit "*/c")))", "P Q", "Q", "P"}, // elsewhere it may match
      {R"((test contains (field "type") (lit "b/D")))", "Q", "P Q", "P"},
      {R"((not (test equals (field "type") (lit "A.B/c"))))", "Q", "P Q", "P"},
      {R"((and (test equals (field "type") (lit "A.B/c")) (test equals (field "kind") (lit "x"))))", "P Q",
       "Q", ""},
      {R"((or (test equals (field "type") (lit "A.B/c")) (test equals (field "kind") (lit "x"))))", "P Q",
       "P Q", "P"},
      {R"((not (or (test equals (field "type") (lit "A.B/c")) (test equals (field "kind") (lit "x")))))", "Q",
       "P Q", "P"},
      {R"((and (test equals (field "type") (lit "A.B/c")) (test equals (field "type") (lit "A.B/d"))))", "Q",
       "Q", ""},
      {R"((test equals (value "type") (lit "A.B/c")))", "P Q", "P Q", "P"}, // no dispatch on values
      {R"((test equals (field "type") (value "kind")))", "P Q", "P Q", "P"},
      {R"((test exists (field "type") (lit true)))", "P Q", "P Q", "P"},
      {R"((test equals (count (lit []) (test equals (field "type") (lit "A.B/c"))) (lit 0)))", "P Q", "P Q",
       "P"},
  };
  for (const Row& row : rows) {
    INFO(row.applicable);
    const bc::Program program = with_applicable(row.applicable);
    CHECK(controls_of(program, "a.b/c") == row.on_c);
    CHECK(controls_of(program, "a.b/d") == row.on_d);
    CHECK(controls_of(program, "") == row.elsewhere);
  }
}

TEST_CASE("types without a slash are types, too") {
  const bc::Program program = with_applicable(R"((test equals (field "type") (lit "agent")))");
  CHECK(controls_of(program, "agent") == "P");
  CHECK(controls_of(program, "") == "");
}

TEST_CASE("dispatch follows the compatibility switches of the program") {
  SemanticsOptions semantics;
  semantics.like_question_mark = true;
  const bc::Program program = with_applicable(R"((test like (field "type") (lit "A.B/?")))", semantics);
  CHECK(controls_of(program, "a.b/c") == "P Q");
}

TEST_CASE("aliases are read where they resolve, and only there") {
  const bc::Program program = program_of(R"(
    (field "x" alias (on "A.B/c" (path "properties.x")) (on "A.B/d" (path "properties.list[*].x")))
    (policy "P" control (applicable (const true)) (violation (test equals (field "x") (lit 1)))))");
  REQUIRE(program.types.size() == 3);
  const auto uses_of = [&](std::string_view type) {
    for (const bc::TypeProgram& entry : program.types)
      if ((entry.name == bc::kNone ? "" : program.strings[entry.name]) == type) return entry.use_count;
    return ~0U;
  };
  CHECK(uses_of("") == 0);
  CHECK(uses_of("a.b/c") == 1);
  CHECK(uses_of("a.b/d") == 1);
  const auto star = std::find_if(program.slot_uses.begin(), program.slot_uses.end(),
                                 [](const bc::SlotUse& use) { return use.each; });
  REQUIRE(star != program.slot_uses.end());
  CHECK(star->step_count == 1);
  CHECK(program.strings[program.steps[star->first_step].name] == "x");
}

TEST_CASE("the whole resource is kept only where something needs it") {
  const bc::Program program = program_of(R"(
    (field "v" alias (on "A.B/c" (path "properties.v") (versions "2020-01-01" (path "properties.old"))))
    (field "r" alias (on "A.B/d" (path "r") (record)))
    (field "p" alias (on "A.B/e" (path "properties.p")))
    (policy "P" control (applicable (test in (field "type") (lit ["A.B/c","A.B/d","A.B/e"])))
      (violation (or (test equals (field "v") (lit 1)) (test equals (field "r") (lit 1)) (test equals (field "p") (lit 1)))))
    (policy "N" control (applicable (test equals (field "type") (lit "A.B/f")))
      (violation (test equals (dynfield (value "kind")) (lit 1)))))");
  std::string whole;
  for (const bc::TypeProgram& type : program.types)
    if (type.needs_whole) whole += program.strings[type.name] + " ";
  CHECK(whole == "a.b/c a.b/d a.b/f ");
}

TEST_CASE("fields of related resources are read on their type") {
  const bc::Program program = program_of(R"(
    (policy "P" definition (applicable (test equals (field "type") (lit "A.B/c"))) (violation (const true))
      (effect (lit "auditIfNotExists") (existence (type (lit "A.B/related"))
        (condition (and (test equals (field "properties.on") (lit true)) (test equals (value "properties.key" primary) (lit 1))))))))");
  const auto keys_of = [&](std::string_view type) {
    std::string out;
    for (const bc::TypeProgram& entry : program.types) {
      if ((entry.name == bc::kNone ? "" : program.strings[entry.name]) != type) continue;
      for (std::uint32_t u = entry.first_use; u < entry.first_use + entry.use_count; ++u)
        out += program.strings[program.fields[program.slot_uses[u].field].name] + " ";
    }
    return out;
  };
  CHECK(keys_of("a.b/related") == "properties.on ");
  CHECK(keys_of("a.b/c") == "properties.key ");
  REQUIRE(program.relations.size() == 1);
  CHECK(program.relations[0].condition_reads_primary);
  CHECK(program.strings[program.relations[0].static_type] == "a.b/related");
}
