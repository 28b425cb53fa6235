// SPDX-License-Identifier: MIT
// Azure's limits of initiatives, assignments and exemptions that are read: one below, at, and one above.
#include "assign/link.h"
#include "azure/import.h"
#include "ir/limits.h"

#include <catch2/catch.hpp>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace writ::test {
namespace {

using azure::Limit;
using nlohmann::json;

const std::string kAuthorization = "/providers/Microsoft.Authorization/";

json definition() {
  return {
      {"id", kAuthorization + "policyDefinitions/d"},
      {"properties",
       {{"mode", "All"},
        {"policyRule", {{"if", {{"field", "kind"}, {"exists", true}}}, {"then", {{"effect", "audit"}}}}}}}};
}

json assignment(const std::string& name = "a") {
  return {{"id", "/subscriptions/s" + kAuthorization + "policyAssignments/" + name},
          {"properties", {{"policyDefinitionId", kAuthorization + "policyDefinitions/d"}}}};
}

json exemption(const std::string& name = "e") {
  return {{"id", "/subscriptions/s" + kAuthorization + "policyExemptions/" + name},
          {"properties", {{"policyAssignmentId", assignment()["id"]}, {"exemptionCategory", "Waiver"}}}};
}

json initiative(std::size_t members, std::size_t parameters, const char* type) {
  json out = {{"id", kAuthorization + "policySetDefinitions/i"},
              {"properties", {{"policyType", type}, {"policyDefinitions", json::array()}}}};
  for (std::size_t i = 0; i < members; ++i)
    out["properties"]["policyDefinitions"].push_back(
        {{"policyDefinitionId", kAuthorization + "policyDefinitions/d"},
         {"policyDefinitionReferenceId", "r" + std::to_string(i)}});
  for (std::size_t i = 0; i < parameters; ++i)
    out["properties"]["parameters"]["p" + std::to_string(i)] = {{"type", "String"}, {"defaultValue", "x"}};
  return out;
}

json with(json document, const char* member, json value) {
  document["properties"][member] = std::move(value);
  return document;
}

json texts(std::size_t count) {
  json out = json::array();
  for (std::size_t i = 0; i < count; ++i)
    out.push_back("/subscriptions/s/resourceGroups/g" + std::to_string(i));
  return out;
}

json selections(std::size_t entries, std::size_t values) {
  return json::array_t(entries, {{"selectors", {{{"kind", "resourceLocation"}, {"in", texts(values)}}}}});
}

json overrides(std::size_t entries, std::size_t values) {
  return json::array_t(entries, {{"kind", "policyEffect"},
                                 {"value", "audit"},
                                 {"selectors", {{{"kind", "resourceLocation"}, {"notIn", texts(values)}}}}});
}

/// Warnings of limits in what is read together.
std::vector<std::string> warnings(const std::vector<json>& documents) {
  SourceMap sources;
  Diagnostics diagnostics;
  ir::PolicySet set;
  const Catalog catalog;
  json all = json::array({definition()});
  for (const json& document : documents)
    all.push_back(document);
  azure::import_policies(sources, sources.add("policies.json", all.dump()), catalog, {}, set, diagnostics);
  assign::link(set, diagnostics);
  std::vector<std::string> out;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    INFO(diagnostic.message);
    CHECK(diagnostic.severity == Severity::Warning);
    if (diagnostic.code != Code::PolicyServiceLimit) continue;
    CHECK_FALSE(diagnostic.span.empty());
    out.push_back(diagnostic.message);
  }
  return out;
}

struct Case {
  Limit limit;
  std::string where;
  /// Documents with this many of what the limit counts.
  std::function<std::vector<json>(std::size_t)> with;
};

const std::vector<Case>& cases() {
  using Documents = std::vector<json>;
  const auto many = [](std::size_t n, json (*one)(const std::string&)) {
    Documents out;
    for (std::size_t i = 0; i < n; ++i)
      out.push_back(one("n" + std::to_string(i)));
    return out;
  };
  static const std::vector<Case> list = {
      {Limit::NotScopes, "",
       [](std::size_t n) { return Documents{with(assignment(), "notScopes", texts(n))}; }},
      {Limit::Overrides, "",
       [](std::size_t n) { return Documents{with(assignment(), "overrides", overrides(n, 1))}; }},
      {Limit::SelectorValues, "",
       [](std::size_t n) { return Documents{with(assignment(), "overrides", overrides(1, n))}; }},
      {Limit::Selectors, "",
       [](std::size_t n) { return Documents{with(assignment(), "resourceSelectors", selections(n, 1))}; }},
      {Limit::SelectorValues, "",
       [](std::size_t n) { return Documents{with(assignment(), "resourceSelectors", selections(1, n))}; }},
      {Limit::Selectors, "",
       [](std::size_t n) {
         return Documents{assignment(), with(exemption(), "resourceSelectors", selections(n, 1))};
       }},
      {Limit::SelectorValues, "",
       [](std::size_t n) {
         return Documents{assignment(), with(exemption(), "resourceSelectors", selections(1, n))};
       }},
      {Limit::DisplayName, "",
       [](std::size_t n) { return Documents{with(assignment(), "displayName", std::string(n, 'x'))}; }},
      {Limit::Description, "",
       [](std::size_t n) {
         return Documents{assignment(), with(exemption(), "description", std::string(n, 'x'))};
       }},
      {Limit::MetadataText, "`note`",
       [](std::size_t n) {
         return Documents{with(initiative(1, 0, "Custom"), "metadata", {{"note", std::string(n, 'x')}})};
       }},
      {Limit::InitiativeMembers, "", [](std::size_t n) { return Documents{initiative(n, 0, "Custom")}; }},
      {Limit::InitiativeParameters, "", [](std::size_t n) { return Documents{initiative(1, n, "Custom")}; }},
      {Limit::ScopeAssignments, "`/subscriptions/s`", [many](std::size_t n) { return many(n, assignment); }},
      {Limit::ScopeExemptions, "`/subscriptions/s`",
       [many](std::size_t n) {
         Documents out = many(n, exemption);
         out.push_back(assignment());
         return out;
       }},
  };
  return list;
}

TEST_CASE("limits of documents that are read hold at their number and not above it", "[limits]") {
  for (const Case& one : cases()) {
    const std::size_t most = azure::most(one.limit);
    INFO(azure::info(one.limit).name);
    CHECK(warnings(one.with(most - 1)).empty());
    CHECK(warnings(one.with(most)).empty());
    CHECK(warnings(one.with(most + 1)) ==
          std::vector<std::string>{azure::excess_text(one.limit, most + 1, one.where)});
  }
}

TEST_CASE("the number is in the message", "[limits]") {
  CHECK(warnings({with(assignment(), "notScopes", texts(401))}) ==
        std::vector<std::string>{"401 excluded scopes of an assignment; Azure takes 400"});
  CHECK(warnings({initiative(1, 301, "Custom")}) ==
        std::vector<std::string>{"301 parameters of an initiative; Azure takes 300"});
}

TEST_CASE("limits bind what Microsoft publishes as little as Azure does", "[limits]") {
  for (const char* type : {"BuiltIn", "static"})
    CHECK(warnings({initiative(1001, 399, type)}).empty());
}

TEST_CASE("scopes are counted apart, whatever their letters", "[limits]") {
  std::vector<json> documents;
  for (std::size_t i = 0; i < 201; ++i)
    documents.push_back(assignment("n" + std::to_string(i)));
  documents[7]["id"] = "/SUBSCRIPTIONS/S" + kAuthorization + "policyAssignments/n7";
  CHECK(warnings(documents).size() == 1);
  documents[7]["id"] = "/subscriptions/t" + kAuthorization + "policyAssignments/n7";
  CHECK(warnings(documents).empty());
}

} // namespace
} // namespace writ::test
