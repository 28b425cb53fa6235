// SPDX-License-Identifier: MIT
// Which controls can become Azure Policy definitions, and what the others are told.
#include "azure/emit_definition.h"
#include "check/project.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace writ;

namespace {

struct Emitted {
  testing::CheckedText checked;
  std::vector<std::string> obstacles; ///< "source: reason", the main one first; empty = emitted
};

Emitted emit(const std::string& items) {
  Emitted out{testing::check_text("control example \"Example\" {\n  id \"X-1\" severity low\n"
                                  "  on Microsoft.CognitiveServices/accounts as account\n" +
                                  items + "\n}\n"),
              {}};
  for (const Diagnostic& diagnostic : out.checked.diagnostics.all())
    FAIL_CHECK(diagnostic.message);
  check::CheckedProject& project = out.checked.project;
  REQUIRE(project.set.policies.size() == 1);
  const auto result =
      azure::emit_definition(*project.set.graph, project.set.policies[0], {}, &project.node_spans);
  if (result.ok()) return out;
  const Diagnostic& error = result.error();
  CHECK(error.code == Code::NotEmittable);
  out.obstacles.push_back(std::string(out.checked.sources.text_of(error.span)) + ": " + error.message);
  for (const Label& label : error.labels)
    out.obstacles.push_back(std::string(out.checked.sources.text_of(label.span)) + ": " + label.text);
  return out;
}

} // namespace

TEST_CASE("what has a spelling in Azure Policy is emitted", "[check]") {
  for (const char* items : {
           "require account.publicNetworkAccess == \"Disabled\"",
           "require any r in account.networkAcls.ipRules: r.value == account.name",
           "require all r in account.callRateLimit.rules: any p in r.matchPatterns: p.path == r.key",
           "param xs: [String] require any x in xs: account.name like concat(x, \"*\")",
           "require account.apiProperties.superUser exists and account.networkAcls.ipRules[0].value == \"x\"",
           "require account.dateCreated > addDays(utcNow(), -90)",
       }) {
    INFO(items);
    CHECK(emit(items).obstacles.empty());
  }
}

TEST_CASE("every part without a spelling is named, at its place in the source", "[check]") {
  const Emitted raw = emit("where account.raw(\"properties.a\") == 1\n"
                           "require account.kind == \"x\" or account.raw(\"b.c\") exists\n"
                           "require any t in account.raw(\"properties.things\"): t.name == \"x\"");
  REQUIRE(raw.obstacles.size() == 3);
  CHECK(raw.obstacles[0].starts_with("account.raw(\"properties.a\"): `X-1` cannot become"));
  CHECK(raw.obstacles[0].find("raw path") != std::string::npos);
  CHECK(raw.obstacles[1].starts_with("account.raw(\"b.c\"): "));
  CHECK(raw.obstacles[2].starts_with("account.raw(\"properties.things\"): "));
}

TEST_CASE("an element that Azure would read as another one is named", "[check]") {
  const Emitted inner = emit("require any a in account.networkAcls.ipRules: "
                             "any b in account.networkAcls.ipRules: a.value == b.value");
  REQUIRE_FALSE(inner.obstacles.empty());
  CHECK(inner.obstacles[0].find("cannot become an Azure Policy definition") != std::string::npos);
}

TEST_CASE("parameters keep their types, and a parameter called effect is never taken for another",
          "[check]") {
  const Emitted typed =
      emit("param day: DateTime = \"2026-01-01T00:00:00Z\"\n"
           "param least: Int = 3\nparam names: [String] = [\"[x]\"]\nparam on: Bool = true\n"
           "require account.dateCreated > day and account.name in names and on == true "
           "and length(account.name) > least");
  CHECK(typed.obstacles.empty());
  const check::CheckedProject& project = typed.checked.project;
  const auto body = azure::emit_definition(*project.set.graph, project.set.policies[0], {});
  REQUIRE(body.ok());
  const auto& parameters = body.value().at("properties").at("parameters");
  CHECK(parameters.at("day").at("type") == "DateTime");
  CHECK(parameters.at("least").at("type") == "Integer");
  CHECK(parameters.at("names").at("type") == "Array");
  CHECK(parameters.at("on").at("type") == "Boolean");
  // Values of parameters are data: a bracket in them is no expression.
  CHECK(parameters.at("names").at("defaultValue").at(0) == "[x]");
  CHECK(parameters.at("effect").at("defaultValue") == "Audit");
}

TEST_CASE("the number of other resources is local, and is said so", "[check]") {
  const Emitted join =
      emit("require count(Microsoft.CognitiveServices/accounts/deployments of account as d) <= 10");
  REQUIRE(join.obstacles.size() == 1);
  CHECK(join.obstacles[0].find("known locally only") != std::string::npos);
}

TEST_CASE("messages stay here: a rule means the same without them", "[check]") {
  const Emitted with = emit("require account.disableLocalAuth == true else \"{account.name} takes keys\"");
  CHECK(with.obstacles.empty());
}
