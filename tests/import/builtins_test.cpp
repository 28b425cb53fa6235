// SPDX-License-Identifier: MIT
// Every published definition is imported and becomes code. Needs the definitions beside the project; says so
// when they are not there.
#include "assign/instances.h"
#include "assign/link.h"
#include "azure/import.h"
#include "codegen/codegen.h"
#include "ir/verify.h"
#include "passes/pass.h"
#include "writ/engine.h"
#include "writ/text.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
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

TEST_CASE("every published initiative is evaluated over a small tenant") {
  const auto aliases = shared_file("aliases.json");
  const auto builtins = shared_file("builtins.ndjson");
  const auto initiatives = shared_file("builtin-sets.ndjson");
  if (!aliases || !builtins || !initiatives) return;
  Catalog catalog;
  REQUIRE(catalog.add_provider_export(*aliases, "aliases.json").ok());
  SourceMap sources;
  Diagnostics diagnostics;
  ir::PolicySet set;
  // Initiatives first: the order plays no part.
  for (const auto& [name, text] :
       {std::pair("sets.ndjson", initiatives), std::pair("builtins.ndjson", builtins)})
    azure::import_policies(sources, sources.add(name, *text), catalog, {}, set, diagnostics);
  assign::link(set, diagnostics);
  std::vector<ir::PolicyInstance> instances = assign::instances_of(set, catalog, {}, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all())
    if (diagnostic.severity == Severity::Error) FAIL_CHECK(diagnostic.message);

  // What is missing is named once for each initiative.
  std::size_t members = 0;
  std::size_t found = 0;
  std::set<std::size_t> lacking;
  for (std::size_t i = 0; i < set.initiatives.size(); ++i)
    for (const ir::InitiativeMember& member : set.initiatives[i].members) {
      ++members;
      member.policy ? (void)++found : (void)lacking.insert(i);
    }
  std::map<Code, std::size_t> warnings;
  for (const Diagnostic& diagnostic : diagnostics.all())
    ++warnings[diagnostic.code];
  CHECK(static_cast<std::size_t>(std::count(initiatives->begin(), initiatives->end(), '\n')) ==
        set.initiatives.size());
  CHECK(warnings[Code::MissingInitiativeMember] == lacking.size());
  const auto of_initiatives = static_cast<std::size_t>(
      std::count_if(instances.begin(), instances.end(),
                    [](const ir::PolicyInstance& one) { return one.initiative.has_value(); }));
  CHECK(of_initiatives == found);

  set.instances = std::move(instances);
  passes::Options pass_options;
  pass_options.catalog = &catalog;
  passes::run(set, pass_options, diagnostics);
  codegen::Options options;
  options.sources = &sources;
  options.catalog = &catalog;
  const Result<Bundle> bundle = Bundle::from_program(codegen::generate(set, options, diagnostics), "sets");
  REQUIRE(bundle.ok());
  EngineOptions engine_options;
  engine_options.now = "2031-01-01T00:00:00Z";
  engine_options.deliver = 0;
  const RunReport report =
      Engine({*bundle}, engine_options)
          .run({Input::path(WRIT_SOURCE_DIR "/samples/halden/snapshot.ndjson")}, [](const Finding&) {});
  CHECK_FALSE(report.incomplete);
  CHECK(report.counts[static_cast<std::size_t>(Verdict::NonCompliant)] > 0);
  std::cout << "published initiatives: " << set.initiatives.size() << ", " << found << " of " << members
            << " members at hand, " << warnings[Code::MemberParameter] << " values that do not fit; "
            << report.resources << " resources:";
  for (std::size_t v = 0; v < kVerdictCount; ++v)
    std::cout << " " << report.counts[v] << " " << to_text(static_cast<Verdict>(v));
  std::cout << "\n";
}

} // namespace
} // namespace writ::test
