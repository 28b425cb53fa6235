// SPDX-License-Identifier: MIT
// Which documents belong together, and what becomes of them before anything runs.
#include "assign/instances.h"
#include "assign/link.h"
#include "assign/version.h"
#include "azure/import.h"
#include "writ/semantics/value.h"

#include <catch2/catch.hpp>
#include <initializer_list>
#include <string>

namespace writ::test {
namespace {

const std::string kRule =
    R"("policyRule": {"if": {"field": "kind", "exists": true}, "then": {"effect": "audit"}})";
const std::string kPolicies = "/providers/Microsoft.Authorization/policyDefinitions/";
const std::string kGuid = "0a1b2c3d-0000-1111-2222-333344445555";

/// Documents of several files, connected.
struct Connected {
  SourceMap sources;
  Diagnostics diagnostics;
  ir::PolicySet set;

  explicit Connected(std::initializer_list<std::string> texts) {
    const Catalog catalog;
    const azure::ImportOptions options;
    int number = 0;
    for (const std::string& text : texts) {
      const SourceId source = sources.add("file" + std::to_string(++number) + ".json", text);
      azure::import_policies(sources, source, catalog, options, set, diagnostics);
    }
    assign::link(set, diagnostics);
    set.instances = assign::instances_of(set, catalog, {}, diagnostics);
  }
  [[nodiscard]] std::size_t count(Code code) const {
    std::size_t found = 0;
    for (const Diagnostic& diagnostic : diagnostics.all())
      found += diagnostic.code == code ? 1 : 0;
    return found;
  }
  /// "label:policy" of every instance.
  [[nodiscard]] std::string instances() const {
    std::string out;
    for (const ir::PolicyInstance& one : set.instances)
      out += (out.empty() ? "" : " ") + one.label + ":" + set.policies[one.policy].id;
    return out;
  }
};

std::string definition(const std::string& envelope, const std::string& more = "") {
  return "{" + envelope + R"(, "properties": {"mode": "All", )" + more + kRule + "}}";
}

std::string initiative(const std::string& members, const std::string& more = "") {
  return R"({"id": "/providers/Microsoft.Authorization/policySetDefinitions/s1", "properties": {)" + more +
         R"("policyDefinitions": [)" + members + "]}}";
}

std::string member(const std::string& id, const std::string& reference, const std::string& more = "") {
  return R"({"policyDefinitionId": ")" + id + R"(", "policyDefinitionReferenceId": ")" + reference + "\"" +
         more + "}";
}

std::string assignment(const std::string& target, const std::string& more = "") {
  return R"({"id": "/subscriptions/s/providers/Microsoft.Authorization/policyAssignments/a1", "properties": {"policyDefinitionId": ")" +
         target + "\"" + more + "}}";
}

TEST_CASE("documents find each other by id, and by name where a name is enough") {
  const std::string custom = "/subscriptions/S1" + kPolicies + "own";
  const Connected by_id({initiative(member(custom, "r")),
                         definition(R"("id": "/SUBSCRIPTIONS/s1)" + kPolicies + R"(own", "name": "own")")});
  CHECK(by_id.instances() == "r:own");
  // The same name in another subscription is another definition.
  const Connected elsewhere({initiative(member("/subscriptions/s2" + kPolicies + "own", "r")),
                             definition(R"("id": ")" + custom + R"(", "name": "own")")});
  CHECK(elsewhere.instances() == ":own");
  CHECK(elsewhere.count(Code::MissingInitiativeMember) == 1);
  const Connected by_name({initiative(member(custom, "r")), definition(R"("name": "OWN")")});
  CHECK(by_name.instances() == "r:OWN");
  const Connected by_guid(
      {initiative(member(kPolicies + kGuid + "/versions/1.0.0", "r")),
       definition(R"("id": "/subscriptions/s3)" + kPolicies + kGuid + R"(", "name": ")" + kGuid + "\"")});
  CHECK(by_guid.instances() == "r:" + kGuid);
}

TEST_CASE("what something refers to is evaluated through it only") {
  const std::string own = definition(R"("name": "own")");
  const std::string other = definition(R"("name": "other")");
  CHECK(Connected({own, other}).instances() == ":own :other");
  CHECK(Connected({own, other, initiative(member(kPolicies + "own", "r"))}).instances() == "r:own :other");
  const Connected all({own, other, initiative(member(kPolicies + "own", "r")),
                       assignment("/providers/Microsoft.Authorization/policySetDefinitions/s1")});
  REQUIRE(all.instances() == "r:own :other");
  CHECK(all.set.instances[0].assignment == 0u);
  CHECK_FALSE(all.set.instances[1].assignment);
}

TEST_CASE("a version chooses among definitions of one id") {
  const auto of_version = [](const std::string& version) {
    return definition(R"("name": "own")",
                      R"("displayName": ")" + version + R"(", "version": ")" + version + "\", ");
  };
  const auto chosen = [&](const std::string& wanted, std::size_t warnings) {
    const Connected out({of_version("1.2.0"), of_version("2.0.1"), of_version("1.10.0"),
                         initiative(member(kPolicies + "own", "r", wanted))});
    CHECK(out.count(Code::OtherDefinitionVersion) == warnings);
    return out.set.policies[out.set.instances[0].policy].title;
  };
  CHECK(chosen("", 0) == "2.0.1");
  CHECK(chosen(R"(, "definitionVersion": "1.*.*")", 0) == "1.10.0");
  CHECK(chosen(R"(, "definitionVersion": "1.2.*")", 0) == "1.2.0");
  CHECK(chosen(R"(, "definitionVersion": "3.*.*")", 1) == "2.0.1");
  CHECK(assign::version_fits("1.0.0-deprecated", "1.*.*"));
  CHECK_FALSE(assign::version_fits("1.0.0-preview", "1.*.*"));
  CHECK(assign::version_fits("1.0.0-preview", "1.*.*-preview"));
}

TEST_CASE("an initiative may carry its definitions") {
  const Connected out({initiative(R"({"policyDefinition": )" + definition(R"("name": "inner")") +
                                  R"(, "policyDefinitionReferenceId": "r"})")});
  CHECK(out.instances() == "r:inner");
  CHECK_FALSE(out.diagnostics.has_errors());
}

TEST_CASE("policy() knows what it is part of") {
  const std::string asks =
      R"({"name": "own", "properties": {"mode": "All", "policyRule": {"if": {"value": "[policy().definitionReferenceId]", "equals": "r"}, "then": {"effect": "audit"}}}})";
  Connected out({asks, initiative(member(kPolicies + "own", "r")),
                 assignment("/providers/Microsoft.Authorization/policySetDefinitions/s1")});
  REQUIRE(out.set.policies.size() == 1);
  assign::specialise(out.set);
  // The instance has a policy of its own now; the one that was read stays as it was.
  REQUIRE(out.set.policies.size() == 2);
  CHECK(out.set.instances[0].policy == 1);
  CHECK_FALSE(out.set.policies[0].violations[0].when == out.set.policies[1].violations[0].when);
}

TEST_CASE("overrides by resource become variants, of which one holds") {
  const Connected out({definition(R"("name": "own")"), assignment(kPolicies + "own",
                                                                  R"(, "overrides": [
          {"kind": "policyEffect", "value": "disabled", "selectors": [{"kind": "resourceLocation", "in": ["a"]}]},
          {"kind": "policyEffect", "value": "deny", "selectors": [{"kind": "resourceType", "notIn": ["x/y"]}]}])")});
  REQUIRE(out.set.instances.size() == 3);
  CHECK(out.set.instances[0].effect == "disabled");
  CHECK(out.set.instances[0].guards.size() == 1);
  CHECK(out.set.instances[1].effect == "deny");
  REQUIRE(out.set.instances[1].guards.size() == 2);
  CHECK(out.set.instances[1].guards[0].negated);
  CHECK_FALSE(out.set.instances[1].guards[1].negated);
  CHECK(out.set.instances[2].effect.empty());
  CHECK(out.set.instances[2].guards.size() == 2);
}

} // namespace
} // namespace writ::test
