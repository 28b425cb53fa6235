// SPDX-License-Identifier: MIT
// Definitions that were broken by hand must be told from their controls, with the smallest resource.
#include "writ/driver/verify.h"
#include "writ/driver/verify_report.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

namespace writ::driver {
namespace {

using json = nlohmann::ordered_json;

json to_json(const YAML::Node& node) {
  if (node.IsMap()) {
    json out = json::object();
    for (const auto& entry : node)
      out[entry.first.as<std::string>()] = to_json(entry.second);
    return out;
  }
  if (node.IsSequence()) {
    json out = json::array();
    for (const auto& entry : node)
      out.push_back(to_json(entry));
    return out;
  }
  const json parsed = json::parse(node.Scalar(), nullptr, false);
  return node.Tag() != "!" && (parsed.is_number() || parsed.is_boolean()) ? parsed : json(node.Scalar());
}

/// The compiled controls, their emitted files in memory.
struct Lab {
  explicit Lab(const std::string& source) {
    files.contents["lab.writ"] = source;
    request.sources = {"lab.writ"};
    compilation = Compilation::compile(files, request);
    for (const Diagnostic& diagnostic : compilation->diagnostics().all())
      UNSCOPED_INFO(diagnostic.message);
    REQUIRE(compilation->ok());
    Diagnostics refused;
    for (const EmittedFile& file : compilation->emit_azure_policy(refused))
      files.contents["out/" + file.path] = file.text;
    REQUIRE_FALSE(refused.has_errors());
  }

  ControlVerification verify(const std::string& id) {
    VerifyRequest verification;
    verification.pairs = 300;
    verification.now = "2026-01-01T00:00:00Z";
    verification.controls = {id};
    verification.emitted_folder = "out";
    VerifyReport report = run_verification(files, *compilation, request, verification);
    REQUIRE(report.controls.size() == 1);
    return report.controls[0];
  }

  MemoryFiles files;
  CompileRequest request;
  std::optional<Compilation> compilation;
};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  return text;
}

void check_witness(const YAML::Node& expected, const ControlVerification& result) {
  REQUIRE_FALSE(result.counterexamples.empty());
  // Several differences may be found; one of them is the expected one.
  const bool found = std::any_of(
      result.counterexamples.begin(), result.counterexamples.end(), [&](const Counterexample& example) {
        if (example.left.verdict != expected["verdicts"][0].as<std::string>() ||
            example.right.verdict != expected["verdicts"][1].as<std::string>())
          return false;
        json row = json::parse(example.rows_json.at(0));
        for (const char* given : {"id", "type", "name"})
          row.erase(given);
        if (expected["witness"] && row != to_json(expected["witness"])) return false;
        std::vector<std::string> pointers = example.pointers;
        std::sort(pointers.begin(), pointers.end());
        return !expected["pointers"] || pointers == expected["pointers"].as<std::vector<std::string>>();
      });
  VerifyReport report;
  report.controls.push_back(result);
  INFO(to_text(report));
  CHECK(found);
}

TEST_CASE("broken definitions are caught, and what catches them is small") {
  const YAML::Node suite = YAML::LoadFile(WRIT_SOURCE_DIR "/tests/verify/broken.yaml");
  const std::string source = suite["controls"].as<std::string>();
  for (const YAML::Node& one : suite["cases"]) {
    INFO(one["name"].as<std::string>());
    Lab lab(source);
    const std::string id = one["control"].as<std::string>();
    std::string& text = lab.files.contents.at("out/" + lower(id) + ".json");
    json definition = json::parse(text);
    if (one["pointer"]) {
      const json::json_pointer at(one["pointer"].as<std::string>());
      REQUIRE(definition.contains(at));
      if (one["value"])
        definition[at] = to_json(one["value"]);
      else if (definition[at.parent_pointer()].is_array())
        definition[at.parent_pointer()].erase(std::stoul(at.back()));
      else
        definition[at.parent_pointer()].erase(at.back());
    }
    text = definition.dump(2);
    const ControlVerification result = lab.verify(id);
    if (one["fails"]) {
      CHECK(result.outcome == VerifyOutcome::Failed);
      CHECK(result.reason.find(one["fails"].as<std::string>()) != std::string::npos);
      continue;
    }
    if (!one["pointer"]) {
      CHECK(result.same_ir);
      CHECK(result.counterexamples.empty());
      CHECK((result.outcome == VerifyOutcome::Proved || result.outcome == VerifyOutcome::Tested));
      continue;
    }
    CHECK(result.outcome == VerifyOutcome::Different);
    CHECK_FALSE(result.same_ir);
    const std::string part = one["part"].as<std::string>();
    CHECK(std::any_of(result.differences.begin(), result.differences.end(),
                      [&](const PolicyDifference& difference) { return to_text(difference.part) == part; }));
    if (one["verdicts"]) check_witness(one, result);
  }
}

TEST_CASE("a file that is not there and one that is no JSON fail, and say so") {
  const YAML::Node suite = YAML::LoadFile(WRIT_SOURCE_DIR "/tests/verify/broken.yaml");
  Lab lab(suite["controls"].as<std::string>());
  lab.files.contents.at("out/lab-001.json") = "{";
  lab.files.contents.erase("out/lab-002.json");
  CHECK(lab.verify("LAB-001").outcome == VerifyOutcome::Failed);
  CHECK(lab.verify("LAB-001").reason.find("not JSON") != std::string::npos);
  CHECK(lab.verify("LAB-002").outcome == VerifyOutcome::Failed);
  CHECK(lab.verify("LAB-003").outcome != VerifyOutcome::Failed);
}

} // namespace
} // namespace writ::driver
