// SPDX-License-Identifier: MIT
// Every report of a file of reject/ is announced beside its line, and nothing else is reported. A file with a
// tree beside it also shows what was understood in spite of the mistakes.
#include "syntax/annotations.h"
#include "syntax/ast_dump.h"
#include "syntax/ast_verify.h"
#include "syntax/corpus.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <set>

using namespace writ;

namespace {

bool fulfils(const Diagnostic& d, const test::Annotation& a, const SourceMap& sources) {
  const LineColumn at = sources.position(d.span.begin);
  return (at.line == a.line || (a.is_last && sources.text_of(d.span).empty())) &&
         info(d.code).number == a.code && d.message.find(a.text) != std::string::npos &&
         (a.column == 0 || (at.column == a.column && d.span.end - d.span.begin == a.length));
}

} // namespace

TEST_CASE("mistakes are reported where the corpus says, and only there") {
  const std::vector<std::string> files = test::project_files("tests/syntax/reject", ".writ");
  REQUIRE(files.size() >= 10);
  for (const std::string& file : files) {
    const std::string text = test::read_project_file(file);
    const test::ParsedText parsed = test::parse_text(file, text);
    CHECK_FALSE(parsed.module.complete);
    CHECK(syntax::verify(parsed.module, parsed.sources).empty());
    std::vector<test::Annotation> expected = test::read_annotations(text);
    CHECK(!expected.empty());
    for (const Diagnostic& d : parsed.diagnostics.all()) {
      const auto found = std::find_if(expected.begin(), expected.end(),
                                      [&](const auto& a) { return fulfils(d, a, parsed.sources); });
      if (found == expected.end())
        FAIL_CHECK(file << ": not announced: " << info(d.code).number << " " << d.message);
      else
        expected.erase(found);
    }
    for (const test::Annotation& a : expected)
      FAIL_CHECK(file << ":" << a.line << ": not reported: " << a.code << " " << a.text);
    const std::string tree = file.substr(0, file.size() - 5) + ".ast";
    if (std::filesystem::exists(std::filesystem::path(WRIT_SOURCE_DIR) / tree))
      test::check_golden(tree, syntax::dump(parsed.module));
  }
}

TEST_CASE("three mistakes give three reports") {
  const test::ParsedText parsed =
      test::parse_text("three.writ", test::read_project_file("tests/syntax/reject/three_mistakes.writ"));
  CHECK(parsed.diagnostics.errors() == 3);
  CHECK(parsed.module.controls.size() == 3);
}

TEST_CASE("notes and edits tell how to mend a slip") {
  const test::ParsedText parsed =
      test::parse_text("slips.writ", "let a = 'x'\nlet b = a && a\nlet c = a = 1\n");
  const auto all = parsed.diagnostics.all();
  REQUIRE(all.size() == 3);
  REQUIRE(all[0].edits.size() == 1);
  CHECK(all[0].edits[0].replacement == "\"x\"");
  CHECK(parsed.sources.text_of(all[0].edits[0].span) == "'x'");
  REQUIRE(all[1].edits.size() == 1);
  CHECK(all[1].edits[0].replacement == "and");
  CHECK(all[2].notes == std::vector<std::string>{"a comparison is written `==`"});
}
