// SPDX-License-Identifier: MIT
// Published definitions on generated resources: the VM against the reference interpreter, which shares no
// code with it. Every definition gets resources around the boundaries of its own rule, and related resources
// around those of its existence condition. Seeded. WRIT_PAIRS=1000000 compares that many pairs; the default
// is a sample.
#include "azure/import.h"
#include "codegen/codegen.h"
#include "passes/pass.h"
#include "reference/definition.h"
#include "verify/boundary_generator.h"
#include "writ/engine.h"
#include "writ/text.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

namespace writ::test {
namespace {

using driver::verify::BoundaryGenerator;
using driver::verify::json;
using driver::verify::PathOf;
using driver::verify::rule_of_condition;
using driver::verify::rule_of_definition;

constexpr const char* kNow = "2026-01-01T00:00:00Z";
constexpr std::size_t kSamplePairs = 12'000;
/// Resources that share a snapshot: related resources are looked for among these.
constexpr std::size_t kGroup = 20;

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

/// A value for a parameter without a default: the first allowed one, or one of its type.
json plausible_value(const json& declaration) {
  if (const json allowed = declaration.value("allowedValues", json::array()); !allowed.empty())
    return equal_ascii_fold(declaration.value("type", ""), "Array") ? json::array({allowed[0]}) : allowed[0];
  const std::string type = lower_ascii(declaration.value("type", "String"));
  if (type == "array") return json::array({"alpha", "Beta"});
  if (type == "object") return json::object({{"key", "alpha"}});
  if (type == "boolean") return true;
  if (type == "integer") return 3;
  if (type == "float") return 2.5;
  if (type == "datetime") return "2026-01-01T00:00:00Z";
  return "alpha";
}

/// Gives every parameter of the definition a default.
void complete_parameters(json& properties) {
  if (!properties.contains("parameters") || !properties["parameters"].is_object()) return;
  for (auto& [name, declaration] : properties["parameters"].items())
    if (!declaration.contains("defaultValue")) declaration["defaultValue"] = plausible_value(declaration);
}

/// `details.type`, when the definition names it as a constant.
std::string related_type(const json& properties) {
  const json then = properties.at("policyRule").value("then", json::object());
  const json details = then.value("details", json());
  if (!details.is_object() || !details.contains("type") || !details["type"].is_string()) return {};
  const std::string type = details["type"].get<std::string>();
  return type.starts_with('[') ? std::string() : type;
}

class Differential {
public:
  explicit Differential(const std::string& aliases)
      : catalogue_(reference::Catalogue::load(reference::json::parse(aliases))) {
    REQUIRE(catalog_.add_provider_export(aliases, "aliases.json").ok());
  }

  /// Compares the verdicts of one definition on this many resources.
  void compare(json document, std::uint32_t seed, std::size_t wanted) {
    const std::unique_ptr<Loaded> loaded = load(document, seed % 2 == 0);
    if (!loaded) return;
    const json& properties = document.at("properties");
    const Engine& engine = *loaded->engine;
    reference::Definition& definition = *loaded->definition;
    const reference::BoundDefinition& bound = loaded->bound;

    const PathOf path_of = [&](const std::string& type, const std::string& alias) {
      return path(type, alias);
    };
    BoundaryGenerator resources(rule_of_definition(document, path_of), seed);
    const std::string other = related_type(properties);
    const json details = properties["policyRule"]["then"].value("details", json::object());
    const json existence =
        details.is_object() ? details.value("existenceCondition", json::object()) : json::object();
    BoundaryGenerator related(
        rule_of_condition(existence, properties.value("parameters", json::object()), {other}, path_of),
        seed + 1);
    std::mt19937 random(seed);
    // A type is either attached to resources or not: the inventory tells which.
    const bool asked_itself =
        lower_ascii(properties["policyRule"]["if"].dump()).find("\"" + lower_ascii(other) + "\"") !=
        std::string::npos;
    const bool attached = random() % 2 == 0 && !asked_itself;
    for (std::size_t done = 0; done < wanted; done += kGroup) {
      first_ = done;
      std::vector<reference::json> rows;
      const std::size_t primaries = std::min(kGroup, wanted - done);
      for (std::size_t i = 0; i < primaries; ++i)
        add_primary(resources.next(), done + i, rows);
      for (std::size_t i = 0; i < primaries; ++i)
        add_scopes(done + i, rows);
      if (!other.empty())
        for (std::size_t i = 0; i < primaries; ++i)
          for (std::size_t n = random() % 3; n > 0; --n)
            add_related(related.next(), other, details, rows[i], attached, random, rows);
      compare_group(engine, definition, bound, rows, primaries);
    }
  }

  /// Compares the verdicts of one definition on recorded resources, which are each other's related ones.
  void compare_recorded(json document, const reference::Snapshot& snapshot,
                        const std::vector<reference::json>& rows, const std::string& ndjson, bool optimised) {
    const std::unique_ptr<Loaded> loaded = load(document, optimised);
    if (!loaded) return;
    Input input = Input::of_text("recorded", ndjson);
    input.format = InputFormat::Lines;
    std::map<std::uint64_t, std::string> verdicts; // by line
    const RunReport report = loaded->engine->run({input}, [&](const Finding& finding) {
      verdicts[finding.resource->line] = std::string(to_text(finding.verdict));
    });
    REQUIRE_FALSE(report.incomplete);
    const reference::Context context{kNow, {}, {}, {}, {}};
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const reference::Verdict expected =
          loaded->definition->evaluate(loaded->bound, {rows[i], snapshot, context, {}});
      note(expected, verdicts[i + 1], rows[i].dump());
    }
  }

  [[nodiscard]] std::size_t pairs() const { return pairs_; }
  [[nodiscard]] std::size_t differences() const { return differences_; }
  [[nodiscard]] std::size_t outcomes(const std::string& verdict) const {
    const auto found = outcomes_.find(verdict);
    return found == outcomes_.end() ? 0 : found->second;
  }
  void print() const {
    std::cout << "published definitions: " << pairs_ << " (definition, resource) pairs, " << differences_
              << " differences;";
    for (const auto& [verdict, count] : outcomes_)
      std::cout << " " << count << " " << verdict;
    for (const auto& [why, count] : skipped_)
      std::cout << "; " << count << " definitions " << why;
    std::cout << "\n";
  }

private:
  /// One definition in both evaluators.
  struct Loaded {
    reference::json text; ///< what the reference reads from
    std::unique_ptr<reference::Definition> definition;
    reference::BoundDefinition bound;
    std::optional<Engine> engine;
  };

  /// Nothing when there is no verdict to compare.
  std::unique_ptr<Loaded> load(json& document, bool optimised) {
    complete_parameters(document.at("properties"));
    const std::string text = document.dump();
    SourceMap sources;
    Diagnostics diagnostics;
    ir::PolicySet set;
    azure::import_policies(sources, sources.add("one.json", text), catalog_, {}, set, diagnostics);
    if (set.policies.empty() || !set.policies[0].not_evaluable.empty()) {
      ++skipped_[set.policies.empty() ? "not imported" : "not evaluable"];
      return nullptr;
    }
    title_ = set.policies[0].title;
    if (optimised) { // the others run as the importer left them
      passes::Options options;
      options.catalog = &catalog_;
      passes::run(set, options, diagnostics);
    }
    codegen::Options generation;
    generation.catalog = &catalog_;
    Result<Bundle> bundle = Bundle::from_program(codegen::generate(set, generation, diagnostics), "one");
    REQUIRE(bundle.ok());
    auto out = std::make_unique<Loaded>();
    out->text = reference::json::parse(text);
    auto loaded = reference::Definition::load(out->text, catalogue_, {});
    REQUIRE(loaded.index() == 0);
    out->definition = std::move(std::get<0>(loaded));
    out->bound = out->definition->bind(reference::json::object());
    EngineOptions options;
    options.now = kNow;
    options.evidence = false;
    options.all_not_applicable = true;
    out->engine.emplace(std::vector<Bundle>{*bundle}, options);
    return out;
  }

  /// Counts one pair; says what differs.
  void note(const reference::Verdict& expected, const std::string& actual, const std::string& resources) {
    ++pairs_;
    ++outcomes_[expected.verdict];
    if (actual == expected.verdict || ++differences_ > 8) return;
    FAIL_CHECK(title_ << "\n"
                      << resources << "\nVM: " << actual << "\nreference: " << expected.verdict << " "
                      << expected.reason);
  }

  std::optional<std::string> path(const std::string& type, const std::string& alias) const {
    for (const Alias& entry : catalog_.find_alias(alias))
      if (equal_ascii_fold(catalog_.types()[entry.type].name, type)) return std::string(entry.path);
    return std::nullopt;
  }

  /// Each in a subscription and a resource group of its own, so that related resources are of one of them
  /// only.
  static void add_primary(json row, std::size_t number, std::vector<reference::json>& rows) {
    const std::string n = std::to_string(number);
    // What the rule compares ids with is no id that two rows could share.
    const bool own =
        row["id"].is_string() && row["id"].get<std::string>().find("/providers/") != std::string::npos;
    row["id"] = "/subscriptions/s" + n + "/resourceGroups/g" + n +
                (own ? row["id"].get<std::string>().substr(row["id"].get<std::string>().find("/providers/"))
                     : "/providers/Contoso.Other/things/" + n);
    if (!row["name"].is_string()) row["name"] = "r" + n; // no resource lacks its name
    rows.push_back(reference::json::parse(row.dump()));
  }

  /// The records of its subscription and resource group: what subscription() and resourceGroup() read.
  static void add_scopes(std::size_t number, std::vector<reference::json>& rows) {
    const std::string id = "/subscriptions/s" + std::to_string(number);
    const std::string group = "g" + std::to_string(number);
    rows.push_back({{"id", id},
                    {"type", "Microsoft.Resources/subscriptions"},
                    {"name", "Subscription"},
                    {"subscriptionId", id.substr(15)},
                    {"tenantId", "t"},
                    {"displayName", "Subscription"},
                    {"tags", {{"owner", "alpha"}}},
                    {"properties", {{"state", "Enabled"}}}});
    rows.push_back({{"id", id + "/resourceGroups/" + group},
                    {"type", "Microsoft.Resources/subscriptions/resourceGroups"},
                    {"name", group},
                    {"location", number % 2 == 0 ? "westeurope" : "swedencentral"},
                    {"tags", {{"owner", "alpha"}}},
                    {"managedBy", number % 3 == 0 ? reference::json() : reference::json("/x")},
                    {"properties", {{"provisioningState", "Succeeded"}}}});
  }

  /// Below the resource, attached to it, beside it in its group, or in another group.
  static void add_related(json row, const std::string& type, const json& details,
                          const reference::json& primary, bool attached, std::mt19937& random,
                          std::vector<reference::json>& rows) {
    const std::string id = primary.at("id").get<std::string>();
    const std::string primary_type = primary.at("type").get<std::string>();
    std::string name = "o" + std::to_string(rows.size());
    if (details.contains("name") && details["name"].is_string() && random() % 4 != 0) {
      const std::string given = details["name"].get<std::string>();
      if (!given.starts_with('[')) name = given.substr(given.rfind('/') + 1);
    }
    const std::string group = id.substr(0, id.find("/providers/"));
    const bool nested = std::count(type.begin(), type.end(), '/') > 1;
    if (lower_ascii(type).starts_with(lower_ascii(primary_type) + "/"))
      row["id"] = id + type.substr(primary_type.size()) + "/" + name;
    else if (nested) // a child of something else: no such thing lies beside this resource
      return;
    else if (attached)
      row["id"] = id + "/providers/" + type + "/" + name;
    else
      row["id"] = group + (random() % 3 == 0 ? "x" : "") + "/providers/" + type + "/" + name;
    row["name"] = name;
    row["type"] = type;
    rows.push_back(reference::json::parse(row.dump()));
  }

  void compare_group(const Engine& engine, reference::Definition& definition,
                     const reference::BoundDefinition& bound, const std::vector<reference::json>& rows,
                     std::size_t primaries) {
    std::string ndjson;
    for (const reference::json& row : rows)
      ndjson += row.dump() + "\n";
    Input input = Input::of_text("generated", ndjson);
    input.format = InputFormat::Lines;
    std::map<std::string, std::string> verdicts;
    const RunReport report = engine.run({input}, [&](const Finding& finding) {
      verdicts[finding.resource->id] = std::string(to_text(finding.verdict));
    });
    REQUIRE_FALSE(report.incomplete);
    const reference::Snapshot snapshot{std::vector<reference::json>(rows)};
    const reference::Context context{kNow, {}, {}, {}, {}};
    for (std::size_t i = 0; i < primaries; ++i) {
      const reference::Verdict expected = definition.evaluate(bound, {rows[i], snapshot, context, {}});
      std::string shown = rows[i].dump() + "\n";
      const std::string& actual = verdicts[rows[i].at("id").get<std::string>()];
      if (actual != expected.verdict)
        for (std::size_t j = primaries; j < rows.size(); ++j)
          if (rows[j].at("id").get<std::string>().find("/subscriptions/s" + std::to_string(first_ + i) +
                                                       "/") == 0)
            shown += rows[j].dump() + "\n";
      note(expected, actual, shown);
    }
  }

  Catalog catalog_;
  reference::Catalogue catalogue_;
  std::string title_;
  std::size_t first_ = 0; ///< number of the first resource of the group
  std::size_t pairs_ = 0;
  std::size_t differences_ = 0;
  std::map<std::string, std::size_t> outcomes_;
  std::map<std::string, std::size_t> skipped_;
};

TEST_CASE("published definitions agree with the reference interpreter on generated resources", "[pairs]") {
  const auto aliases = shared_file("aliases.json");
  const auto builtins = shared_file("builtins.ndjson");
  if (!aliases || !builtins) return;
  const char* asked = std::getenv("WRIT_PAIRS");
  const std::size_t wanted = asked ? std::strtoull(asked, nullptr, 10) : kSamplePairs;
  std::vector<json> definitions;
  std::istringstream in(*builtins);
  for (std::string line; std::getline(in, line);)
    definitions.push_back(json::parse(line).at("definition"));
  // A prime step: no pattern of the list repeats with it, and every definition has its turn.
  constexpr std::size_t kStep = 13;
  const std::size_t each = asked ? 10 * kGroup : 2 * kGroup;
  Differential differential(*aliases);
  for (std::size_t i = 0; differential.pairs() < wanted; ++i)
    differential.compare(definitions[i * kStep % definitions.size()],
                         20260101 + static_cast<std::uint32_t>(i), each);
  differential.print();
  CHECK(differential.pairs() >= wanted);
  CHECK(differential.outcomes("noncompliant") > differential.pairs() / 20);
  CHECK(differential.outcomes("compliant") > differential.pairs() / 20);
}

TEST_CASE("published definitions agree with the reference interpreter on recorded resources", "[recorded]") {
  const auto aliases = shared_file("aliases.json");
  const auto builtins = shared_file("builtins.ndjson");
  const auto recorded = shared_file("recorded-resources.ndjson");
  const auto examples = shared_file("rest-examples.ndjson");
  if (!aliases || !builtins || !recorded || !examples) return;
  std::vector<reference::json> rows;
  std::string ndjson;
  std::istringstream resources(*examples + "\n" + *recorded);
  for (std::string line; std::getline(resources, line);) {
    if (line.empty()) continue;
    rows.push_back(reference::json::parse(line));
    ndjson += line + "\n";
  }
  const reference::Snapshot snapshot{std::vector<reference::json>(rows)};
  const char* asked = std::getenv("WRIT_PAIRS");
  const std::size_t wanted = asked ? std::strtoull(asked, nullptr, 10) : kSamplePairs;
  Differential differential(*aliases);
  std::vector<std::string> definitions;
  std::istringstream in(*builtins);
  for (std::string line; std::getline(in, line);)
    definitions.push_back(line);
  constexpr std::size_t kStep = 101; // prime: every definition has its turn
  for (std::size_t i = 0; i < definitions.size() && differential.pairs() < wanted; ++i)
    differential.compare_recorded(json::parse(definitions[i * kStep % definitions.size()]).at("definition"),
                                  snapshot, rows, ndjson, i % 2 == 0);
  differential.print();
  CHECK(differential.outcomes("not-applicable") > 0);
}

} // namespace
} // namespace writ::test
