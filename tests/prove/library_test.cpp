// SPDX-License-Identifier: MIT
// Every control of the standard library against its emitted definition, read again; and published definitions
// against theirs.
#include "prove/harness.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iostream>

namespace writ::test {
namespace {

struct Tally {
  std::size_t proved = 0;
  std::vector<std::string> undecided;
};

/// Emits what a compilation holds, reads it again, and asks for a proof of each.
Tally prove_emission(Compilation& original, const CompileRequest& request, MemoryFiles files) {
  Diagnostics refused;
  json documents = json::array();
  std::vector<std::pair<std::string, std::string>> names; // control, definition
  for (const EmittedFile& file : original.emit_azure_policy(refused)) {
    documents.push_back(json::parse(file.text));
    names.emplace_back(file.control_id, documents.back()["name"].get<std::string>());
  }
  files.contents["emitted.json"] = documents.dump();
  CompileRequest again = request;
  again.sources = {"emitted.json"};
  const Compilation emitted = Compilation::compile(files, again);
  for (const Diagnostic& problem : emitted.diagnostics().all())
    if (problem.severity == Severity::Error) FAIL(problem.message);
  Tally tally;
  for (const auto& [control, name] : names) {
    ProofOptions options;
    options.compare_effects =
        false; // names of operands differ between a control and JSON; verify compares them
    const ProofResult result = prove_equivalent(original, control, emitted, name, options);
    INFO(control << " " << name << " " << result.witness_json);
    CHECK(result.outcome != ProofOutcome::Counterexample);
    if (result.outcome == ProofOutcome::Proved) {
      ++tally.proved;
      continue;
    }
    std::string reasons = control;
    for (const std::string& reason : result.undecided_because)
      reasons += "; " + reason;
    tally.undecided.push_back(reasons);
  }
  return tally;
}

TEST_CASE("every control of the standard library says what its emitted definition says", "[library]") {
  CompileRequest request;
  request.sources = {"std"};
  Compilation library = Compilation::compile(DiskFiles(), request);
  REQUIRE(library.ok());
  const Tally tally = prove_emission(library, request, {});
  std::cout << "standard library: " << tally.proved << " proved, " << tally.undecided.size()
            << " undecided\n";
  for (const std::string& line : tally.undecided)
    std::cout << "  " << line << "\n";
  CHECK(tally.proved >= 80);
  // Who is not proved must be named with a reason, and stay the exception.
  CHECK(tally.undecided.size() <= tally.proved / 10);
}

TEST_CASE("published definitions say what their emitted text says", "[published]") {
  std::ifstream in(std::string(WRIT_SHARED_DIR) + "/azure/builtins.ndjson");
  std::ifstream aliases(std::string(WRIT_SHARED_DIR) + "/azure/aliases.json");
  if (!in || !aliases) {
    std::cout << "skipped: ../shared/azure/builtins.ndjson is not there\n";
    return;
  }
  constexpr std::size_t kEach = 12; // every twelfth
  json documents = json::array();
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);)
    if (number++ % kEach == 0) documents.push_back(json::parse(line)["definition"]);
  MemoryFiles files;
  files.contents["aliases.json"].assign(std::istreambuf_iterator<char>(aliases), {});
  files.contents["published.json"] = documents.dump();
  CompileRequest request;
  request.sources = {"published.json"};
  request.alias_files = {"aliases.json"};
  request.unknown_alias = UnknownAlias::Skip;
  Compilation published = Compilation::compile(files, request);
  const Tally tally = prove_emission(published, request, files);
  std::cout << "published definitions: " << tally.proved << " proved, " << tally.undecided.size()
            << " undecided\n";
  for (const std::string& line : tally.undecided)
    std::cout << "  " << line << "\n";
  CHECK(tally.proved > 100);
}

} // namespace
} // namespace writ::test
