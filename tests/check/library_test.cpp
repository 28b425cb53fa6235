// SPDX-License-Identifier: MIT
// The standard library has no mistakes, its test resources none either.
#include "check/project.h"
#include "ir/verify.h"

#include <catch2/catch.hpp>
#include <set>

using namespace writ;

TEST_CASE("the standard library is clean", "[check]") {
  std::string text;
  for (const std::string& file : testing::list_source_files("stdlib/std", ".writ"))
    text += "// file: " + file + "\n" + testing::read_source_file(file) + "\n";
  const testing::CheckedText checked = testing::check_text(text);
  for (const Diagnostic& diagnostic : checked.diagnostics.all())
    FAIL_CHECK(info(diagnostic.code).number << " " << checked.sources.text_of(diagnostic.span) << ": "
                                            << diagnostic.message);
  CHECK(checked.project.set.policies.size() >= 20);
  for (const ir::Problem& problem : ir::verify(checked.project.set))
    FAIL_CHECK(problem.policy << ": " << problem.text);
  // Every control has tests that it fails and that it passes; one that people attest is unknown to every
  // test.
  std::set<std::string> failed;
  std::set<std::string> passed;
  std::set<std::string> unknown;
  for (const check::TestCase& test : checked.project.tests) {
    if (test.expectation == check::Expectation::Fails) failed.insert(test.control_symbol);
    if (test.expectation == check::Expectation::Unknown) unknown.insert(test.control_symbol);
    if (test.expectation == check::Expectation::Passes) passed.insert(test.control_symbol);
  }
  for (const ir::Policy& policy : checked.project.set.policies) {
    INFO(policy.id);
    const ir::Node& effect = checked.project.set.graph->node(policy.effect.name);
    if (effect.kind == ir::NodeKind::Literal &&
        checked.project.set.graph->constant_value(policy.effect.name).as_string() == "Manual") {
      CHECK(unknown.contains(policy.symbol));
      continue;
    }
    CHECK(failed.contains(policy.symbol));
    CHECK(passed.contains(policy.symbol));
  }
}
