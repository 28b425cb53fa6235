// SPDX-License-Identifier: MIT
// The promise, for the standard library: what is emitted means what its control means, and nothing is left
// out of the account.
#include "writ/driver/verify_report.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

namespace writ::driver {
namespace {

constexpr std::size_t kPairs = 40; ///< the command line compares more

struct Library {
  Library() {
    request.sources = {"std"};
    compilation = Compilation::compile(DiskFiles(), request);
    REQUIRE(compilation->ok());
  }
  CompileRequest request;
  std::optional<Compilation> compilation;
};

TEST_CASE("every definition of the standard library means what its control means") {
  Library library;
  VerifyRequest request;
  request.pairs = kPairs;
  request.now = "2026-01-01T00:00:00Z";
  request.snapshot = {Input::path(WRIT_SOURCE_DIR "/samples/halden/snapshot.ndjson")};
  for (const EmitTargetInfo& target : emit_targets())
    if (target.name != "exemptions") request.targets.emplace_back(target.name);
  const VerifyReport report = run_verification(DiskFiles(), *library.compilation, library.request, request);

  CHECK(report.target_problems.empty());
  CHECK(report.agrees());
  CHECK(report.count(TargetOutcome::Refused) == 0);
  CHECK(report.initiatives.size() >= 7);
  CHECK_FALSE(report.problems.has_errors());
  CHECK(report.controls.size() == library.compilation->controls().size());
  std::size_t comparisons = 0;
  for (const ControlVerification& control : report.controls) {
    INFO(control.id << " " << control.reason);
    comparisons += control.generated + control.on_snapshot;
    if (control.outcome == VerifyOutcome::NotEmitted) {
      CHECK_FALSE(control.reason.empty());
      continue;
    }
    CHECK((control.outcome == VerifyOutcome::Proved || control.outcome == VerifyOutcome::Tested));
    CHECK(control.targets.size() == request.targets.size() - 1); // initiatives hold no controls
    CHECK(control.generated > 0);
    CHECK(control.on_snapshot > 500);
  }
  if (!report.agrees()) std::cout << to_text(report);
  std::cout << "standard library: " << comparisons << " comparisons\n";

  const std::string path = WRIT_SOURCE_DIR "/docs/verified.md";
  const std::string table = to_table(report, "writ verify std --table docs/verified.md");
  if (std::getenv("WRIT_UPDATE")) std::ofstream(path, std::ios::binary) << table;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream kept;
  kept << in.rdbuf();
  INFO("docs/verified.md is stale: WRIT_UPDATE=1 build/release/bin/verify_test writes it anew");
  CHECK(kept.str() == table);
}

TEST_CASE("the same seed gives the same report") {
  Library library;
  VerifyRequest request;
  request.pairs = 30;
  request.now = "2026-01-01T00:00:00Z";
  request.controls = {"SRCH-*", "AIS-NET-*"};
  const auto text = [&] {
    return to_json(run_verification(DiskFiles(), *library.compilation, library.request, request));
  };
  const std::string first = text();
  CHECK(first == text());
  request.seed = 7;
  CHECK(first != text());
}

} // namespace
} // namespace writ::driver
