// SPDX-License-Identifier: MIT
// The self-test of the verification: every kind of damage is real, and is noticed.
#include "verify/mutations.h"
#include "writ/driver/self_test.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

namespace writ::driver {
namespace {

/// A definition with something for every row of mutations.def.
const char* const kEverything = R"({
  "name": "everything",
  "properties": {
    "displayName": "Everything", "description": "All of it.", "policyType": "Custom", "mode": "All",
    "metadata": {"version": "1.0.0"},
    "parameters": {
      "effect": {"type": "String", "allowedValues": ["DeployIfNotExists", "Disabled"], "defaultValue": "DeployIfNotExists"},
      "kinds": {"type": "Array", "defaultValue": ["OpenAI"]},
      "word": {"type": "String", "defaultValue": "alpha"},
      "other": {"type": "String", "defaultValue": "beta"},
      "least": {"type": "Integer", "defaultValue": 1}
    },
    "policyRule": {
      "if": {"allOf": [
        {"field": "type", "equals": "Microsoft.CognitiveServices/accounts"},
        {"field": "kind", "in": "[parameters('kinds')]"},
        {"field": "kind", "notIn": ["Face", "Speech"]},
        {"field": "name", "like": "a*"},
        {"field": "name", "match": "ab#"},
        {"field": "tags['owner']", "contains": "x"},
        {"field": "tags['note']", "equals": "[[draft"},
        {"not": {"anyOf": [
          {"field": "Microsoft.CognitiveServices/accounts/publicNetworkAccess", "notEquals": "Disabled"},
          {"field": "Microsoft.CognitiveServices/accounts/disableLocalAuth", "equals": true}]}},
        {"not": {"field": "Microsoft.CognitiveServices/accounts/networkAcls.ipRules[*].value", "equals": "0.0.0.0/0"}},
        {"not": {"field": "Microsoft.CognitiveServices/accounts/sku.capacity", "greater": 3}},
        {"field": "Microsoft.CognitiveServices/accounts/networkAcls.defaultAction", "exists": true},
        {"value": "[field('Microsoft.CognitiveServices/accounts/customSubDomainName')]", "notEquals": "[toLower(concat(parameters('word'), 'x'))]"},
        {"count": {"field": "Microsoft.CognitiveServices/accounts/networkAcls.ipRules[*]",
                   "where": {"field": "Microsoft.CognitiveServices/accounts/networkAcls.ipRules[*].value", "like": "10.*"}},
         "greaterOrEquals": 1}
      ]},
      "then": {
        "effect": "[parameters('effect')]",
        "details": {
          "type": "Microsoft.Insights/diagnosticSettings", "name": "main",
          "existenceCondition": {"field": "Microsoft.Insights/diagnosticSettings/logs.enabled", "equals": "true"},
          "roleDefinitionIds": ["/providers/Microsoft.Authorization/roleDefinitions/1", "/providers/Microsoft.Authorization/roleDefinitions/2"],
          "deployment": {"properties": {"mode": "incremental", "parameters": {"a": {"value": "[field('name')]"}},
            "template": {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "x"}]}}}
        }
      }
    }
  }
})";

/// What the definition above has no place for.
const char* const kOthers[] = {
    R"({"name": "modify", "properties": {"mode": "Indexed", "parameters": {}, "policyRule": {
      "if": {"field": "type", "equals": "Microsoft.CognitiveServices/accounts"},
      "then": {"effect": "Modify", "details": {"conflictEffect": "audit", "roleDefinitionIds": ["/providers/Microsoft.Authorization/roleDefinitions/1"],
        "operations": [{"operation": "addOrReplace", "field": "tags['a']", "value": "x", "condition": "[not(empty(field('name')))]"},
                       {"operation": "addOrReplace", "field": "tags['b']", "value": "y"}]}}}}})",
    R"({"name": "deny", "properties": {"mode": "Indexed", "parameters": {}, "policyRule": {
      "if": {"field": "type", "equals": "Microsoft.CognitiveServices/accounts"},
      "then": {"effect": "DenyAction", "details": {"actionNames": ["delete"], "cascadeBehaviors": {"resourceGroup": "deny"}}}}}})",
};

Compilation library() {
  CompileRequest request;
  request.sources = {"std"};
  return Compilation::compile(DiskFiles(), request);
}

TEST_CASE("every kind of damage finds something to break") {
  const Compilation compilation = library();
  std::set<std::size_t> applied;
  std::size_t mutants = 0;
  std::vector<std::string> definitions(std::begin(kOthers), std::end(kOthers));
  definitions.insert(definitions.begin(), kEverything);
  for (const std::string& text : definitions) {
    const auto definition = verify::json::parse(text);
    for (const verify::Mutant& mutant : verify::mutants_of(definition, compilation.catalog())) {
      applied.insert(mutant.mutation);
      ++mutants;
      CHECK(mutant.definition.dump() != definition.dump());
    }
  }
  const auto table = verify::all_mutations();
  CHECK(table.size() >= 40);
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < table.size(); ++i) {
    INFO(table[i].name);
    CHECK(applied.contains(i));
    CHECK(names.insert(table[i].name).second);
    CHECK_FALSE(table[i].models.empty());
  }
  CHECK(mutants > 2 * table.size());
}

std::string kept_page() {
  std::ifstream in(WRIT_SOURCE_DIR "/docs/mutation-score.md", std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// All mutants of the whole library take minutes. Here: all mutants of every eighth definition, whose rows
// must be those of the page, and the page must tell of every definition and every kind of damage.
TEST_CASE("the page of the mutation score says what runs") {
  CompileRequest request;
  request.sources = {"std"};
  Compilation compilation = Compilation::compile(DiskFiles(), request);
  const std::string page = kept_page();
  INFO("renew it: build/release/bin/writ verify std --self-test --mutants 0 --table docs/mutation-score.md");
  for (const verify::Mutation& mutation : verify::all_mutations())
    CHECK(page.find("| " + std::string(mutation.name) + " | " + std::string(mutation.models) + " |") !=
          std::string::npos);
  CHECK(page.find("## Survived") == std::string::npos);
  CHECK(page.find("0 survived. Score: **100.0 %**") != std::string::npos);
  SelfTestRequest test;
  test.most_per_operator = 0;
  test.verify.now = "2026-01-01T00:00:00Z";
  Diagnostics refused;
  std::size_t number = 0;
  for (const EmittedFile& file : compilation.emit_azure_policy(refused)) {
    CHECK(page.find("\n| " + file.control_id + " | ") != std::string::npos);
    if (number++ % 8 == 3) test.verify.controls.push_back(file.control_id);
  }
  REQUIRE(test.verify.controls.size() >= 10);
  const SelfTestReport report = run_self_test(DiskFiles(), compilation, request, test);
  CHECK(report.complete());
  REQUIRE(report.of_controls.size() == test.verify.controls.size());
  for (const ControlScore& control : report.of_controls) {
    INFO(table_row(control));
    CHECK(control.mutants() > 20);
    CHECK(page.find("\n" + table_row(control)) != std::string::npos);
  }
}

TEST_CASE("damage to definitions of the standard library is noticed") {
  CompileRequest request;
  request.sources = {"std"};
  Compilation compilation = Compilation::compile(DiskFiles(), request);
  SelfTestRequest test;
  test.verify.pairs = 200;
  test.verify.now = "2026-01-01T00:00:00Z";
  test.verify.controls = {"AIS-NET-00?", "SRCH-*"};
  const SelfTestReport report = run_self_test(DiskFiles(), compilation, request, test);
  INFO(to_text(report));
  CHECK(report.controls >= 5);
  CHECK(report.complete());
  std::size_t caught = 0;
  for (const MutationScore& score : report.scores)
    caught += score.caught();
  CHECK(caught > 150);
  // What means the same is told from what does not.
  CHECK(report.total(MutantFate::Equivalent) > 0);
  CHECK(report.total(MutantFate::ByWitness) > 50);
  for (const MutantResult& mutant : report.remaining)
    CHECK_FALSE(mutant.because.empty());
  std::cout << to_text(report).substr(to_text(report).rfind('\n', to_text(report).size() - 2) + 1);
}

} // namespace
} // namespace writ::driver
