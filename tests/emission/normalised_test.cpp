// SPDX-License-Identifier: MIT
// Published definitions, read and emitted: what differs from the original is documented, to the last member.
#include "azure/emit_definition.h"
#include "azure/import.h"
#include "emission/normalise.h"
#include "support/files.h"

#include <catch2/catch.hpp>
#include <iostream>

namespace {

using namespace writ;
using nlohmann::json;
using testing::lines_of;
using testing::read_published;

} // namespace

TEST_CASE("published definitions differ from what is emitted in documented ways only", "[normalised]") {
  const auto aliases = read_published("aliases.json");
  const auto builtins = read_published("builtins.ndjson");
  if (!aliases || !builtins) return;
  Catalog catalog;
  REQUIRE(catalog.add_provider_export(*aliases, "aliases.json").ok());
  const std::vector<std::string> lines = lines_of(*builtins);
  std::size_t definitions = 0;
  std::size_t different = 0;
  std::size_t untouched = 0;
  for (const std::string& line : lines) {
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
