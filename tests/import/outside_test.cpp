// SPDX-License-Identifier: MIT
// What a snapshot does not hold: Rego templates, results of agents, what providers evaluate. Never compliant.
#include "azure/definition_reader.h"
#include "azure/import.h"
#include "codegen/codegen.h"
#include "writ/engine.h"

#include <catch2/catch.hpp>

namespace writ::test {
namespace {

constexpr const char* kCatalogue = R"([{"namespace": "Microsoft.GuestConfiguration", "resourceTypes": [
  {"resourceType": "guestConfigurationAssignments", "aliases": [
    {"name": "Microsoft.GuestConfiguration/guestConfigurationAssignments/complianceStatus",
     "defaultPath": "properties.complianceStatus"},
    {"name": "Microsoft.GuestConfiguration/guestConfigurationAssignments/parameterHash",
     "defaultPath": "properties.parameterHash"}]}]}])";

constexpr const char* kMachine =
    R"({"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm",
  "name": "vm", "type": "Microsoft.Compute/virtualMachines", "location": "north"})";
constexpr const char* kAssignment =
    R"({"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm/providers/Microsoft.GuestConfiguration/guestConfigurationAssignments/a",
  "name": "a", "type": "Microsoft.GuestConfiguration/guestConfigurationAssignments",
  "properties": {"complianceStatus": "Compliant", "parameterHash": "x"}})";

/// "verdict: reason" about the machine.
std::string verdict_of(const std::string& mode, const std::string& then) {
  Catalog catalog;
  REQUIRE(catalog.add_provider_export(kCatalogue, "aliases.json").ok());
  const std::string text =
      R"({"mode": ")" + mode +
      R"(", "policyRule": {"if": {"field": "type", "equals": "Microsoft.Compute/virtualMachines"},
                              "then": )" +
      then + "}}";
  SourceMap sources;
  Diagnostics diagnostics;
  ir::PolicySet set;
  azure::import_policies(sources, sources.add("policy.json", text), catalog, {}, set, diagnostics);
  REQUIRE(diagnostics.errors() == 0);
  codegen::Options generation;
  generation.catalog = &catalog;
  Result<Bundle> bundle = Bundle::from_program(codegen::generate(set, generation, diagnostics), "policy");
  REQUIRE(bundle.ok());
  EngineOptions options;
  options.now = "2026-01-01T00:00:00Z";
  options.all_not_applicable = true;
  std::string out;
  const Engine engine({*bundle}, options);
  (void)engine.run({Input::of_text("snapshot", "[" + std::string(kMachine) + "," + kAssignment + "]")},
                   [&](const Finding& finding) {
                     if (finding.resource->name == "vm")
                       out = std::string(to_text(finding.verdict)) + ": " + finding.reason;
                   });
  return out;
}

const std::string kRego = "unknown: " + std::string(azure::kRegoTemplate);

TEST_CASE("Rego templates are not evaluable here") {
  for (
      const char* details :
      {R"({"templateInfo": {"sourceType": "PublicURL", "url": "https://example.com/t.yaml"}})",
       R"({"constraintTemplate": "https://example.com/t.yaml", "constraint": "https://example.com/c.yaml"})"})
    for (const char* effect : {"audit", "deny"})
      for (const char* mode : {"Microsoft.Kubernetes.Data", "All"}) {
        INFO(mode << " " << effect << " " << details);
        CHECK(verdict_of(mode, std::string(R"({"effect": ")") + effect + R"(", "details": )" + details +
                                   "}") == kRego);
      }
  CHECK(verdict_of("Microsoft.Kubernetes.Data", R"({"effect": "mutate", "details": {"mutationInfo": {}}})") ==
        kRego);
}

TEST_CASE("results of guest configuration are not evaluable here, its settings are") {
  const auto existence = [](const std::string& condition) {
    return R"({"effect": "auditIfNotExists", "details": {"type": "Microsoft.GuestConfiguration/guestConfigurationAssignments",
              "name": "a", "existenceCondition": )" +
           condition + "}}";
  };
  const std::string status =
      R"({"field": "Microsoft.GuestConfiguration/guestConfigurationAssignments/complianceStatus", "equals": "Compliant"})";
  const std::string hash =
      R"({"field": "Microsoft.GuestConfiguration/guestConfigurationAssignments/parameterHash", "equals": "x"})";
  const std::string outside = "unknown: " + std::string(azure::kGuestConfiguration);
  CHECK(verdict_of("All", existence(status)) == outside);
  CHECK(verdict_of("All", existence(R"({"allOf": [)" + hash + "," + status + "]}")) == outside);
  CHECK(verdict_of("All", existence(hash)) == "compliant: ");
}

TEST_CASE("what a provider evaluates is not applicable") {
  CHECK(verdict_of("Microsoft.ContainerService.Data",
                   R"({"effect": "EnforceRegoPolicy", "details": {"policyId": "x"}})") ==
        "not-applicable: evaluated by its resource provider");
  CHECK(verdict_of("Microsoft.MachineLearningServices.Data",
                   R"({"effect": "enforceSetting", "details": {"setting": {}}})") ==
        "not-applicable: evaluated by its resource provider");
}

} // namespace
} // namespace writ::test
