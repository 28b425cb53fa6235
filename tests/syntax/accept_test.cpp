// SPDX-License-Identifier: MIT
// Every file of accept/ and of the standard library parses; those of accept/ give the tree beside them.
#include "syntax/ast_dump.h"
#include "syntax/ast_verify.h"
#include "syntax/corpus.h"

#include <catch2/catch.hpp>

using namespace writ;

TEST_CASE("sources of the corpus parse to their trees") {
  const std::vector<std::string> files = test::project_files("tests/syntax/accept", ".writ");
  REQUIRE(files.size() >= 10);
  for (const std::string& file : files) {
    INFO(file);
    const test::ParsedText parsed = test::parse_text(file, test::read_project_file(file));
    CHECK(test::report_text(parsed).empty());
    CHECK(parsed.module.complete);
    CHECK(syntax::verify(parsed.module, parsed.sources).empty());
    test::check_golden(file.substr(0, file.size() - 5) + ".ast", syntax::dump(parsed.module));
  }
}

TEST_CASE("the standard library parses") {
  const std::vector<std::string> files = test::project_files("stdlib/std", ".writ");
  REQUIRE(!files.empty());
  for (const std::string& file : files) {
    const test::ParsedText parsed = test::parse_text(file, test::read_project_file(file));
    CHECK(test::report_text(parsed).empty());
    CHECK(syntax::verify(parsed.module, parsed.sources).empty());
  }
}

TEST_CASE("line ends and a byte order mark do not change the tree") {
  const std::string text = test::read_project_file("tests/syntax/accept/control.writ");
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : text) {
    if (c == '\n') windows += '\r';
    windows += c;
  }
  const test::ParsedText plain = test::parse_text("control.writ", text);
  const test::ParsedText changed = test::parse_text("control.writ", windows);
  CHECK(test::report_text(changed).empty());
  CHECK(syntax::dump(changed.module) == syntax::dump(plain.module));
  CHECK(syntax::verify(changed.module, changed.sources).empty());
}
