// SPDX-License-Identifier: MIT
#include "suite.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>

namespace writ::vm::testing {

namespace {

constexpr const char* kWidgets = "contoso.lab/widgets";

FieldSpec read_field(const std::string& name, const YAML::Node& node) {
  FieldSpec field;
  field.name = name;
  field.type = kWidgets;
  if (node.IsScalar()) {
    field.steps = node.as<std::string>();
    return field;
  }
  field.steps = node["steps"].as<std::string>("");
  field.kind = node["kind"].as<std::string>("Alias");
  field.type = node["type"].as<std::string>(kWidgets);
  field.secret = node["secret"].as<bool>(false);
  field.fallback = node["fallback"].as<bool>(false);
  field.slotless = node["slotless"].as<bool>(false);
  field.phrase = node["phrase"].as<std::string>("");
  field.variable = node["variable"].as<std::string>("");
  if (const YAML::Node versions = node["versions"])
    for (const auto& version : versions)
      field.versions.emplace_back(version.first.as<std::string>(), version.second.as<std::string>());
  return field;
}

std::string block_text(const std::string& code) {
  return "block values=12 truths=12 binders=4\n" + code + "\n";
}

SuiteCase read_case(const YAML::Node& suite, const YAML::Node& node) {
  SuiteCase one;
  one.name = node["name"].as<std::string>();
  one.resource = node["resource"].as<std::string>(suite["resource"].as<std::string>("{}"));
  one.primary = node["primary"].as<std::string>("");
  one.whole = node["whole"].as<bool>(suite["whole"].as<bool>(false));
  one.reason = node["reason"].as<std::string>("");
  if (node["truth"]) one.truth = node["truth"].as<std::string>();
  if (node["value"]) one.value = node["value"].as<std::string>();
  if (node["evidence"]) one.evidence = node["evidence"].as<std::vector<std::string>>();
  if (const YAML::Node limits = node["limits"]) {
    one.limits.text = limits["text"].as<std::uint32_t>(one.limits.text);
    one.limits.nodes = limits["nodes"].as<std::uint32_t>(one.limits.nodes);
    one.limits.depth = limits["depth"].as<std::uint32_t>(one.limits.depth);
    one.limits.value_iterations = limits["value_iterations"].as<std::uint32_t>(one.limits.value_iterations);
    one.limits.iterations = limits["iterations"].as<std::uint32_t>(one.limits.iterations);
  }

  std::vector<FieldSpec> fields;
  for (const auto& field : suite["fields"])
    fields.push_back(read_field(field.first.as<std::string>(), field.second));
  one.text = layout_text(fields, one.whole);
  if (node["semantics"]) one.text += "semantics " + node["semantics"].as<std::string>() + "\n";
  for (const auto& parameter : node["parameters"]) {
    one.parameters[parameter.first.as<std::string>()] = parameter.second.as<std::string>();
    one.text += "parameter name=\"" + parameter.first.as<std::string>() + "\"\n";
  }
  one.text += node["tables"].as<std::string>("");
  const auto tests = node["tests"].as<std::vector<std::string>>(std::vector<std::string>());
  for (std::size_t t = 0; t < tests.size(); ++t)
    one.text += "test block=" + std::to_string(t + 1) + "\n";
  one.text += block_text(node["code"].as<std::string>());
  for (const std::string& test : tests)
    one.text += block_text(test);
  return one;
}

} // namespace

std::vector<SuiteCase> read_suite(const std::filesystem::path& path) {
  const YAML::Node suite = YAML::LoadFile(path.string());
  std::vector<SuiteCase> cases;
  for (const YAML::Node& node : suite["cases"]) {
    cases.push_back(read_case(suite, node));
    cases.back().name = path.stem().string() + ": " + cases.back().name;
  }
  return cases;
}

std::vector<SuiteCase> read_all_suites() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(WRIT_SOURCE_DIR) /
                                                               "tests" / "vm" / "suites"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<SuiteCase> cases;
  for (const auto& file : files)
    for (SuiteCase& one : read_suite(file))
      cases.push_back(std::move(one));
  return cases;
}

} // namespace writ::vm::testing
