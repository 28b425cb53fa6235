// SPDX-License-Identifier: MIT
// The conformance corpus tests/azure: the importer and the VM give the expected results.
#include "import/conformance.h"

#include <catch2/catch.hpp>
#include <iostream>
#include <set>
#include <utility>
#include <yaml-cpp/yaml.h>

namespace writ::test {
namespace {

/// File and name of the cases that known_differences.yaml lists.
std::set<std::pair<std::string, std::string>> known_differences() {
  std::set<std::pair<std::string, std::string>> known;
  for (const YAML::Node& group : YAML::LoadFile(WRIT_SOURCE_DIR "/tests/import/known_differences.yaml")) {
    CHECK_FALSE(group["reason"].as<std::string>().empty());
    for (const YAML::Node& one : group["cases"])
      known.emplace(one["file"].as<std::string>(), one["name"].as<std::string>());
  }
  return known;
}

TEST_CASE("the conformance corpus holds for importer and VM") {
  const auto cases = reference::read_corpus(WRIT_SOURCE_DIR "/tests/azure");
  REQUIRE(cases.size() >= 400);
  std::set<std::pair<std::string, std::string>> known = known_differences();
  const std::size_t listed = known.size();
  std::size_t held = 0;
  std::size_t others = 0;
  for (const reference::CorpusCase& c : cases) {
    const std::optional<std::string> plain = run_on_vm(c, Pipeline::Plain);
    const std::optional<std::string> optimised = run_on_vm(c, Pipeline::Optimised);
    if (!plain || !optimised)
      ++others;
    else if (plain->empty() && optimised->empty())
      ++held;
    else if (!plain->empty() && !optimised->empty() && known.erase({c.file, c.name}) > 0)
      continue;
    else
      FAIL_CHECK(c.file << ":" << c.line << ": " << c.name << ": plain: " << *plain
                        << ", optimised: " << *optimised);
  }
  for (const auto& [file, name] : known)
    FAIL_CHECK(file << ": " << name << " holds or is gone: take it off known_differences.yaml");
  CHECK(held > 0);
  std::cout << "conformance corpus on the VM: " << held << " of " << cases.size() << " cases hold, " << listed
            << " are known differences, " << others << " are about attestations\n";
}

} // namespace
} // namespace writ::test
