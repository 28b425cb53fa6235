// SPDX-License-Identifier: MIT
// Initiatives of controls: members, groups, values.
#include "check/project.h"
#include "ir/dump.h"

#include <catch2/catch.hpp>

using namespace writ;

namespace {

constexpr const char* kLibrary = R"writ(
// library: lib/network.writ
module lib.network
use lib.frames
control closed "Closed" {
  id "L-1" severity low
  maps frame "N-1", frame "N-2"
  param effect: Effect = Audit in [Audit, Deny, Disabled]
  param kinds: [String] = []
  on Microsoft.CognitiveServices/accounts as account
  where account.kind not in kinds
  require account.publicNetworkAccess == "Disabled"
}
control logged "Logged" {
  id "L-2" severity low
  maps frame "L-1"
  param effect: Effect = AuditIfNotExists in [AuditIfNotExists, Disabled]
  on Microsoft.CognitiveServices/accounts as account
  require some Microsoft.CognitiveServices/accounts/deployments of account as d where d.name exists
}
// library: lib/network/deep.writ
module lib.network.deep
control strict "Strict" {
  id "L-3" severity low
  param effect: Effect = Deny in [Audit, Deny, Disabled]
  on Microsoft.CognitiveServices/accounts as account
  require account.disableLocalAuth == true
}
test strict { passes "closed" { properties: { disableLocalAuth: true } } }
// library: lib/other.writ
module lib.other
control one "One" {
  id "L-4" severity low
  on Microsoft.CognitiveServices/accounts as account
  require account.disableLocalAuth == true
}
control two "Two" {
  id "L-5" severity low
  on Microsoft.CognitiveServices/accounts as account
  require account.disableLocalAuth == true
}
// library: lib/frames.writ
module lib.frames
framework frame "Frame" { "N-1" "Network" "L-1" "Logs" "N-2" "More network" "X-1" "Nothing" }
)writ";

/// Everything an initiative says, a line each.
std::string text_of(const ir::PolicySet& set, const ir::Initiative& initiative) {
  std::string out;
  for (const ir::PolicyParameter& parameter : initiative.parameters) {
    out += "param " + parameter.name;
    if (parameter.default_value) out += " = " + ir::dump(*set.graph, *parameter.default_value);
    out += "\n";
  }
  for (const ir::InitiativeGroup& group : initiative.groups)
    out += "group " + group.name + " | " + group.display_name + " | " + group.category + "\n";
  for (const ir::InitiativeMember& member : initiative.members) {
    out += member.reference + (member.policy ? "" : " " + member.definition_id);
    for (const ir::Argument& argument : member.arguments)
      out += " " + argument.name + "=" + ir::dump(*set.graph, argument.value);
    for (const std::string& group : member.groups)
      out += " [" + group + "]";
    out += "\n";
  }
  return out;
}

std::string compose(const std::string& text) {
  const testing::CheckedText checked = testing::check_text(text + kLibrary);
  std::string out;
  for (const Diagnostic& d : checked.diagnostics.all())
    out += std::string(info(d.code).number) + " " + d.message + "\n";
  for (const ir::Initiative& initiative : checked.project.set.initiatives)
    out += text_of(checked.project.set, initiative);
  return out;
}

} // namespace

TEST_CASE("a star includes the controls of a module and of those below it", "[check]") {
  CHECK(compose("initiative i \"I\" { include lib.network.* }") == "L-1\nL-2\nL-3\n");
  CHECK(compose("initiative i \"I\" { include lib.network.* except lib.network.deep.* }") == "L-1\nL-2\n");
  CHECK(compose("initiative i \"I\" { include lib.network.*, lib.other.two except lib.network.closed }") ==
        "L-2\nL-3\nL-5\n");
}

TEST_CASE("only what is included comes in from modules that nobody asked for, without their tests",
          "[check]") {
  const testing::CheckedText checked = testing::check_text(
      std::string("initiative i \"I\" { include lib.other.one, lib.network.deep.strict }") + kLibrary);
  REQUIRE(checked.diagnostics.all().empty());
  REQUIRE(checked.project.set.policies.size() == 2);
  CHECK(checked.project.included_only == std::vector<bool>{true, true});
  CHECK(checked.project.tests.empty());
}

TEST_CASE("groups are controls of a framework; members are those that map to them", "[check]") {
  CHECK(
      compose(
          "use lib.frames\ninitiative i \"I\" {\n include lib.network.*, lib.other.one in \"own\", \"N-1\"\n"
          " group \"N-1\" from frame\n group \"own\" \"Own\" }") ==
      "group N-1 | N-1: Network | Frame\ngroup own | Own | \n"
      "L-1 [N-1] [own]\nL-2 [own] [N-1]\nL-3 [own] [N-1]\nL-4 [own] [N-1]\n");
  // In the order of the framework, and only those that somebody maps to.
  CHECK(compose("use lib.frames\ninitiative i \"I\" {\n include lib.network.*\n groups from frame }") ==
        "group N-1 | N-1: Network | Frame\ngroup L-1 | L-1: Logs | Frame\ngroup N-2 | N-2: More network | "
        "Frame\n"
        "L-1 [N-1] [N-2]\nL-2 [L-1]\nL-3\n");
  CHECK(compose("use lib.frames\ninitiative i \"I\" {\n include lib.network.closed\n group \"N-1\" from "
                "frame as \"edge\" }") == "group edge | N-1: Network | Frame\nL-1 [edge]\n");
}

TEST_CASE("forwarding without a declaration keeps every default", "[check]") {
  CHECK(compose("initiative i \"I\" { include lib.network.*\n param effect forwards to all }") ==
        "param effect = (lit \"Audit\")\nparam effect_AuditIfNotExists = (lit \"AuditIfNotExists\")\n"
        "param effect_Deny = (lit \"Deny\")\n"
        "L-1 effect=(param \"effect\")\nL-2 effect=(param \"effect_AuditIfNotExists\")\n"
        "L-3 effect=(param \"effect_Deny\")\n");
  CHECK(compose("initiative i \"I\" { include lib.network.*\n param mode forwards to lib.network.logged as "
                "effect }") ==
        "param mode = (lit \"AuditIfNotExists\")\nL-1\nL-2 effect=(param \"mode\")\nL-3\n");
}

TEST_CASE("with counts before set, set before forwards", "[check]") {
  CHECK(
      compose(
          "initiative i \"I\" {\n param effect: Effect = Audit in [Audit, Disabled]\n include lib.network.*\n"
          " include lib.network.closed with { effect: Disabled, kinds: [\"Face\"] }\n"
          " set effect = Deny in lib.network.closed, lib.network.logged where allowed\n"
          " param effect forwards to lib.network.deep.* }") ==
      "E0334 `effect` of L-2 does not allow \"Deny\": it allows AuditIfNotExists, Disabled\n");
  CHECK(
      compose(
          "initiative i \"I\" {\n param effect: Effect = Audit in [Audit, Disabled]\n include lib.network.*\n"
          " include lib.network.closed with { effect: Disabled, kinds: [\"Face\"] }\n"
          " set effect = Deny in lib.network.deep.* where allowed\n"
          " param other: Effect = Disabled in [Disabled]\n"
          " param effect forwards to all\n param other forwards to all as effect }") ==
      "E0334 `effect` of L-2 does not allow \"Audit\", which `effect` can be: it allows AuditIfNotExists, "
      "Disabled\n");
  CHECK(compose("initiative i \"I\" {\n include lib.network.*\n"
                " include lib.network.closed with { effect: Disabled, kinds: [\"Face\"] }\n"
                " set effect = Deny where allowed }") ==
        "L-1 effect=(lit \"Disabled\") kinds=(lit [\"Face\"])\nL-2\nL-3 effect=(lit \"Deny\")\n");
}

TEST_CASE("a policy may be a member twice under two reference ids, a built-in by its GUID", "[check]") {
  CHECK(compose("initiative i \"I\" {\n param d: String = \"Deny\"\n include lib.other.one\n include "
                "lib.other.one as \"again\"\n"
                " include builtin \"0b0a3bd6-3a5e-4b0f-8c7e-000000000001\" as open with { effect: Deny, x: "
                "d, y: [1] } }") ==
        "param d = (lit \"Deny\")\nL-4\nagain\n"
        "open /providers/Microsoft.Authorization/policyDefinitions/0b0a3bd6-3a5e-4b0f-8c7e-000000000001 "
        "effect=(lit \"Deny\") x=(param \"d\") y=(lit [1])\n");
}

TEST_CASE("limits of initiatives hold at the limit and not above", "[check]") {
  const auto controls = [](int count) {
    std::string text = "module many\ninitiative i \"I\" { include many.* }\n";
    for (int i = 0; i < count; ++i)
      text += "control c" + std::to_string(i) + " \"C\" { id \"C-" + std::to_string(i) +
              "\" severity low\n on Microsoft.CognitiveServices/accounts as a\n require a.name exists }\n";
    return text;
  };
  const auto members = [&](int count) { return testing::check_text(controls(count)); };
  CHECK(members(1000).diagnostics.all().empty());
  const testing::CheckedText above = members(1001);
  REQUIRE(above.diagnostics.all().size() == 1);
  CHECK(info(above.diagnostics.all()[0].code).number == "E0336");
  CHECK(above.diagnostics.all()[0].message == "Azure takes 1000 policies in an initiative, `i` has 1001");

  const auto parameters = [](int count) {
    std::string text =
        "control c \"C\" { id \"C-1\" severity low\n param x: Int = 1\n"
        "on Microsoft.CognitiveServices/accounts as a\n require count(a.networkAcls.ipRules) < x }\n"
        "initiative i \"I\" {\n include c\n";
    for (int i = 0; i < count; ++i)
      text += " param p" + std::to_string(i) + ": Int = 1\n include c as \"c" + std::to_string(i) +
              "\" with { x: p" + std::to_string(i) + " }\n";
    return testing::check_text(text + "}\n");
  };
  CHECK(parameters(300).diagnostics.all().empty());
  const testing::CheckedText many = parameters(301);
  REQUIRE(many.diagnostics.all().size() == 1);
  CHECK(many.diagnostics.all()[0].message == "Azure takes 300 parameters in an initiative, `i` has 301");
}
