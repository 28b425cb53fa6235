// SPDX-License-Identifier: MIT
// suites/*.yaml: controls and resources in, verdicts out; with one thread and with two.
#include "build.h"
#include "writ/engine.h"

#include <catch2/catch.hpp>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>

using namespace writ;
using namespace writ::testing;

namespace {

std::string text_of(const YAML::Node& node, const std::string& otherwise = {}) {
  return node ? node.as<std::string>() : otherwise;
}
std::vector<std::string> texts_of(const YAML::Node& node) {
  return node ? node.as<std::vector<std::string>>() : std::vector<std::string>();
}

TestControl control_of(const YAML::Node& node) {
  TestControl control;
  control.id = text_of(node["id"], "C");
  control.origin = text_of(node["origin"], control.origin);
  control.mode = text_of(node["mode"], control.mode);
  control.effect = text_of(node["effect"], control.effect);
  control.types = texts_of(node["types"]);
  control.applicable = text_of(node["applicable"], control.applicable);
  for (const auto& violation : node["violations"])
    control.violations.push_back({text_of(violation["when"]), text_of(violation["message"])});
  if (node["if"]) control.violations.push_back({text_of(node["if"]), {}});
  control.details = text_of(node["details"]);
  for (const auto& operation : node["operations"])
    control.operations.push_back({text_of(operation["operation"]), text_of(operation["field"]),
                                  text_of(operation["value"]), text_of(operation["condition"])});
  if (const YAML::Node relation = node["related"]) {
    TestRelation related;
    related.type = text_of(relation["type"]);
    related.name = text_of(relation["name"]);
    related.kind = text_of(relation["kind"]);
    related.resource_group = text_of(relation["resource_group"]);
    related.scope = text_of(relation["scope"]);
    related.condition = text_of(relation["condition"]);
    related.static_type = related.type.starts_with('"') && !relation["dynamic"];
    related.reads_primary = related.condition.find("primary(") != std::string::npos;
    control.relation.push_back(related);
  }
  for (const auto& parameter : node["parameters"])
    control.parameters.push_back({text_of(parameter["name"]), parameter["type"].as<int>(0),
                                  text_of(parameter["value"]), text_of(parameter["allowed"])});
  control.not_evaluable = text_of(node["not_evaluable"]);
  return control;
}

EngineOptions options_of(const YAML::Node& node) {
  EngineOptions options;
  options.now = text_of(node["now"]);
  options.context_json = text_of(node["context"]);
  options.assume_complete = node["assume_complete"].as<bool>(false);
  options.details_full = node["details_full"].as<bool>(false);
  options.manual_default = node["manual_default"].as<bool>(false);
  options.all_not_applicable = node["all_not_applicable"].as<bool>(false);
  options.deliver = node["deliver"].as<std::uint32_t>(0xFFFFFFFF);
  return options;
}

/// "CONTROL NAME VERDICT", and what else the expectation asks for.
std::string line_of(const Finding& finding) {
  std::string line = std::string(finding.control->id) + " " + finding.resource->name + " " +
                     std::string(to_text(finding.verdict));
  if (!finding.reason.empty()) line += " (" + finding.reason + ")";
  return line;
}

void run_case(const YAML::Node& suite, const YAML::Node& one, unsigned threads) {
  INFO(one["name"].as<std::string>() << ", " << threads << " threads");
  TestFields fields;
  for (const auto& field : suite["fields"])
    fields[field.first.as<std::string>()] = field.second.as<std::string>();
  std::vector<TestControl> controls;
  for (const auto& control : one["controls"] ? one["controls"] : suite["controls"])
    controls.push_back(control_of(control));
  Bundle bundle = bundle_of(controls, fields);
  for (const auto& parameter : one["set"])
    REQUIRE(
        bundle.set_parameter("", parameter.first.as<std::string>(), parameter.second.as<std::string>()).ok());
  EngineOptions options = one["options"] ? options_of(one["options"]) : EngineOptions();
  options.threads = threads;
  const Engine engine({bundle}, options);
  const std::string resources = text_of(one["resources"], text_of(suite["resources"]));
  std::vector<std::string> verdicts;
  std::vector<std::string> details;
  std::vector<std::string> messages;
  std::vector<std::string> effects;
  const RunReport report =
      engine.run({Input::of_text("snap.ndjson", resources)}, [&](const Finding& finding) {
        verdicts.push_back(line_of(finding));
        if (!finding.details_json.empty()) details.push_back(finding.details_json);
        if (!finding.effect.empty()) effects.push_back(finding.effect);
        messages.insert(messages.end(), finding.messages.begin(), finding.messages.end());
      });
  CHECK(verdicts == texts_of(one["expect"]));
  if (one["details"]) CHECK(details == texts_of(one["details"]));
  if (one["effects"]) CHECK(effects == texts_of(one["effects"]));
  if (one["messages"]) CHECK(messages == texts_of(one["messages"]));
  std::vector<std::string> diagnostics;
  for (const Diagnostic& d : report.diagnostics.all())
    diagnostics.emplace_back(info(d.code).number);
  CHECK(diagnostics == texts_of(one["diagnostics"]));
  CHECK(report.incomplete == one["incomplete"].as<bool>(false));
  // Counts add up to every control on every resource.
  std::uint64_t total = 0;
  for (const std::uint64_t count : report.counts)
    total += count;
  CHECK(total == report.resources * controls.size());
}

} // namespace

TEST_CASE("engine suites", "[engine]") {
  std::vector<std::filesystem::path> suites;
  for (const auto& file : std::filesystem::directory_iterator(WRIT_SOURCE_DIR "/tests/engine/suites"))
    suites.push_back(file.path());
  std::sort(suites.begin(), suites.end());
  REQUIRE_FALSE(suites.empty());
  for (const auto& path : suites) {
    INFO(path.filename());
    const YAML::Node suite = YAML::LoadFile(path.string());
    for (const auto& one : suite["cases"])
      for (const unsigned threads : {1u, 2u})
        run_case(suite, one, threads);
  }
}
