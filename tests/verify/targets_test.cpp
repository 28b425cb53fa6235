// SPDX-License-Identifier: MIT
// Files of every target, read from a folder: as they were written they agree, and damage to each is noticed.
#include "writ/driver/verify.h"

#include <catch2/catch.hpp>

namespace writ::driver {
namespace {

constexpr const char* kControls = R"(module lab

/// [Brackets], ${braces} and 'quotes' survive.
control closed "Accounts are closed: [a] ${b} %{c}" {
  id       "LAB-001"
  severity high
  category "Lab"
  param effect: Effect = Audit in [Audit, Deny, Disabled]
  on Microsoft.CognitiveServices/accounts as account
  where account.kind == "OpenAI"
  require account.publicNetworkAccess == "Disabled" else "open"
}

initiative lab "Lab" {
  version  "1.0.0"
  category "Lab"
  include lab.*
}
)";

struct Folder {
  Folder() {
    files.contents["lab.writ"] = kControls;
    request.sources = {"lab.writ"};
    compilation = Compilation::compile(files, request);
    for (const Diagnostic& problem : compilation->diagnostics().all())
      if (problem.severity == Severity::Error) FAIL(problem.message);
    verify.now = "2026-01-01T00:00:00Z";
    verify.pairs = 20;
    verify.emitted_folder = "out";
    for (const EmitTargetInfo& target : emit_targets()) {
      if (target.name == "exemptions") continue;
      verify.targets.emplace_back(target.name);
      EmitRequest emit;
      emit.target = target.name;
      const EmitResult result = compilation->emit(emit);
      REQUIRE_FALSE(result.files.empty());
      for (const EmittedFile& file : result.files)
        files.contents["out/" + std::string(target.name) + "/" + file.path] = file.text;
    }
  }
  VerifyReport run() { return run_verification(files, *compilation, request, verify); }
  /// Changes every occurrence of a text in the files of a target.
  std::size_t damage(const std::string& target, const std::string& from, const std::string& to) {
    std::size_t changed = 0;
    for (auto& [path, text] : files.contents)
      if (path.starts_with("out/" + target + "/"))
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size(), ++changed)
          text.replace(at, from.size(), to);
    return changed;
  }
  MemoryFiles files;
  CompileRequest request;
  std::optional<Compilation> compilation;
  VerifyRequest verify;
};

const TargetVerification& reading(const std::vector<TargetVerification>& targets, const std::string& name) {
  for (const TargetVerification& one : targets)
    if (one.target == name) return one;
  FAIL(name);
  return targets.front();
}

TEST_CASE("what every target wrote is what was meant") {
  Folder folder;
  const VerifyReport report = folder.run();
  CHECK(report.target_problems.empty());
  CHECK(report.agrees());
  REQUIRE(report.controls.size() == 1);
  REQUIRE(report.initiatives.size() == 1);
  CHECK(report.count(TargetOutcome::Same) == 2 * (folder.verify.targets.size() - 1));
}

TEST_CASE("damage to the definition of a target is noticed, and laid to that target") {
  for (const char* name : {"epac", "arm", "bicep", "terraform"}) {
    INFO(name);
    const std::string target = name;
    Folder folder;
    REQUIRE(folder.damage(target, "publicNetworkAccess", "customSubDomainName") > 0);
    const VerifyReport report = folder.run();
    CHECK_FALSE(report.agrees());
    CHECK(reading(report.controls[0].targets, target).outcome == TargetOutcome::Different);
    CHECK(reading(report.controls[0].targets, target).detail.find("customSubDomainName") !=
          std::string::npos);
    CHECK(report.count(TargetOutcome::Different) == 1);
  }
}

TEST_CASE("damage to the initiative of a target is noticed") {
  for (const char* target : {"initiative", "epac", "arm", "bicep", "terraform"}) {
    INFO(target);
    Folder folder;
    const std::string member = std::string(target) == "terraform" ? "\"reference_id\": \"LAB-001\""
                               : std::string(target) == "bicep"
                                   ? "policyDefinitionReferenceId: 'LAB-001'"
                                   : "\"policyDefinitionReferenceId\": \"LAB-001\"";
    std::string other = member;
    other.replace(other.find("001"), 3, "002");
    REQUIRE(folder.damage(target, member, other) == 1);
    const VerifyReport report = folder.run();
    CHECK_FALSE(report.agrees());
    CHECK(reading(report.initiatives[0].targets, target).outcome == TargetOutcome::Different);
    CHECK(report.count(TargetOutcome::Different) == 1);
  }
}

TEST_CASE("a file that is gone or broken is named") {
  Folder folder;
  for (auto it = folder.files.contents.begin(); it != folder.files.contents.end();)
    it = it->first.starts_with("out/epac/Definitions/policyDefinitions/") ? folder.files.contents.erase(it)
                                                                          : std::next(it);
  REQUIRE(folder.damage("arm", "\"resources\": [", "\"resources\": [[") > 0);
  REQUIRE(folder.damage("bicep", "targetScope = ", "targetScope ") > 0);
  const VerifyReport report = folder.run();
  CHECK_FALSE(report.agrees());
  for (const char* target : {"epac", "arm", "bicep"})
    CHECK(reading(report.controls[0].targets, target).outcome == TargetOutcome::Missing);
  CHECK(report.target_problems.size() >= 3);
  CHECK(reading(report.controls[0].targets, "terraform").outcome == TargetOutcome::Same);
}

} // namespace
} // namespace writ::driver
