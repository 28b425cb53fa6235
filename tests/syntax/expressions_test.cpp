// SPDX-License-Identifier: MIT
// The table of expressions.txt.
#include "syntax/ast_dump.h"
#include "syntax/corpus.h"

#include <catch2/catch.hpp>

#include <sstream>

using namespace writ;

namespace {

std::string without_outer_blanks(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// The tree of an expression, or the first report.
std::string tree_of(const std::string& text) {
  const test::ParsedText parsed = test::parse_text("expression.writ", "let e = " + text + "\n");
  if (!parsed.diagnostics.all().empty()) return parsed.diagnostics.all().front().message;
  REQUIRE(parsed.module.lets.size() == 1);
  const syntax::Expr& value = parsed.module.lets[0].value;
  CHECK(parsed.sources.text_of(value.span) == text); // the span of the whole covers the whole
  return syntax::dump(value);
}

} // namespace

TEST_CASE("expressions have the trees of the table") {
  std::istringstream table(test::read_project_file("tests/syntax/expressions.txt"));
  std::string line;
  std::size_t cases = 0;
  while (std::getline(table, line)) {
    if (line.empty() || line.front() == '#') continue;
    const std::size_t arrow = line.find(" => ");
    INFO(line);
    REQUIRE(arrow != std::string::npos);
    CHECK(tree_of(without_outer_blanks(line.substr(0, arrow))) ==
          without_outer_blanks(line.substr(arrow + 4)));
    ++cases;
  }
  CHECK(cases > 80);
}

TEST_CASE("an expression inside a text has offsets of the text") {
  SourceMap sources;
  sources.add("another", "0123456789");
  const SourceId id = sources.add("message", "\"a {x.name == \\\"b\\\"} c\"");
  Diagnostics diagnostics;
  syntax::Expr expr;
  REQUIRE(syntax::parse_expression(sources, id, 4, 19, expr, diagnostics));
  CHECK(syntax::dump(expr) == "(== (.name x) \"b\")");
  CHECK(sources.text_of(expr.children[0].name_span) == "name");
  CHECK(sources.source_of(expr.span) == id);
}

TEST_CASE("long trees are printed over several lines") {
  std::string text = "let a = f(";
  for (int i = 0; i < 12; ++i)
    text += (i == 0 ? "" : ", ") + std::string("argument_number_") + std::to_string(i);
  const test::ParsedText parsed = test::parse_text("long.writ", text + ")\n");
  const std::string dumped = syntax::dump(parsed.module);
  CHECK(dumped.find("let a (call f\n    argument_number_0\n") == 0);
  CHECK(dumped.find("argument_number_11)\n") != std::string::npos);
}
