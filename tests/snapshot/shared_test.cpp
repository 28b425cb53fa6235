// SPDX-License-Identifier: MIT
// Real resources beside the source tree, when they are there.
#include "read_all.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <iostream>
#include <set>

using namespace writ;
using namespace writ::snapshot::testing;

TEST_CASE("recorded resources and documentation examples are read", "[snapshot][shared]") {
  for (const std::string name : {"recorded-resources.ndjson", "rest-examples.ndjson"}) {
    const std::string path = std::string(WRIT_SHARED_DIR) + "/azure/" + name;
    if (!std::filesystem::exists(path)) {
      std::cout << "skipped: " << path << " is not there\n";
      continue;
    }
    const ReadResult result = read_all({Input::path(path)});
    std::set<std::string> types;
    for (const ReadResource& resource : result.resources)
      types.insert(resource.type);
    std::cout << name << ": " << result.resources.size() << " resources of " << types.size() << " types\n";
    CHECK(result.resources.size() > 50);
    CHECK(result.diagnostics.empty());
    CHECK(result.damaged == 0);
    for (const ReadResource& resource : result.resources)
      CHECK(resource.json.size() > 2);
  }
}
