// SPDX-License-Identifier: MIT
// What expressions become: tests/check/lowering/*.txt hold an expression a line, followed by its IR,
// indented. Lines that begin with '#' are comments, lines that begin with '+' are items of the control around
// the next expression (parameters, constants, functions); ~/ stands for the type in names of aliases. With
// WRIT_UPDATE_GOLDENS set, the tables are written anew: read the difference before you keep it.
#include "check/project.h"
#include "ir/dump.h"
#include "ir/verify.h"
#include "support/annotations.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <sstream>

using namespace writ;

namespace {

struct Row {
  std::string head; ///< comments and items as they stand
  std::string items;
  std::string expression;
  std::string expected;
};

std::vector<Row> read_rows(const std::string& text) {
  std::vector<Row> rows;
  std::string head;
  std::string items;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    if (line.front() == '#' || line.front() == '+') head += line + "\n";
    if (line.front() == '+') items += line.substr(1) + "\n";
    if (line.front() == '#' || line.front() == '+') continue;
    if (line.front() == ' ')
      rows.back().expected += line + "\n";
    else
      rows.push_back({std::exchange(head, {}), std::exchange(items, {}), line, {}});
  }
  return rows;
}

/// Blanks between tokens do not matter: one between words, none inside parentheses.
std::string normal(const std::string& text) {
  std::string out;
  for (char c : text) {
    const bool blank = c == ' ' || c == '\n';
    if (blank && (out.empty() || out.back() == ' ' || out.back() == '(')) continue;
    if (c == ')' && !out.empty() && out.back() == ' ') out.pop_back();
    out += blank ? ' ' : c;
  }
  while (!out.empty() && out.back() == ' ')
    out.pop_back();
  return out;
}

/// The dump, indented, with the type in names of aliases shortened.
std::string dump_of(const ir::Graph& graph, ir::NodeId node) {
  const std::string type = "\"Microsoft.CognitiveServices/accounts/";
  std::string text = "  " + ir::dump(graph, node);
  for (std::size_t at = text.find(type); at != std::string::npos; at = text.find(type, at))
    text.replace(at, type.size(), "\"~/");
  while (text.ends_with('\n'))
    text.pop_back();
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
    text.replace(at, 1, "\n  ");
  return text + "\n";
}

std::string problems_of(const testing::CheckedText& checked) {
  std::string text;
  for (const ir::Problem& problem : ir::verify(checked.project.set))
    text += problem.policy + ": " + problem.text + "\n";
  return text;
}

} // namespace

TEST_CASE("expressions become the IR that the tables say", "[check]") {
  std::size_t rows = 0;
  const bool update = std::getenv("WRIT_UPDATE_GOLDENS") != nullptr;
  for (const std::string& file : testing::list_source_files("tests/check/lowering", ".txt")) {
    std::string rewritten;
    for (const Row& row : read_rows(testing::read_source_file(file))) {
      ++rows;
      const std::string source = "control example \"Example\" {\n  id \"X-1\" severity low\n"
                                 "  on Microsoft.CognitiveServices/accounts as account\n" +
                                 row.items + "  require " + row.expression + "\n}\n";
      INFO(file << ": " << row.expression);
      testing::CheckedText checked = testing::check_text(source);
      for (const Diagnostic& diagnostic : checked.diagnostics.all())
        FAIL_CHECK(diagnostic.message);
      if (checked.project.set.policies.size() != 1) continue;
      ir::Graph& graph = *checked.project.set.graph;
      const ir::NodeId required = graph.negate(checked.project.set.policies[0].violations.at(0).when);
      const std::string dump = dump_of(graph, required);
      rewritten += row.head + row.expression + "\n" + dump + "\n";
      if (!update) CHECK(normal(dump) == normal(row.expected));
      CHECK(problems_of(checked) == "");
    }
    if (update) CHECK(DiskFiles().write(WRIT_SOURCE_DIR "/" + file, rewritten).ok());
  }
  CHECK(rows > 30);
}

TEST_CASE("whatever is checked is well formed IR", "[check]") {
  for (const std::string& file : testing::list_source_files("tests/check/cases", ".writ")) {
    INFO(file);
    CHECK(problems_of(testing::check_text(testing::read_source_file(file))) == "");
  }
}
