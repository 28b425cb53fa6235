// SPDX-License-Identifier: MIT
// docs/evaluability.md: how many of the published definitions have a verdict from a snapshot, and why the
// others have none. WRIT_UPDATE_GOLDENS=1 writes it; otherwise it must be fresh. Needs the definitions beside
// the project.
#include "azure/definition_reader.h"
#include "azure/import.h"
#include "ir/rewrite.h"
#include "support/files.h"
#include "writ/text.h"

#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <set>

namespace writ::test {
namespace {

using testing::read_file;
using testing::read_published;

constexpr const char* kPage = WRIT_SOURCE_DIR "/docs/evaluability.md";

std::string text_of(const ir::Graph& graph, ir::NodeId literal) {
  const Value& value = graph.constant_value(literal);
  return value.is(ValueKind::String) ? std::string(value.as_string()) : std::string();
}

/// The effect that the definition is about: its literal, the default of its parameter, or what else the
/// parameter allows when that is disabled.
std::string effect_of(const ir::Graph& graph, const ir::Policy& policy) {
  const ir::Node& node = graph.node(policy.effect.name);
  if (node.kind == ir::NodeKind::Literal) return text_of(graph, policy.effect.name);
  if (node.kind != ir::NodeKind::Parameter) return "computed";
  for (const ir::PolicyParameter& parameter : policy.parameters) {
    if (!equal_ascii_fold(parameter.name, graph.name_of(policy.effect.name))) continue;
    const std::string given = parameter.default_value ? text_of(graph, *parameter.default_value) : "";
    if (!given.empty() && !equal_ascii_fold(given, "disabled")) return given;
    for (ir::NodeId allowed : parameter.allowed)
      if (!equal_ascii_fold(text_of(graph, allowed), "disabled")) return text_of(graph, allowed);
    return given;
  }
  return "computed";
}

/// One row per effect class, in the order of the table.
constexpr std::array<std::string_view, 13> kEffects = {"audit",
                                                       "deny",
                                                       "append",
                                                       "modify",
                                                       "auditIfNotExists",
                                                       "deployIfNotExists",
                                                       "denyAction",
                                                       "manual",
                                                       "mutate",
                                                       "addToNetworkGroup",
                                                       "disabled",
                                                       "EnforceRegoPolicy",
                                                       "enforceSetting"};

std::string canonical_effect(const std::string& effect) {
  for (const std::string_view name : kEffects)
    if (equal_ascii_fold(name, effect)) return std::string(name);
  return effect;
}

bool asks_for_request(const ir::Graph& graph, const ir::Policy& policy) {
  bool asks = false;
  const auto look = [&](ir::NodeId root) {
    ir::for_each_node(graph, root, [&](ir::NodeId, const ir::Node& node) {
      asks = asks || (node.kind == ir::NodeKind::Call && node.function == Function::RequestContext);
    });
  };
  for (const ir::Violation& violation : policy.violations)
    look(violation.when);
  if (policy.effect.existence) look(policy.effect.existence->condition);
  return asks;
}

/// Empty = the snapshot gives a verdict.
std::string why_not(const ir::Graph& graph, const ir::Policy& policy, const std::string& effect) {
  if (policy.not_evaluable == "static") return "regulatory placeholder without a rule (policyType Static)";
  if (policy.not_evaluable == azure::kRegoTemplate) return "Rego template, evaluated in the cluster";
  if (policy.not_evaluable == azure::kGuestConfiguration)
    return "guest configuration result, reported by an agent";
  if (!policy.not_evaluable.empty()) return policy.not_evaluable;
  if (equal_ascii_fold(effect, "manual")) return "attestation by people";
  std::string canonical;
  if (azure::mode_family(policy.mode, canonical) == azure::ModeFamily::Provider)
    return "evaluated by its resource provider";
  for (const ir::PolicyParameter& parameter : policy.parameters)
    if (!parameter.default_value) return "waits for parameter values (`--param`)";
  if (asks_for_request(graph, policy)) return "reads the request (`--context`)";
  return {};
}

struct Row {
  std::size_t definitions = 0;
  std::size_t evaluable = 0;
  std::map<std::string, std::size_t> others;
};

std::string page_of(const ir::PolicySet& set) {
  const ir::Graph& graph = *set.graph;
  std::map<std::pair<std::string, std::size_t>, Row> rows;
  std::map<std::string, std::size_t> reasons;
  Row total;
  for (const ir::Policy& policy : set.policies) {
    const std::string effect = canonical_effect(effect_of(graph, policy));
    const auto order =
        static_cast<std::size_t>(std::find(kEffects.begin(), kEffects.end(), effect) - kEffects.begin());
    if (order == kEffects.size()) FAIL_CHECK(policy.id << ": no row for the effect " << effect);
    std::string mode;
    azure::mode_family(policy.mode, mode);
    Row& row = rows[{policy.policy_type == "Static" ? "none (Static)" : mode, order}];
    const std::string reason = why_not(graph, policy, effect);
    ++row.definitions;
    ++total.definitions;
    if (reason.empty()) {
      ++row.evaluable;
      ++total.evaluable;
    } else {
      ++row.others[reason];
      ++reasons[reason];
    }
  }
  std::string page =
      "# What a snapshot can decide\n\n"
      "Microsoft's published definitions by mode and effect: how many get a verdict from a snapshot of the "
      "resources they are about,\nand why the others do not. A definition whose effect is a parameter is "
      "counted under its default, or, when that is\n`Disabled`, under the first other value. Counted over a "
      "sample of the published definitions by `import_test`, which also checks\nthat this page is fresh "
      "(`WRIT_UPDATE_GOLDENS=1` writes it).\n\n"
      "| mode | effect | definitions | evaluable | the others |\n| --- | --- | ---: | ---: | --- |\n";
  for (const auto& [key, row] : rows) {
    std::string others;
    for (const auto& [reason, count] : row.others)
      others += fmt::format("{}{} {}", others.empty() ? "" : "; ", count, reason);
    page += fmt::format("| {} | {} | {} | {} | {} |\n", key.first, kEffects[key.second], row.definitions,
                        row.evaluable, others);
  }
  page += fmt::format("| **all** | | **{}** | **{}** | |\n\n| why not | definitions |\n| --- | ---: |\n",
                      total.definitions, total.evaluable);
  for (const auto& [reason, count] : reasons)
    page += fmt::format("| {} | {} |\n", reason, count);
  page += "\n`auditIfNotExists` and `deployIfNotExists` need the related resources in the snapshot: when "
          "their type is "
          "absent from all of it,\nthe verdict is `unknown` and names the type to export.\n";
  return page;
}

TEST_CASE("the table of what a snapshot can decide is fresh") {
  const auto aliases = read_published("aliases.json");
  const auto builtins = read_published("builtins.ndjson");
  if (!aliases || !builtins) return;
  Catalog catalog;
  REQUIRE(catalog.add_provider_export(*aliases, "aliases.json").ok());
  SourceMap sources;
  Diagnostics diagnostics;
  ir::PolicySet set;
  azure::import_policies(sources, sources.add("builtins.ndjson", *builtins), catalog, {}, set, diagnostics);
  CHECK(diagnostics.errors() == 0);
  const std::string page = page_of(set);
  if (std::getenv("WRIT_UPDATE_GOLDENS") != nullptr) std::ofstream(kPage, std::ios::binary) << page;
  CHECK(read_file(kPage).value_or("") == page);
}

TEST_CASE("the page of the semantics names every conformance file, and only files that exist") {
  const std::string page = read_file(WRIT_SOURCE_DIR "/docs/azure-policy-semantics.md").value_or("");
  REQUIRE_FALSE(page.empty());
  std::set<std::string> named;
  for (std::size_t at = page.find('`'); at != std::string::npos; at = page.find('`', at + 1)) {
    const std::size_t end = page.find('`', at + 1);
    const std::string text = page.substr(at + 1, end - at - 1);
    if (text.starts_with("tests/") || text.starts_with("samples/")) named.insert(text);
    at = end;
  }
  CHECK(named.size() > 40);
  for (const std::string& path : named) {
    INFO(path);
    CHECK(std::filesystem::is_regular_file(std::string(WRIT_SOURCE_DIR "/") + path));
  }
  const std::filesystem::path corpus = WRIT_SOURCE_DIR "/tests/azure";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus)) {
    if (entry.path().extension() != ".yaml" || entry.path().parent_path().filename() == "fixtures") continue;
    const std::string path =
        "tests/azure/" + std::filesystem::relative(entry.path(), corpus).generic_string();
    INFO(path);
    CHECK(named.contains(path));
  }
}

} // namespace
} // namespace writ::test
