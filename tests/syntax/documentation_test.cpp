// SPDX-License-Identifier: MIT
// What the documentation shows is what the parser does: every example parses, every bad example gives the
// code of its page.
#include "syntax/ast_verify.h"
#include "syntax/corpus.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

using namespace writ;

namespace {

void check_examples_parse(const std::string& file, std::size_t fewest) {
  const std::vector<test::CodeBlock> blocks = test::code_blocks(test::read_project_file(file), "writ");
  CHECK(blocks.size() >= fewest);
  for (const test::CodeBlock& block : blocks) {
    const test::ParsedText parsed = test::parse_text(file + ":" + std::to_string(block.line), block.text);
    CHECK(test::report_text(parsed).empty());
    CHECK(syntax::verify(parsed.module, parsed.sources).empty());
  }
}

bool gives_code(const std::string& text, std::string_view number) {
  const test::ParsedText parsed = test::parse_text("bad.writ", text);
  const auto all = parsed.diagnostics.all();
  return std::any_of(all.begin(), all.end(),
                     [&](const Diagnostic& d) { return info(d.code).number == number; });
}

} // namespace

TEST_CASE("examples of the language reference parse") { check_examples_parse("docs/language.md", 18); }

TEST_CASE("examples of the error pages parse, and their bad examples do not") {
  std::size_t bad_examples = 0;
  std::size_t pages = 0;
  for (const CodeInfo& code : all_codes()) {
    if (!code.number.starts_with("E01")) continue;
    const std::string file = "docs/diagnostics/" + std::string(code.number) + ".md";
    INFO(file);
    const std::string page = test::read_project_file(file);
    CHECK(page.starts_with("# " + std::string(code.number) + ": " + std::string(code.summary) + "\n"));
    check_examples_parse(file, 1);
    for (const test::CodeBlock& block : test::code_blocks(page, "writ-error")) {
      CHECK(gives_code(block.text, code.number));
      ++bad_examples;
    }
    ++pages;
  }
  CHECK(pages >= 11);
  CHECK(bad_examples >= 7);
}

TEST_CASE("the grammar's page lists every keyword") {
  const std::string grammar = test::read_project_file("grammar/Writ.g4");
  const std::string page = test::read_project_file("grammar/README.md");
  // Keywords are the lexer rules of one quoted word: `MODULE : 'module' ;`
  std::size_t keywords = 0;
  for (std::size_t at = grammar.find(" : '"); at != std::string::npos; at = grammar.find(" : '", at + 1)) {
    const std::size_t end = grammar.find('\'', at + 4);
    const std::string word = grammar.substr(at + 4, end - at - 4);
    if (word.empty() || !std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
      continue;
    INFO(word);
    CHECK(page.find("`" + word + "`") != std::string::npos);
    ++keywords;
  }
  CHECK(keywords == 41);
}
