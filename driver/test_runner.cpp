// SPDX-License-Identifier: MIT
#include "writ/driver/test_runner.h"
#include "writ/bytecode/bundle.h"
#include "writ/engine.h"
#include "writ/text.h"

#include <algorithm>
#include <map>
#include <span>

namespace writ::driver {

namespace {

Verdict wanted(TestExpectation expectation) {
  switch (expectation) {
  case TestExpectation::Passes:
    return Verdict::Compliant;
  case TestExpectation::Fails:
    return Verdict::NonCompliant;
  case TestExpectation::Skips:
    return Verdict::NotApplicable;
  case TestExpectation::Unknown:
    return Verdict::Unknown;
  case TestExpectation::Errors:
    return Verdict::Error;
  }
  return Verdict::Error;
}

/// The resource of a test and those beside it, as lines.
Input snapshot_of(const TestInfo& test) {
  std::string lines = test.resource_json + "\n";
  for (const std::string& other : test.given.value_or(std::vector<std::string>()))
    lines += other + "\n";
  return Input::of_text("test", std::move(lines));
}

/// Which way a condition came out, over all cases of its control.
struct Seen {
  bool came_true = false;
  bool came_false = false;
};

} // namespace

std::size_t TestReport::failures() const {
  return static_cast<std::size_t>(
      std::count_if(results.begin(), results.end(), [](const TestResult& r) { return !r.passed; }));
}

TestReport run_tests(Compilation& compilation, const std::string& now) {
  TestReport report;
  std::map<std::string, std::vector<const TestInfo*>> by_control;
  for (const TestInfo& test : compilation.tests())
    by_control[test.control_id].push_back(&test);
  std::map<const TestInfo*, TestResult> results;
  for (const ControlInfo& control : compilation.controls()) {
    if (control.included) continue; // its tests belong to its own module
    auto found = by_control.find(control.id);
    if (found == by_control.end()) {
      report.untested.push_back(control.id);
      continue;
    }
    // Parameters are set on a bundle: each case loads its own, the control is compiled once.
    const std::string bytes = bc::store_program(compilation.control_program(control.id));
    std::map<std::uint32_t, Seen> seen;
    std::vector<Engine::Condition> conditions;
    for (const TestInfo* test : found->second) {
      TestResult result;
      result.test = test;
      Result<Bundle> bundle = Bundle::load(std::as_bytes(std::span(bytes.data(), bytes.size())), control.id);
      if (!bundle.ok()) {
        result.problem = bundle.error().message;
        results[test] = result;
        continue;
      }
      for (const auto& [name, value] : test->parameters)
        if (Status status = bundle->set_parameter("", name, value); !status.ok())
          result.problem = status.error().message;
      EngineOptions options;
      options.now = test->now.empty() ? now : test->now;
      options.all_not_applicable = true;
      // What is given is everything there is; without it, nothing is known of other resources.
      options.assume_complete = test->given.has_value();
      const Engine engine({*bundle}, options);
      bool reported = false;
      std::string explanation;
      const auto note = [&](const Finding& finding) {
        if (!equal_ascii_fold(finding.resource->id, test->resource_id)) return;
        reported = true;
        result.actual = finding.verdict;
        explanation = finding.reason;
        for (const std::string& message : finding.messages)
          explanation += (explanation.empty() ? "" : "; ") + message;
      };
      const RunReport run = engine.run({snapshot_of(*test)}, note);
      if (run.diagnostics.has_errors() && result.problem.empty())
        result.problem = run.diagnostics.all().front().message;
      if (!reported && result.problem.empty()) result.problem = "no verdict";
      result.passed = result.problem.empty() && result.actual == wanted(test->expectation);
      if (!result.passed && result.problem.empty())
        result.problem = "expected " + std::string(to_text(wanted(test->expectation))) + ", got " +
                         std::string(to_text(result.actual)) +
                         (explanation.empty() ? "" : ": " + explanation);
      if (conditions.empty()) conditions = engine.conditions(control.id);
      for (const Engine::Outcome& outcome :
           engine.outcomes(test->resource_json, test->given.value_or(std::vector<std::string>()), control.id))
        (outcome.truth ? seen[outcome.instruction].came_true : seen[outcome.instruction].came_false) = true;
      results[test] = result;
    }
    for (const Engine::Condition& condition : conditions) {
      const Seen outcome = seen[condition.instruction];
      ++report.conditions;
      if (outcome.came_true && outcome.came_false) {
        ++report.decided_both_ways;
        continue;
      }
      report.undecided.push_back({control.id, condition.text, !outcome.came_true, !outcome.came_false});
    }
  }
  for (const TestInfo& test : compilation.tests())
    if (auto found = results.find(&test); found != results.end())
      report.results.push_back(std::move(found->second));
  return report;
}

} // namespace writ::driver
