// SPDX-License-Identifier: MIT
// Optimised and unoptimised programs agree about every resource: the property that all passes keep.
#include "codegen/codegen.h"
#include "ir/dump.h"
#include "nodes.h"
#include "passes/pass.h"
#include "random_policy.h"
#include "writ/engine.h"

#include <catch2/catch.hpp>
#include <map>

using namespace writ;
using namespace writ::testing;

namespace {

Bundle bundle_of(ir::PolicySet& set, const passes::Options& options) {
  Diagnostics diagnostics;
  const passes::Report report = passes::run(set, options, diagnostics);
  for (const ir::Problem& problem : report.problems)
    FAIL(problem.policy << ": " << problem.text);
  codegen::Options codegen;
  codegen.semantics = options.semantics;
  bc::Program program = codegen::generate(set, codegen, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all())
    FAIL(diagnostic.message);
  Result<Bundle> bundle = Bundle::from_program(std::move(program), "random");
  if (!bundle.ok()) FAIL(bundle.error().message);
  return *bundle;
}

/// Verdict and messages per control; failures by verdict alone, since which of several is reported depends
/// on the order of evaluation.
std::vector<std::string> verdicts(const Engine& engine, const std::string& resource) {
  std::vector<std::string> out;
  const RunReport report = engine.run_one(resource, [&](const Finding& finding) {
    out.push_back(std::string(finding.control->id) + " " + std::string(to_text(finding.verdict)));
    for (const std::string& message : finding.messages)
      out.back() += " " + message;
  });
  for (const Diagnostic& diagnostic : report.diagnostics.all())
    FAIL(diagnostic.message << " in " << resource);
  return out;
}

struct Tally {
  std::map<std::string, std::size_t> verdicts;
};

void compare(std::uint32_t seed, const SemanticsOptions& semantics, Tally& tally) {
  RandomPolicies random(seed);
  ir::PolicySet set = random.set(25);
  const std::string text = ir::dump(set);
  const auto policies = set.policies;
  const auto instances = set.instances;

  passes::Options plain;
  plain.optimise = false;
  plain.semantics = semantics;
  passes::Options optimised = plain;
  optimised.optimise = true;
  optimised.verify = plain.verify = true;
  EngineOptions engine_options;
  engine_options.now = "2031-05-01T00:00:00Z";
  engine_options.evidence = false;
  engine_options.all_not_applicable = true;
  const Engine before({bundle_of(set, plain)}, engine_options);
  set.policies = policies;
  set.instances = instances;
  const Engine after({bundle_of(set, optimised)}, engine_options);

  for (int i = 0; i < 20; ++i) {
    const std::string resource = random.resource();
    const std::vector<std::string> expected = verdicts(before, resource);
    const std::vector<std::string> actual = verdicts(after, resource);
    REQUIRE(expected.size() == 25);
    for (const std::string& line : expected)
      ++tally.verdicts[line.substr(line.find(' ') + 1,
                                   line.find(' ', line.find(' ') + 1) - line.find(' ') - 1)];
    if (expected == actual) continue;
    for (std::size_t c = 0; c < expected.size(); ++c) {
      if (expected[c] == actual[c]) continue;
      FAIL_CHECK("seed " << seed << "\n"
                         << expected[c] << " became " << actual[c] << "\n"
                         << resource << "\n"
                         << ir::dump(*set.graph, policies[c]) << "\noptimised\n"
                         << ir::dump(*set.graph, set.policies[c]));
      return;
    }
  }
}

} // namespace

TEST_CASE("passes keep every verdict of random policies") {
  Tally tally;
  for (std::uint32_t seed = 1; seed <= 100; ++seed)
    compare(seed, {}, tally);
  // The generator is of use only as long as every outcome occurs.
  for (const char* verdict : {"compliant", "noncompliant", "not-applicable", "error"}) {
    INFO(verdict);
    CHECK(tally.verdicts[verdict] > 200);
  }
}

TEST_CASE("passes keep every verdict under every compatibility switch") {
  Tally tally;
  for (bool SemanticsOptions::*option :
       {&SemanticsOptions::like_question_mark, &SemanticsOptions::lenient_ordering,
        &SemanticsOptions::numeric_strings, &SemanticsOptions::vacuous_missing,
        &SemanticsOptions::eager_logic, &SemanticsOptions::innermost_current}) {
    SemanticsOptions semantics;
    semantics.*option = true;
    for (std::uint32_t seed = 201; seed <= 220; ++seed)
      compare(seed, semantics, tally);
  }
  CHECK(tally.verdicts["noncompliant"] > 200);
}
