// SPDX-License-Identifier: MIT
// The pipeline as a whole.
#include "ir/dump.h"
#include "ir/standard_library.h"
#include "nodes.h"
#include "passes/dead_rules.h"
#include "passes/pass.h"

#include <catch2/catch.hpp>

using namespace writ;
using namespace writ::testing;

TEST_CASE("the standard library stays well formed through every pass") {
  const bool optimise = GENERATE(true, false);
  const bool open = GENERATE(true, false);
  CheckedText library = standard_library();
  passes::Options options;
  options.verify = true;
  options.optimise = optimise;
  options.open_parameters = open;
  options.catalog = &library.catalog;
  Diagnostics diagnostics;
  const std::size_t policies = library.project.set.policies.size();
  const passes::Report report = passes::run(library.project.set, options, diagnostics);
  for (const ir::Problem& problem : report.problems)
    FAIL_CHECK(problem.policy << ": " << problem.text);
  CHECK(diagnostics.all().empty());
  CHECK(library.project.set.policies.size() == policies);
  CHECK(report.passes.size() == (optimise ? passes::all_passes().size() : 1));
}

TEST_CASE("the pipeline finds nothing to do in what it made") {
  CheckedText library = standard_library();
  passes::Options options;
  Diagnostics diagnostics;
  REQUIRE(passes::run(library.project.set, options, diagnostics).problems.empty());
  const std::string once = ir::dump(library.project.set);
  const passes::Report report = passes::run(library.project.set, options, diagnostics);
  CHECK(ir::dump(library.project.set) == once);
  for (const passes::Report::Pass& pass : report.passes)
    CHECK(pass.changed == 0);
}

TEST_CASE("policies and instances kept from before can be put back") {
  CheckedText library = standard_library();
  ir::PolicySet& set = library.project.set;
  const std::string before = ir::dump(set);
  auto policies = set.policies;
  auto instances = set.instances;
  Diagnostics diagnostics;
  REQUIRE(passes::run(set, {}, diagnostics).problems.empty());
  CHECK(ir::dump(set) != before);
  set.policies = std::move(policies);
  set.instances = std::move(instances);
  CHECK(ir::dump(set) == before);
}

TEST_CASE("the standard library has no dead rules") {
  CheckedText library = standard_library();
  Diagnostics found;
  passes::warn_dead_rules(library.project.set, {}, &library.catalog, found);
  for (const Diagnostic& diagnostic : found.all())
    FAIL_CHECK(diagnostic.message);
}

TEST_CASE("a malformed set is named with the pass") {
  ir::ParsedSet read = ir::parse_set(R"((policy "P" control (applicable (lit true))))");
  REQUIRE(read.error.empty());
  passes::Options options;
  options.verify = true;
  Diagnostics diagnostics;
  const passes::Report report = passes::run(read.set, options, diagnostics);
  REQUIRE(report.problems.size() == 1);
  CHECK(report.problems[0].text.substr(0, 22) == "after bind-parameters:");
  CHECK(report.passes.size() == 1);
}

TEST_CASE("what arguments switch off is remarked") {
  ir::ParsedSet read = ir::parse_set(R"(
    (policy "P" definition (parameter "kinds" array) (parameter "on" boolean)
      (applicable (test in (field "kind") (param "kinds")))
      (violation (test equals (param "on") (lit true))))
    (instance 0 (argument "kinds" (lit [])) (argument "on" (lit false))))");
  REQUIRE(read.error.empty());
  Diagnostics diagnostics;
  const passes::Report report = passes::run(read.set, {}, diagnostics);
  REQUIRE(report.remarks.size() == 2);
  CHECK(report.remarks[0].text == "never applies");
  CHECK(report.remarks[1].text == "is never violated");
  CHECK(report.remarks[1].control == "P");
}

TEST_CASE("passes describe themselves") {
  REQUIRE(passes::all_passes().size() == 4);
  CHECK(passes::all_passes()[0].name == "bind-parameters");
  for (const passes::PassInfo& pass : passes::all_passes())
    CHECK_FALSE(pass.doc.empty());
}
