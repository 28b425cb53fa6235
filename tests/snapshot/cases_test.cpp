// SPDX-License-Identifier: MIT
// cases.yaml: what is read from each file of data/.
#include "read_all.h"

#include <catch2/catch.hpp>
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace writ;
using namespace writ::snapshot;
using namespace writ::snapshot::testing;

namespace {

const std::string kFolder = WRIT_SOURCE_DIR "/tests/snapshot/";

std::string contents_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

/// "a1@3": last segment of the id, line.
std::vector<std::string> resources_of(const ReadResult& result) {
  std::vector<std::string> lines;
  for (const ReadResource& resource : result.resources)
    lines.push_back(resource.id.substr(resource.id.rfind('/') + 1) + "@" + std::to_string(resource.line));
  return lines;
}

/// "E0702@2:5".
std::vector<std::string> diagnostics_of(const ReadResult& result) {
  std::vector<std::string> lines;
  for (const Diagnostic& d : result.diagnostics) {
    std::string line(info(d.code).number);
    if (d.line > 0) line += "@" + std::to_string(d.line);
    if (d.column > 0) line += ":" + std::to_string(d.column);
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> strings_of(const YAML::Node& node) {
  return node ? node.as<std::vector<std::string>>() : std::vector<std::string>();
}

void check_case(const std::string& name, const YAML::Node& expected, const Input& input) {
  INFO(name);
  const ReadResult result = read_all({input});
  CHECK(resources_of(result) == strings_of(expected["resources"]));
  CHECK(diagnostics_of(result) == strings_of(expected["diagnostics"]));
  CHECK(result.formats == (expected["format"] ? std::vector<std::string>{expected["format"].as<std::string>()}
                                              : std::vector<std::string>{}));
  CHECK(result.untyped == expected["untyped"].as<std::uint64_t>(0));
  CHECK(result.not_exported == expected["not_exported"].as<std::uint64_t>(0));
  for (const std::string& type : strings_of(expected["types"])) {
    const bool found = std::any_of(result.resources.begin(), result.resources.end(),
                                   [&](const ReadResource& resource) { return resource.type == type; });
    INFO(type);
    CHECK(found);
  }
  if (expected["json"]) {
    REQUIRE(result.resources.size() == 1);
    CHECK(result.resources[0].json == expected["json"].as<std::string>());
  }
  // The byte range of a resource holds its text.
  const std::string text = contents_of(kFolder + "data/" + name);
  for (const ReadResource& resource : result.resources) {
    REQUIRE(resource.end <= text.size());
    const std::string own = text.substr(resource.begin, resource.end - resource.begin);
    INFO(own);
    CHECK((own.front() == '{' || own.front() == '['));
    CHECK((own.back() == '}' || own.back() == ']'));
    CHECK(resource.line ==
          static_cast<std::uint64_t>(
              std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(resource.begin), '\n')) +
              1);
  }
}

} // namespace

TEST_CASE("every sample file reads as its case says", "[snapshot]") {
  const YAML::Node cases = YAML::LoadFile(kFolder + "cases.yaml");
  std::set<std::string> seen;
  for (const auto& entry : cases) {
    const auto name = entry.first.as<std::string>();
    seen.insert(name);
    check_case(name, entry.second, Input::path(kFolder + "data/" + name));
    // The same bytes as a text in memory, and through a pipe, read alike.
    Input text = Input::of_text(name, contents_of(kFolder + "data/" + name));
    check_case(name, entry.second, text);
  }
  for (const auto& file : std::filesystem::directory_iterator(kFolder + "data")) {
    INFO(file.path());
    CHECK(seen.contains(file.path().filename().string()));
  }
}
