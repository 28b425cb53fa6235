// SPDX-License-Identifier: MIT
// The promise: the emitted definition says the same as the control. The VM evaluates the control, the
// reference interpreter the emitted JSON; they share no code.
#include "reference/definition.h"
#include "verify/boundary_generator.h"
#include "writ/bytecode/program.h"
#include "writ/compiler.h"
#include "writ/engine.h"
#include "writ/text.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

namespace {

using json = writ::reference::json;
using namespace writ;

constexpr const char* kNow = "2026-01-01T00:00:00Z";

/// The catalogue in the shape of `az provider list`, for the reference interpreter.
json export_catalogue(const Catalog& catalog) {
  std::map<std::string, json> providers;
  for (const ResourceTypeInfo& type : catalog.types()) {
    const std::string name(type.name);
    const std::size_t slash = name.find('/');
    json aliases = json::array();
    for (std::uint32_t index : type.aliases)
      aliases.push_back({{"name", catalog.alias(index).name},
                         {"defaultPath", catalog.alias(index).path},
                         {"paths", json::array()}});
    json entry = {{"resourceType", name.substr(slash + 1)}, {"aliases", aliases}};
    if (type.tracked != Ternary::Unknown)
      entry["capabilities"] = type.tracked == Ternary::Yes ? "SupportsTags, SupportsLocation" : "None";
    providers[name.substr(0, slash)].push_back(entry);
  }
  json document = json::array();
  for (auto& [name, types] : providers)
    document.push_back({{"namespace", name}, {"resourceTypes", types}});
  return document;
}

/// What both sides must agree on: for a control "not my resource" and "all is well" are two verdicts, for
/// Azure a rule that does not hold is one.
std::string comparable(std::string verdict) { return verdict == "not-applicable" ? "compliant" : verdict; }

struct Pair {
  std::string control;
  std::string resource;
  auto operator<=>(const Pair&) const = default;
};

std::map<Pair, std::string> engine_verdicts(Compilation& compilation, const std::string& ndjson) {
  Result<Bundle> bundle = Bundle::from_program(compilation.program(), "std");
  REQUIRE(bundle.ok());
  EngineOptions options;
  options.now = kNow;
  options.evidence = false;
  options.all_not_applicable = true;
  std::map<Pair, std::string> verdicts;
  const Engine engine({*bundle}, options);
  const RunReport report = engine.run({Input::of_text("generated", ndjson)}, [&](const Finding& f) {
    verdicts[{std::string(f.control->id), f.resource->id}] = std::string(to_text(f.verdict));
  });
  REQUIRE_FALSE(report.incomplete);
  return verdicts;
}

CompileRequest standard_library() {
  CompileRequest request;
  request.sources = {"std"};
  return request;
}

class Suite {
public:
  Suite()
      : compilation_(Compilation::compile(DiskFiles(), standard_library())),
        catalogue_(reference::Catalogue::load(export_catalogue(compilation_.catalog()))) {
    REQUIRE(compilation_.ok());
    Diagnostics refused;
    for (const EmittedFile& file : compilation_.emit_azure_policy(refused))
      definitions_.emplace_back(file.control_id, json::parse(file.text));
    REQUIRE(definitions_.size() >= 15);
  }

  /// Compares all pairs (definition, resource) that `wanted` names; returns how many.
  std::size_t compare(const std::vector<json>& resources,
                      const std::function<bool(const std::string& control, std::size_t resource)>& wanted) {
    std::string ndjson;
    for (const json& resource : resources)
      ndjson += resource.dump() + "\n";
    const auto engine = engine_verdicts(compilation_, ndjson);
    const reference::Snapshot snapshot{std::vector<json>(resources)};
    const reference::Context context{kNow, {}, {}, {}, {}};
    std::size_t compared = 0;
    for (const auto& [control, document] : definitions_) {
      auto loaded = reference::Definition::load(document, catalogue_, {});
      REQUIRE(loaded.index() == 0);
      reference::Definition& definition = *std::get<0>(loaded);
      const reference::BoundDefinition bound = definition.bind(json::object());
      for (std::size_t i = 0; i < resources.size(); ++i) {
        if (!wanted(control, i)) continue;
        const reference::Verdict expected = definition.evaluate(bound, {resources[i], snapshot, context, {}});
        const std::string& actual = engine.at({control, resources[i].at("id").get<std::string>()});
        // Mode Indexed leaves out rows without location; a control looks at them, and so would Azure's own
        // inventory.
        if (expected.reason.find("ndexed") != std::string::npos) continue;
        ++compared;
        ++outcomes_[comparable(expected.verdict)];
        if (comparable(actual) != comparable(expected.verdict)) {
          INFO(control << " on " << resources[i].dump(2) << "\nVM: " << actual
                       << "\nreference: " << expected.verdict << " " << expected.reason);
          CHECK(comparable(actual) == comparable(expected.verdict));
          if (++differences_ > 5) return compared;
        }
      }
    }
    CHECK(compared > 0);
    return compared;
  }

  /// How often each verdict came out: a comparison in which nothing is violated would prove little.
  [[nodiscard]] std::size_t outcomes(const std::string& verdict) const {
    auto found = outcomes_.find(verdict);
    return found == outcomes_.end() ? 0 : found->second;
  }
  [[nodiscard]] const std::vector<std::pair<std::string, json>>& definitions() const { return definitions_; }
  [[nodiscard]] std::optional<std::string> path_of(const std::string& type, const std::string& alias) const {
    for (const Alias& entry : compilation_.catalog().find_alias(alias))
      if (equal_ascii_fold(compilation_.catalog().types()[entry.type].name, type))
        return std::string(entry.path);
    return std::nullopt;
  }

private:
  Compilation compilation_;
  reference::Catalogue catalogue_;
  std::vector<std::pair<std::string, json>> definitions_;
  int differences_ = 0;
  std::map<std::string, std::size_t> outcomes_;
};

TEST_CASE("emitted definitions agree with the VM on the sample snapshot") {
  Suite suite;
  std::vector<json> resources;
  std::ifstream in(std::string(WRIT_SOURCE_DIR) + "/samples/halden/snapshot.ndjson");
  for (std::string line; std::getline(in, line);)
    resources.push_back(json::parse(line));
  REQUIRE(resources.size() >= 80);
  const std::size_t pairs = suite.compare(resources, [](const std::string&, std::size_t) { return true; });
  std::cout << "sample: " << pairs << " (control, resource) pairs agree\n";
}

TEST_CASE("emitted definitions agree with the VM on generated boundary resources") {
  constexpr std::size_t kPerControl = 700;
  Suite suite;
  std::vector<json> resources;
  std::vector<std::string> owner;
  std::uint32_t seed = 20260101;
  for (const auto& [control, definition] : suite.definitions()) {
    const auto path_of = [&](const std::string& type, const std::string& alias) {
      return suite.path_of(type, alias);
    };
    driver::verify::BoundaryGenerator generator(driver::verify::rule_of_definition(definition, path_of),
                                                seed++);
    for (std::size_t i = 0; i < kPerControl; ++i) {
      json resource = generator.next();
      resource["id"] = resource["id"].get<std::string>() + "-" + control;
      resources.push_back(std::move(resource));
      owner.push_back(control);
    }
  }
  const std::size_t pairs = suite.compare(
      resources, [&](const std::string& control, std::size_t i) { return owner[i] == control; });
  CHECK(pairs >= 10'000);
  CHECK(suite.outcomes("noncompliant") > pairs / 10);
  CHECK(suite.outcomes("compliant") > pairs / 10);
  CHECK(suite.outcomes("unknown") > 0);
  std::cout << "generated: " << pairs << " (control, resource) pairs, " << suite.outcomes("noncompliant")
            << " noncompliant, " << suite.outcomes("unknown") << " unknown\n";
}

} // namespace
