// SPDX-License-Identifier: MIT
// Scopes, selectors, exemptions and conflicts, on programs made by hand.
#include "build.h"
#include "engine/placement.h"
#include "writ/bytecode/bundle.h"
#include "writ/engine.h"

#include <catch2/catch.hpp>

namespace writ::testing {
namespace {

const std::string kResources =
    R"({"id":"/subscriptions/s/resourceGroups/g/providers/T/t/a","name":"a","type":"T/t","location":"West Europe"})"
    "\n"
    R"({"id":"/subscriptions/s/resourceGroups/G2/providers/T/t/b","name":"b","type":"T/t","location":"eastus"})"
    "\n"
    R"({"id":"/subscriptions/other/resourceGroups/g/providers/T/t/c","name":"c","type":"T/t","location":"eastus"})"
    "\n"
    R"({"name":"d","type":"T/t","location":"eastus"})"
    "\n";

struct Seen {
  std::string verdicts; ///< "a noncompliant, b …"
  std::string message;
  RunReport report;
};

/// Runs controls that are always violated; `records` are those that their instances name.
Seen run(const std::string& records, const std::vector<TestControl>& controls,
         const std::string& now = "2031-01-01T00:00:00Z") {
  const std::string text = records + assembly_of(controls, {});
  INFO(text);
  auto program = bc::assemble(text);
  if (!program) FAIL(program.error().message << " in line " << program.error().line);
  auto bundle = Bundle::from_program(std::move(*program), "test");
  if (!bundle) FAIL(bundle.error().message);
  EngineOptions options;
  options.now = now;
  options.all_not_applicable = true;
  Seen seen;
  seen.report = Engine({*bundle}, options).run({Input::of_text("r", kResources)}, [&](const Finding& f) {
    seen.verdicts += (seen.verdicts.empty() ? "" : ", ") + f.resource->name + " " +
                     std::string(to_text(f.verdict)) + (f.reason.empty() ? "" : " (" + f.reason + ")");
    if (!f.messages.empty()) seen.message = f.messages.front();
  });
  return seen;
}

TestControl violated(const std::string& instance) {
  TestControl control;
  control.id = "C";
  control.violations = {{"true", "\"own\""}};
  control.instance = instance;
  return control;
}

TEST_CASE("a scope holds what lies below it, segment by segment") {
  const auto in = [](const char* id, const char* scope) { return is_in_scope(id, scope); };
  CHECK(in("/subscriptions/S/resourceGroups/g", "/SUBSCRIPTIONS/s"));
  CHECK(in("/subscriptions/s", "/subscriptions/s/"));
  CHECK_FALSE(in("/subscriptions/s2", "/subscriptions/s"));
  CHECK_FALSE(in("/subscriptions", "/subscriptions/s"));
  CHECK_FALSE(in("/subscriptions/s/resourceGroups/g10/x", "/subscriptions/s/resourceGroups/g1"));
  CHECK(in("/anything", ""));
  CHECK(in("/anything", "/"));
  CHECK(in("/subscriptions/s", "/providers/Microsoft.Management/managementGroups/m"));
}

TEST_CASE("outside of the scope there is no verdict, and without id none that is certain") {
  const Seen seen = run("text value=\"/subscriptions/s/resourceGroups/g2\"\n"
                        "assignment name=\"p\" scope=\"/subscriptions/S\" not_scopes=0+1\n",
                        {violated("assignment=0 message=\"ask\"")});
  CHECK(seen.verdicts == "a noncompliant, b not-applicable (excluded), d unknown (a resource without id is "
                         "in no scope that is known)");
  CHECK(seen.message == "ask");
}

TEST_CASE("selectors choose by type and location") {
  const std::string location = "text value=\"westeurope\"\ntext value=\"t/t\"\n";
  const std::string assignment = "selection selectors=0+1\nassignment name=\"p\" selections=0+1\n";
  const TestControl control = violated("assignment=0");
  CHECK(run(location + "selector kind=ResourceLocation values=0+1\n" + assignment, {control}).verdicts ==
        "a noncompliant, b not-applicable (not selected), c not-applicable (not selected), "
        "d not-applicable (not selected)");
  CHECK(run(location + "selector kind=ResourceType negated values=1+1\n" + assignment, {control})
            .verdicts.starts_with("a not-applicable (not selected)"));
  CHECK(run(location + "selector kind=Principal values=0+1\n" + assignment, {control})
            .verdicts.starts_with("a noncompliant, b noncompliant"));
}

TEST_CASE("one of two variants speaks") {
  TestControl first = violated("assignment=0 guards=0+1");
  TestControl second = violated("assignment=0 guards=1+1");
  second.effect = "\"disabled\"";
  const Seen seen = run("text value=\"westeurope\"\nselector kind=ResourceLocation values=0+1\n"
                        "guard selectors=0+1\nguard selectors=0+1 negated\n"
                        "assignment name=\"p\" scope=\"/subscriptions/s\"\n",
                        {first, second});
  CHECK(seen.verdicts == "a noncompliant, b not-applicable (disabled), "
                         "d unknown (a resource without id is in no scope that is known)");
}

TEST_CASE("an exemption holds until its instant, and is reported when it is over") {
  const std::string records = "assignment name=\"p\" scope=\"/subscriptions/s/resourceGroups/g\"\n"
                              "exemption name=\"e\" scope=\"/subscriptions/s\" category=\"Waiver\" "
                              "expires_on=\"2031-01-01T00:00:00Z\"\nexemption_use exemption=0\n";
  const TestControl control = violated("assignment=0 exemptions=0+1");
  const Seen before = run(records, {control}, "2030-12-31T23:59:59Z");
  CHECK(before.verdicts.starts_with("a exempt (Waiver: exemption e until 2031-01-01T00:00:00Z)"));
  CHECK(before.report.diagnostics.all().empty());
  const Seen after = run(records, {control}, "2031-01-01T00:00:00Z");
  CHECK(after.verdicts.starts_with("a noncompliant"));
  REQUIRE(after.report.diagnostics.all().size() == 1);
  CHECK(after.report.diagnostics.all()[0].code == Code::ExpiredExemption);
  CHECK_FALSE(after.report.incomplete);
}

TEST_CASE("a problem is the verdict of what the control applies to") {
  TestControl control = violated("problem=\"parameter-missing:x\"");
  control.types = {"T/t"};
  CHECK(run("", {control}).verdicts.starts_with("a error (parameter-missing:x), b error"));
  control.types = {"T/u"};
  CHECK(run("", {control}).verdicts.starts_with("a not-applicable (another resource type)"));
}

TEST_CASE("assigned controls that contradict each other are errors") {
  const auto modify = [](const std::string& value, const std::string& instance) {
    TestControl control = violated(instance);
    control.effect = "\"modify\"";
    control.operations = {{"\"addOrReplace\"", "\"tags['E']\"", value, ""}};
    return control;
  };
  const std::string records = "assignment name=\"p\" scope=\"/subscriptions/s/resourceGroups/g\"\n"
                              "assignment name=\"q\" scope=\"/subscriptions/s/resourceGroups/g\"\n"
                              "initiative name=\"i\"\n";
  const std::string conflict = "a error (conflict: another definition changes the same property)";
  CHECK(run(records, {modify("\"x\"", "assignment=0"), modify("\"y\"", "assignment=1")})
            .verdicts.starts_with(conflict + ", " + conflict));
  CHECK(run(records, {modify("\"x\"", "assignment=0"), modify("\"x\"", "assignment=1")})
            .verdicts.starts_with("a noncompliant, a noncompliant"));
  // Not assigned: an initiative alone does not meet what is assigned.
  CHECK(run(records, {modify("\"x\"", "assignment=0"), modify("\"y\"", "initiative=0")})
            .verdicts.starts_with("a noncompliant, a noncompliant"));
}

} // namespace
} // namespace writ::testing
