// SPDX-License-Identifier: MIT
// The pages of the checker's diagnostics: their bad examples give the diagnostic, their good ones give none.
#include "check/project.h"

#include <catch2/catch.hpp>

using namespace writ;

namespace {

/// The indented block behind a heading such as "Bad:".
std::string example(const std::string& page, const std::string& heading) {
  const std::size_t at = page.find("\n" + heading + "\n\n");
  if (at == std::string::npos) return {};
  std::string text;
  std::size_t line = at + heading.size() + 3;
  while (page.compare(line, 4, "    ") == 0) {
    const std::size_t end = page.find('\n', line);
    text += page.substr(line + 4, end - line - 3);
    line = end + 1;
  }
  return text;
}

/// Examples that are not whole files are items of a control about accounts.
std::string as_file(const std::string& text) {
  for (const char* start : {"control ", "record ", "framework ", "// file: ", "let "})
    if (text.starts_with(start)) return text;
  return "control example \"Example\" {\n  id \"X-1\" severity low\n"
         "  on Microsoft.CognitiveServices/accounts as account\n" +
         text + "}\n";
}

bool has_code(const Diagnostics& diagnostics, std::string_view number) {
  for (const Diagnostic& diagnostic : diagnostics.all())
    if (info(diagnostic.code).number == number) return true;
  return false;
}

} // namespace

TEST_CASE("examples of the pages do what the pages say", "[check]") {
  std::size_t pages = 0;
  for (const CodeInfo& code : all_codes()) {
    const std::string number(code.number);
    if (!number.starts_with("E02") && !number.starts_with("E03") && !number.starts_with("W000")) continue;
    if (number == "E0220" || number == "E0221") continue; // about catalogue files
    if (number == "E0336") continue;                      // an example would have a thousand lines
    ++pages;
    INFO(number);
    const std::string page = testing::read_source_file("docs/diagnostics/" + number + ".md");
    const std::string bad = example(page, "Bad:");
    const std::string good = example(page, "Good:");
    REQUIRE_FALSE(bad.empty());
    REQUIRE_FALSE(good.empty());
    CHECK(has_code(testing::check_text(as_file(bad)).diagnostics, number));
    const testing::CheckedText fixed = testing::check_text(as_file(good));
    for (const Diagnostic& diagnostic : fixed.diagnostics.all())
      FAIL_CHECK(number << " good example: " << info(diagnostic.code).number << " " << diagnostic.message);
  }
  CHECK(pages > 25);
}
