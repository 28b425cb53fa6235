// SPDX-License-Identifier: MIT
// Every published definition is imported and becomes code. Needs the definitions beside the project; says so
// when they are not there.
#include "azure/import.h"
#include "codegen/codegen.h"
#include "ir/verify.h"
#include "writ/engine.h"
#include "writ/text.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

namespace writ::test {
namespace {

std::optional<std::string> shared_file(const std::string& name) {
  std::ifstream in(std::string(WRIT_SHARED_DIR) + "/azure/" + name, std::ios::binary);
  if (!in) {
    std::cout << "skipped: ../shared/azure/" << name << " is not there\n";
    return std::nullopt;
  }
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST_CASE("every published definition is imported and becomes code") {
  const auto aliases = shared_file("aliases.json");
  const auto builtins = shared_file("builtins.ndjson");
  if (!aliases || !builtins) return;
  Catalog catalog;
  REQUIRE(catalog.add_provider_export(*aliases, "aliases.json").ok());
  const auto lines = static_cast<std::size_t>(std::count(builtins->begin(), builtins->end(), '\n')) +
                     (builtins->ends_with('\n') ? 0 : 1);
  SourceMap sources;
  Diagnostics diagnostics;
  ir::PolicySet set;
  azure::import_policies(sources, sources.add("builtins.ndjson", *builtins), catalog, {}, set, diagnostics);

  std::map<std::string, std::size_t> table;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    ++table[std::string(info(diagnostic.code).number) + " " + std::string(info(diagnostic.code).name)];
    if (diagnostic.severity == Severity::Error)
      UNSCOPED_INFO("line " << sources.position(diagnostic.span.begin).line << ": " << diagnostic.message);
  }
  std::cout << "published definitions: " << set.policies.size() << " of " << lines << " imported\n";
  for (const auto& [code, count] : table)
    std::cout << "  " << count << " x " << code << "\n";
  CHECK(set.policies.size() == lines);
  CHECK(diagnostics.errors() == 0);

  const std::vector<ir::Problem> problems = ir::verify(set);
  for (std::size_t i = 0; i < problems.size() && i < 5; ++i)
    FAIL_CHECK(problems[i].policy << ": " << problems[i].text);

  Diagnostics generation;
  codegen::Options options;
  options.open_parameters = true;
  options.sources = &sources;
  const Result<Bundle> bundle = Bundle::from_program(codegen::generate(set, options, generation), "builtins");
  REQUIRE(bundle.ok());
  CHECK(generation.errors() == 0);
  CHECK(bundle->control_count() == lines);
}

} // namespace
} // namespace writ::test
