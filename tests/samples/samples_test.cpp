// SPDX-License-Identifier: MIT
// The sample snapshot: verdicts that were worked out by hand, the same bytes on every run and with any number
// of threads.
#include "writ/bytecode/program.h"
#include "writ/compiler.h"
#include "writ/driver/evaluate.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <yaml-cpp/yaml.h>

namespace {

using namespace writ;

const std::string kSample = std::string(WRIT_SOURCE_DIR) + "/samples/halden";

/// The subscription whose resources are drawn, not written by hand.
const std::string kPlants = "33333333-3333-3333-3333-333333333333";

/// Compares with a file; WRIT_UPDATE_GOLDENS=1 rewrites it.
void check_golden(const std::string& path, const std::string& text) {
  if (std::getenv("WRIT_UPDATE_GOLDENS")) std::ofstream(path) << text;
  std::ostringstream golden;
  golden << std::ifstream(path).rdbuf();
  CHECK(golden.str() == text);
}

Bundle library_bundle() {
  CompileRequest request;
  request.sources = {"std"};
  Compilation compilation = Compilation::compile(DiskFiles(), request);
  REQUIRE(compilation.ok());
  Result<Bundle> bundle = Bundle::from_program(compilation.program(), "std");
  REQUIRE(bundle.ok());
  return *bundle;
}

/// parent/child from an id.
std::string names_in(const std::string& id) {
  const std::size_t providers = id.rfind("/providers/");
  if (providers == std::string::npos) return id.substr(id.rfind('/') + 1);
  std::istringstream parts(id.substr(providers + 11));
  std::string names;
  std::string part;
  for (int i = 0; std::getline(parts, part, '/'); ++i)
    if (i >= 2 && i % 2 == 0) names += (names.empty() ? "" : "/") + part;
  return names;
}

std::string ndjson(const Bundle& bundle, unsigned threads) {
  std::ostringstream out;
  driver::EvaluateRequest request;
  request.bundles = {bundle};
  request.inputs = {Input::path(kSample + "/snapshot.ndjson")};
  request.options.now = "2026-01-01T00:00:00Z";
  request.options.threads = threads;
  request.verdicts = {Verdict::Compliant, Verdict::NonCompliant, Verdict::Unknown, Verdict::Error};
  request.reports = {{"ndjson", &out, false}};
  const driver::EvaluateOutcome outcome = driver::evaluate(std::move(request));
  CHECK_FALSE(outcome.run.incomplete);
  return out.str();
}

TEST_CASE("the sample snapshot gives the verdicts that were worked out by hand") {
  const Bundle bundle = library_bundle();
  const YAML::Node expected = YAML::LoadFile(kSample + "/expected.yaml");
  std::map<std::string, std::map<std::string, std::set<std::string>>> actual;
  std::map<std::string, std::map<std::string, std::size_t>> plants;
  EngineOptions options;
  options.now = expected["now"].as<std::string>();
  const Engine engine({bundle}, options);
  const RunReport report = engine.run({Input::path(kSample + "/snapshot.ndjson")}, [&](const Finding& f) {
    const bool plant = std::string(f.resource->id).find(kPlants) != std::string::npos;
    if (plant)
      ++plants[std::string(f.control->id)][std::string(to_text(f.verdict))];
    else
      actual[std::string(f.control->id)][std::string(to_text(f.verdict))].insert(names_in(f.resource->id));
  });
  CHECK(report.resources == 564);
  std::size_t pairs = 0;
  for (const auto& control : expected["controls"]) {
    const auto id = control.first.as<std::string>();
    for (const char* verdict : {"compliant", "noncompliant", "unknown", "error"}) {
      std::set<std::string> names;
      if (control.second[verdict])
        for (const auto& name : control.second[verdict])
          names.insert(name.as<std::string>());
      INFO(id << " " << verdict);
      CHECK(actual[id][verdict] == names);
      pairs += names.size();
    }
  }
  // A control is pinned, or listed as one that nobody has worked out on this snapshot yet.
  std::set<std::string> unpinned;
  for (const auto& id : expected["unpinned"])
    unpinned.insert(id.as<std::string>());
  CHECK(expected["controls"].size() + unpinned.size() == bundle.control_count());
  // Each control has something to praise and something to blame, or says why not.
  for (std::size_t i = 0; i < bundle.control_count(); ++i) {
    const std::string id(bundle.control(i).id);
    const bool both = actual[id]["compliant"].size() + plants[id]["compliant"] > 0 &&
                      actual[id]["noncompliant"].size() + plants[id]["noncompliant"] > 0;
    INFO(id);
    CHECK(!(unpinned.count(id) && expected["controls"][id]));
    CHECK(both == !expected["one_sided"][id]);
  }
  std::ostringstream counts;
  for (std::size_t i = 0; i < bundle.control_count(); ++i) {
    const std::string id(bundle.control(i).id);
    counts << id << ":";
    for (const char* verdict : {"compliant", "noncompliant", "unknown", "error"})
      counts << " " << actual[id][verdict].size() + plants[id][verdict] << " " << verdict
             << (std::string(verdict) == "error" ? "\n" : ",");
  }
  check_golden(kSample + "/counts.txt", counts.str());
  CHECK(pairs >= 200);
  std::cout << pairs << " hand-checked (control, resource) pairs\n";
}

TEST_CASE("the report is the same on every run, with one thread and with two") {
  const Bundle bundle = library_bundle();
  const std::string once = ndjson(bundle, 1);
  CHECK(once.size() > 10'000);
  CHECK(ndjson(bundle, 1) == once);
  CHECK(ndjson(bundle, 2) == once);
  CHECK(ndjson(bundle, 2) == once);
}

/// Official API examples and recorded responses, when they lie beside the project.
void evaluate_real_file(const std::string& name) {
  const std::string path = std::string(WRIT_SHARED_DIR) + "/azure/" + name;
  if (!std::ifstream(path)) {
    WARN("skipped: " << path << " is not there");
    return;
  }
  EngineOptions options;
  options.now = "2026-01-01T00:00:00Z";
  const Engine engine({library_bundle()}, options);
  std::size_t findings = 0;
  const RunReport report = engine.run({Input::path(path)}, [&](const Finding& f) {
    ++findings;
    CHECK(f.verdict != Verdict::Error);
  });
  CHECK_FALSE(report.incomplete);
  CHECK(report.resources > 50);
  std::cout << name << ": " << report.resources << " resources, " << findings << " verdicts\n";
}

TEST_CASE("official API examples are evaluated without errors") {
  evaluate_real_file("rest-examples.ndjson");
}
TEST_CASE("recorded API responses are evaluated without errors") {
  evaluate_real_file("recorded-resources.ndjson");
}

} // namespace
