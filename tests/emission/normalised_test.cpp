// SPDX-License-Identifier: MIT
// Published definitions, read and emitted: what differs from the original is documented, to the last member.
#include "azure/emit_definition.h"
#include "azure/import.h"
#include "emission/normalise.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iostream>
#include <sstream>

namespace {

using namespace writ;
using nlohmann::json;

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

} // namespace

TEST_CASE("published definitions differ from what is emitted in documented ways only", "[normalised]") {
  const std::string folder = std::string(WRIT_SHARED_DIR) + "/azure/";
  const auto aliases = read_file(folder + "aliases.json");
  const auto builtins = read_file(folder + "builtins.ndjson");
  if (!aliases || !builtins) {
    std::cout << "skipped: ../shared/azure is not there\n";
    return;
  }
  Catalog catalog;
  REQUIRE(catalog.add_provider_export(*aliases, "aliases.json").ok());
  std::istringstream lines(*builtins);
  std::size_t definitions = 0;
  std::size_t different = 0;
  std::size_t untouched = 0;
  for (std::string line; std::getline(lines, line);) {
    SourceMap sources;
    Diagnostics diagnostics;
    ir::PolicySet set;
    azure::import_policies(sources, sources.add("definition.json", line), catalog, {}, set, diagnostics);
    REQUIRE(set.policies.size() == 1);
    const Result<nlohmann::ordered_json> definition = azure::emit_definition(*set.graph, set.policies[0], {});
    REQUIRE(definition.ok());
    const json published = json::parse(line).at("definition");
    const json emitted = json::parse(definition->dump());
    const json wanted = test::normalised(published, catalog);
    ++definitions;
    untouched += wanted.at("properties").at("policyRule") == published.at("properties").at("policyRule");
    if (const std::string found = test::first_difference(wanted, emitted); !found.empty())
      if (++different <= 40) FAIL_CHECK(published.at("name").get<std::string>() << found);
  }
  CHECK(different == 0);
  CHECK(definitions > 2000);
  std::cout << definitions << " definitions emitted, " << different << " differ beyond the documented ways; "
            << untouched << " rules are as published\n";
}
