// SPDX-License-Identifier: MIT
// Every published definition is imported and becomes code; a sample of them agrees with the reference
// interpreter on generated resources. Needs the definitions beside the project; says so when they are not
// there.
#include "azure/import.h"
#include "codegen/codegen.h"
#include "ir/verify.h"
#include "reference/definition.h"
#include "support/boundary.h"
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

constexpr const char* kNow = "2026-01-01T00:00:00Z";

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

class Comparison {
public:
  Comparison(const std::string& aliases)
      : catalogue_(reference::Catalogue::load(reference::json::parse(aliases))) {
    REQUIRE(catalog_.add_provider_export(aliases, "aliases.json").ok());
  }

  /// Compares the verdicts on some resources; returns how many pairs were compared.
  std::size_t compare(const std::string& text, std::uint32_t seed, std::size_t resources_wanted) {
    SourceMap sources;
    Diagnostics diagnostics;
    ir::PolicySet set;
    azure::import_policies(sources, sources.add("one.json", text), catalog_, {}, set, diagnostics);
    if (set.policies.empty()) return 0;
    for (const ir::PolicyParameter& parameter : set.policies[0].parameters)
      if (!parameter.default_value) return 0;             // nothing sensible to give
    if (!set.policies[0].not_evaluable.empty()) return 0; // never asks its condition
    codegen::Options generation;
    generation.catalog = &catalog_;
    Result<Bundle> bundle = Bundle::from_program(codegen::generate(set, generation, diagnostics), "one");
    REQUIRE(bundle.ok());

    const reference::json document = reference::json::parse(text);
    auto loaded = reference::Definition::load(document, catalogue_, {});
    REQUIRE(loaded.index() == 0);
    reference::Definition& definition = *std::get<0>(loaded);
    const reference::BoundDefinition bound = definition.bind(reference::json::object());

    BoundaryGenerator generator(
        json::parse(text),
        [&](const std::string& type, const std::string& alias) -> std::optional<std::string> {
          for (const Alias& entry : catalog_.find_alias(alias))
            if (equal_ascii_fold(catalog_.types()[entry.type].name, type)) return std::string(entry.path);
          return std::nullopt;
        },
        seed);
    std::vector<reference::json> resources;
    std::string ndjson;
    for (std::size_t i = 0; i < resources_wanted; ++i) {
      ndjson += generator.next().dump() + "\n";
    }
    std::istringstream in(ndjson);
    for (std::string line; std::getline(in, line);)
      resources.push_back(reference::json::parse(line));

    EngineOptions options;
    options.now = kNow;
    options.evidence = false;
    options.all_not_applicable = true;
    std::map<std::string, std::string> verdicts;
    const Engine engine({*bundle}, options);
    Input input = Input::of_text("generated", ndjson);
    input.format = InputFormat::Lines;
    const RunReport report = engine.run({input}, [&](const Finding& finding) {
      verdicts[finding.resource->id] = std::string(to_text(finding.verdict));
    });
    REQUIRE_FALSE(report.incomplete);
    const reference::Snapshot snapshot{std::vector<reference::json>(resources)};
    const reference::Context context{kNow, {}, {}, {}, {}};
    for (std::size_t i = 0; i < resources.size(); ++i) {
      const reference::Verdict expected = definition.evaluate(bound, {resources[i], snapshot, context, {}});
      const std::string& actual = verdicts[resources[i].at("id").get<std::string>()];
      if (actual != expected.verdict && ++differences_ <= 8)
        FAIL_CHECK(set.policies[0].id << " " << set.policies[0].title << "\n"
                                      << resources[i].dump() << "\nVM: " << actual
                                      << "\nreference: " << expected.verdict << " " << expected.reason);
    }
    return resources.size();
  }

private:
  Catalog catalog_;
  reference::Catalogue catalogue_;
  int differences_ = 0;
};

TEST_CASE("a sample of the published definitions agrees with the reference interpreter") {
  constexpr std::size_t kEvery = 23; // a prime: no pattern of the list repeats with it
  constexpr std::size_t kResources = 40;
  const auto aliases = shared_file("aliases.json");
  const auto builtins = shared_file("builtins.ndjson");
  if (!aliases || !builtins) return;
  Comparison comparison(*aliases);
  std::istringstream in(*builtins);
  std::size_t number = 0;
  std::size_t pairs = 0;
  for (std::string line; std::getline(in, line);) {
    if (number++ % kEvery != 0) continue;
    const json definition = json::parse(line).at("definition");
    const std::string mode = definition.at("properties").value("mode", "");
    if (!equal_ascii_fold(mode, "All") && !equal_ascii_fold(mode, "Indexed")) continue;
    pairs += comparison.compare(definition.dump(), 20260101 + static_cast<std::uint32_t>(number), kResources);
  }
  CHECK(pairs >= 1000);
  std::cout << "published definitions: " << pairs << " (definition, resource) pairs agree\n";
}

} // namespace
} // namespace writ::test
