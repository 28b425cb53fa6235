// SPDX-License-Identifier: MIT
// Inlining ends, whatever the source says.
#include "check/project.h"

#include <catch2/catch.hpp>

using namespace writ;

namespace {

/// let x0 = 1, let x1 = x0, … and a control that reads the last.
std::string chain(int length) {
  std::string text = "let x0 = \"a\"\n";
  for (int i = 1; i <= length; ++i)
    text += "let x" + std::to_string(i) + " = x" + std::to_string(i - 1) + "\n";
  return text + R"(
control last "Last" {
  id "U-2" severity low
  on Microsoft.CognitiveServices/accounts as account
  require account.name == x)" +
         std::to_string(length) + "\n}\n";
}

} // namespace

TEST_CASE("long chains of constants are inlined", "[check]") {
  const testing::CheckedText checked = testing::check_text(chain(100));
  CHECK(checked.diagnostics.errors() == 0);
  CHECK(checked.project.set.policies.size() == 1);
}

TEST_CASE("endless chains of constants are refused before the stack ends", "[check]") {
  const testing::CheckedText checked = testing::check_text(chain(3'000));
  CHECK(checked.diagnostics.errors() >= 1);
  for (const Diagnostic& diagnostic : checked.diagnostics.all())
    CHECK(diagnostic.code == Code::TooMuchInlining);
  CHECK(checked.project.set.policies.empty());
}
