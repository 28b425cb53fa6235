// SPDX-License-Identifier: MIT
// The standard library has no mistakes, its test resources none either.
#include "check/project.h"
#include "ir/verify.h"
#include "writ/text.h"

#include <catch2/catch.hpp>
#include <set>

using namespace writ;

namespace {

bool attested(const ir::Policy& policy, const ir::Graph& graph) {
  const ir::Node& effect = graph.node(policy.effect.name);
  return effect.kind == ir::NodeKind::Literal &&
         equal_ascii_fold(graph.constant_value(policy.effect.name).as_string(), "manual");
}

} // namespace

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
    // What people attest has no condition of its own: the check of its effect is all there is.
    if (attested(policy, *checked.project.set.graph)) {
      CHECK(unknown.contains(policy.symbol));
      continue;
    }
    CHECK(failed.contains(policy.symbol));
    CHECK(passed.contains(policy.symbol));
  }
}
