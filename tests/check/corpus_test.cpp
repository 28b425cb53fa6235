// SPDX-License-Identifier: MIT
// Every mistake a project can make beside the diagnostic it gives: tests/check/cases/*.writ.
#include "check/project.h"
#include "support/annotations.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

using namespace writ;

TEST_CASE("diagnostics stand where the cases say", "[check]") {
  const std::vector<std::string> files = testing::list_source_files("tests/check/cases", ".writ");
  REQUIRE(files.size() >= 5);
  for (const std::string& file : files)
    SECTION(file) {
      const testing::CheckedText checked = testing::check_text(testing::read_source_file(file));
      for (const std::string& problem : testing::check_annotations(checked.sources, checked.diagnostics))
        FAIL_CHECK(problem);
      SUCCEED();
    }
}

TEST_CASE("a control with a mistake is left out, its neighbours stay", "[check]") {
  const testing::CheckedText checked = testing::check_text(R"(
control wrong "Wrong" {
  id "T-1" severity low
  on Microsoft.CognitiveServices/accounts as account
  require account.publicNetworkAcess == "Disabled"
}
control right "Right" {
  id "T-2" severity low
  on Microsoft.CognitiveServices/accounts as account
  require account.publicNetworkAccess == "Disabled"
}
)");
  CHECK(checked.diagnostics.errors() == 1);
  REQUIRE(checked.project.set.policies.size() == 1);
  CHECK(checked.project.set.policies[0].id == "T-2");
  CHECK(checked.project.target_azure.size() == 1);
  CHECK(checked.project.local_record.size() == 1);
}

TEST_CASE("every code of names, types and lint has a case and a page", "[check]") {
  // Codes of these phases that other suites raise.
  const std::set<std::string_view> elsewhere = {"E0220", "E0221", "E0336"};
  std::string cases;
  for (const std::string& file : testing::list_source_files("tests/check/cases", ".writ"))
    cases += testing::read_source_file(file);
  for (const CodeInfo& code : all_codes()) {
    const bool ours =
        code.number.starts_with("E02") || code.number.starts_with("E03") || code.number.starts_with("W000");
    if (!ours || elsewhere.contains(code.number)) continue;
    INFO(code.number << " " << code.name);
    CHECK(cases.find("//~ " + std::string(code.number)) != std::string::npos);
    const std::string page = "docs/diagnostics/" + std::string(code.number) + ".md";
    REQUIRE(std::filesystem::exists(WRIT_SOURCE_DIR "/" + page));
    CHECK(testing::read_source_file(page).starts_with("# " + std::string(code.number) + ": " +
                                                      std::string(code.summary) + "\n"));
  }
}
