// SPDX-License-Identifier: MIT
// What surrounds the conditions of a control: metadata, parameters, effect, applicability, messages, tests.
#include "check/project.h"
#include "ir/dump.h"

#include <catch2/catch.hpp>

using namespace writ;

namespace {

constexpr const char* kControl = R"writ(
module contoso.rules

framework house "House rules" { "H-1" "Endpoints are private" "H-2" "Keys are off" }

/// The first line of the reason
/// and the second.
control closed "Accounts are closed" {
  id "C-1" severity high category "AI" fix "Close it." link "https://example.com/c1" version "1.2.0" mode "indexed"
  tags ["network", "edge"] target azure-policy
  maps house "H-1", house "H-2"

  param effect: Effect = Deny in [Audit, Deny, Disabled]
  /// Kinds that stay open.
  param kinds: [String] = [] in ["Face", "OpenAI"] { display_name "Open kinds" strong_type "Kind" }
  param days: Int { description "How long." }

  on microsoft.cognitiveservices/accounts as account
  where account.kind not in kinds
  where account.dateCreated < addDays(utcNow(), days)
  require account.publicNetworkAccess == "Disabled" else "{account.name} is open ({account.tags.owner})"
  require account.disableLocalAuth
}
)writ";

} // namespace

TEST_CASE("metadata of a control reaches its policy", "[check]") {
  const testing::CheckedText checked = testing::check_text(kControl);
  REQUIRE(checked.diagnostics.all().empty());
  REQUIRE(checked.project.set.policies.size() == 1);
  const ir::Policy& policy = checked.project.set.policies[0];
  CHECK(policy.origin == ir::Origin::Control);
  CHECK(policy.id == "C-1");
  CHECK(policy.symbol == "contoso.rules.closed");
  CHECK(policy.title == "Accounts are closed");
  CHECK(policy.description == "The first line of the reason and the second.");
  CHECK(policy.severity == "high");
  CHECK(policy.category == "AI");
  CHECK(policy.fix == "Close it.");
  CHECK(policy.link == "https://example.com/c1");
  CHECK(policy.version == "1.2.0");
  CHECK(policy.mode == "Indexed");
  CHECK(policy.tags == std::vector<std::string>{"network", "edge"});
  REQUIRE(policy.mappings.size() == 2);
  CHECK(policy.mappings[1].framework == "house");
  CHECK(policy.mappings[1].control == "H-2");
  CHECK(policy.types == std::vector<std::string>{"Microsoft.CognitiveServices/accounts"});
  CHECK(checked.sources.text_of(policy.span).starts_with("control closed"));
  CHECK(checked.project.target_azure == std::vector<bool>{true});
  CHECK(checked.project.local_record == std::vector<bool>{false});
}

TEST_CASE("parameters keep type, default, allowed values and texts", "[check]") {
  const testing::CheckedText checked = testing::check_text(kControl);
  REQUIRE(checked.project.set.policies.size() == 1);
  const ir::Graph& graph = *checked.project.set.graph;
  const auto& parameters = checked.project.set.policies[0].parameters;
  REQUIRE(parameters.size() == 3);
  CHECK(parameters[0].name == "effect");
  CHECK(parameters[0].type == ir::ParameterType::String);
  CHECK(parameters[0].display_name == "Effect");
  CHECK(ir::dump(graph, parameters[0].default_value.value()) == R"((lit "Deny"))");
  REQUIRE(parameters[0].allowed.size() == 3);
  CHECK(ir::dump(graph, parameters[0].allowed[2]) == R"((lit "Disabled"))");
  CHECK(parameters[1].type == ir::ParameterType::Array);
  CHECK(parameters[1].description == "Kinds that stay open.");
  CHECK(parameters[1].display_name == "Open kinds");
  CHECK(parameters[1].strong_type == "Kind");
  CHECK(ir::dump(graph, parameters[1].default_value.value()) == "(lit [])");
  CHECK(parameters[2].type == ir::ParameterType::Integer);
  CHECK(parameters[2].description == "How long.");
  CHECK_FALSE(parameters[2].default_value.has_value());
  CHECK(ir::dump(graph, checked.project.set.policies[0].effect.name) == R"((param "effect"))");
}

TEST_CASE("where decides what is looked at, each require is a violation of its own", "[check]") {
  const testing::CheckedText checked = testing::check_text(kControl);
  REQUIRE(checked.project.set.policies.size() == 1);
  const ir::Graph& graph = *checked.project.set.graph;
  const ir::Policy& policy = checked.project.set.policies[0];
  const auto parts = graph.children(policy.applicable);
  REQUIRE(parts.size() == 3);
  CHECK(ir::dump(graph, parts[0]) ==
        R"((test equals (field "type") (lit "Microsoft.CognitiveServices/accounts")))");
  REQUIRE(policy.violations.size() == 2);
  CHECK(graph.node(policy.violations[0].when).kind == ir::NodeKind::Not);
  CHECK(ir::dump(graph, policy.violations[0].message) ==
        R"ir((text (value "name") (lit " is open (") (value "tags['owner']") (lit ")")))ir");
  CHECK_FALSE(policy.violations[1].message.valid());
  CHECK(checked.sources.text_of(policy.violations[1].span) == "require account.disableLocalAuth");
}

TEST_CASE("a control without an effect parameter audits, over all its types", "[check]") {
  const testing::CheckedText checked = testing::check_text(R"(
control tagged "Tagged" {
  id "C-2" severity low
  on Microsoft.CognitiveServices/accounts, Microsoft.Search/searchServices as resource
  require resource.tags.owner exists
}
record Contoso.People/badges { owner: String }
control owned "Owned" {
  id "C-3" severity low
  on Contoso.People/badges as badge
  require badge.owner exists
}
)");
  REQUIRE(checked.diagnostics.all().empty());
  REQUIRE(checked.project.set.policies.size() == 2);
  const ir::Graph& graph = *checked.project.set.graph;
  const ir::Policy& tagged = checked.project.set.policies[0];
  CHECK(tagged.symbol == "tagged");
  CHECK(ir::dump(graph, tagged.effect.name) == R"((lit "audit"))");
  CHECK(ir::dump(graph, tagged.applicable).find("(test") == 0);
  CHECK(tagged.types.size() == 2);
  CHECK(checked.project.target_azure == std::vector<bool>{false, false});
  CHECK(checked.project.local_record == std::vector<bool>{false, true});
  // Values of records are at the root or below `properties`.
  bool found = false;
  for (std::uint32_t i = 0; i < graph.field_count(); ++i) {
    const ir::Field& field = graph.field_info({i});
    if (field.name != "Contoso.People/badges/owner") continue;
    found = true;
    REQUIRE(field.resolutions.size() == 1);
    CHECK(field.resolutions[0].below_root_or_properties);
    CHECK(ir::to_text(field.resolutions[0].path) == "owner");
  }
  CHECK(found);
}

TEST_CASE("test cases are plain data", "[check]") {
  const testing::CheckedText checked = testing::check_text(std::string(kControl) + R"(
test closed {
  fails "open" with { kinds: ["Face"], days: -3, effect: Audit } at "2026-01-01T00:00:00Z" {
    name: "ai-1", kind: "OpenAI", tags: { "cost.center": "7", owner: null },
    properties: { publicNetworkAccess: "Enabled", callRateLimit: { count: 2.5, rules: [{ key: "k" }, {}] } }
  }
  skips "bare" {}
}
)");
  REQUIRE(checked.diagnostics.all().empty());
  REQUIRE(checked.project.tests.size() == 2);
  const check::TestCase& open = checked.project.tests[0];
  CHECK(open.control_symbol == "contoso.rules.closed");
  CHECK(open.title == "open");
  CHECK(open.expectation == check::Expectation::Fails);
  CHECK(open.now == "2026-01-01T00:00:00Z");
  CHECK(open.parameters == std::vector<std::pair<std::string, std::string>>{
                               {"kinds", R"(["Face"])"}, {"days", "-3"}, {"effect", R"("Audit")"}});
  CHECK(open.resource_json ==
        R"({"type":"Microsoft.CognitiveServices/accounts",)"
        R"("id":"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/test/providers/)"
        R"(Microsoft.CognitiveServices/accounts/ai-1","name":"ai-1","kind":"OpenAI",)"
        R"("tags":{"cost.center":"7","owner":null},"properties":{"publicNetworkAccess":"Enabled",)"
        R"("callRateLimit":{"count":2.5,"rules":[{"key":"k"},{}]}}})");
  const check::TestCase& bare = checked.project.tests[1];
  CHECK(bare.expectation == check::Expectation::Skips);
  CHECK(bare.now.empty());
  CHECK(bare.resource_json.find(R"("name":"example")") != std::string::npos);
  CHECK(checked.sources.text_of(bare.span).starts_with("skips"));
}

TEST_CASE("ids of child resources name their parents", "[check]") {
  const testing::CheckedText checked = testing::check_text(R"(
control deployed "Deployed" {
  id "C-4" severity low
  on Microsoft.CognitiveServices/accounts/deployments as deployment
  require deployment.name exists
}
test deployed { passes "named" { name: "gpt" } }
)");
  REQUIRE(checked.project.tests.size() == 1);
  CHECK(checked.project.tests[0].resource_json.find(
            "/providers/Microsoft.CognitiveServices/accounts/parent/deployments/gpt\"") != std::string::npos);
}
