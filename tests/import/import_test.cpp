// SPDX-License-Identifier: MIT
// Documents around definitions, positions of mistakes, and the examples of the diagnostics' pages.
#include "assign/instances.h"
#include "assign/link.h"
#include "azure/import.h"
#include "ir/verify.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

namespace writ::test {
namespace {

struct Imported {
  SourceMap sources;
  Diagnostics diagnostics;
  ir::PolicySet set;

  [[nodiscard]] bool has(Code code) const {
    for (const Diagnostic& diagnostic : diagnostics.all())
      if (diagnostic.code == code) return true;
    return false;
  }
};

void import_text(Imported& out, const std::string& text, UnknownAlias unknown = UnknownAlias::Error,
                 const std::string& path = "policy.json") {
  Catalog catalog;
  REQUIRE(
      catalog
          .add_provider_export(
              R"([{"namespace":"Microsoft.Storage","resourceTypes":[{"resourceType":"storageAccounts","aliases":[
              {"name":"Microsoft.Storage/storageAccounts/minimumTlsVersion","defaultPath":"properties.minimumTlsVersion",
               "defaultMetadata":{"type":"String","attributes":"Modifiable"}},
              {"name":"Microsoft.Storage/storageAccounts/primaryLocation","defaultPath":"properties.primaryLocation",
               "defaultMetadata":{"type":"String","attributes":"None"}},
              {"name":"Microsoft.Storage/storageAccounts/networkAcls.ipRules[*]","defaultPath":"properties.networkAcls.ipRules[*]"}]}]}])",
              "aliases.json")
          .ok());
  azure::ImportOptions options;
  options.unknown_alias = unknown;
  azure::import_policies(out.sources, out.sources.add(path, text), catalog, options, out.set,
                         out.diagnostics);
  CHECK(ir::verify(out.set).empty());
}

/// Finds out which documents belong together.
void connect(Imported& out) {
  assign::link(out.set, out.diagnostics);
  assign::instances_of(out.set, Catalog(), {}, out.diagnostics);
}

const std::string kRule = R"({"if": {"field": "kind", "exists": true}, "then": {"effect": "audit"}})";

TEST_CASE("a definition is wrapped, unwrapped, or a bare rule") {
  for (const std::string& text :
       {R"({"name": "d", "properties": {"mode": "all", "policyRule": )" + kRule + "}}",
        R"({"name": "d", "mode": "all", "policyRule": )" + kRule + "}", kRule,
        "// comment\n{\"policyRule\": " + kRule + ",}", "\xEF\xBB\xBF" + kRule}) {
    Imported out;
    import_text(out, text);
    INFO(text);
    CHECK_FALSE(out.diagnostics.has_errors());
    REQUIRE(out.set.policies.size() == 1);
    CHECK(out.set.policies[0].violations.size() == 1);
  }
}

TEST_CASE("arrays, pages and lines hold several definitions; a wrong one is left out") {
  const std::string good = R"({"name": "good", "policyRule": )" + kRule + "}";
  const std::string bad = R"({"name": "bad", "policyRule": {"if": {}, "then": {"effect": "audit"}}})";
  for (const std::string& text :
       {"[" + bad + "," + good + "]", R"({"value": [)" + bad + "," + good + "]}", bad + "\n" + good,
        "{\"path\": \"a/b.json\", \"definition\": " + bad + "}\n" + good}) {
    Imported out;
    import_text(out, text);
    INFO(text);
    CHECK(out.diagnostics.errors() == 1);
    REQUIRE(out.set.policies.size() == 1);
    CHECK(out.set.policies[0].id == "good");
  }
  Imported lines;
  import_text(lines, "{oops\n" + good, UnknownAlias::Error, "list.ndjson");
  CHECK(lines.has(Code::InvalidPolicyJson));
  CHECK(lines.set.policies.size() == 1);
}

TEST_CASE("every document is read as what it is") {
  const std::pair<const char*, Code> documents[] = {
      {R"({"properties": {"policyDefinitions": []}})", Code::PolicyInitiative},
      {R"({"properties": {"policyDefinitionId": ""}})", Code::PolicyAssignment},
      {R"({"properties": {"policyAssignmentId": "/x", "exemptionCategory": "Waiver"}})",
       Code::PolicyExemption},
      {R"({"type": "Microsoft.Authorization/policySetDefinitions", "properties": {}})",
       Code::PolicyInitiative}};
  for (const auto& [text, code] : documents) {
    Imported out;
    import_text(out, text);
    CHECK(out.has(code));
    CHECK(out.set.policies.empty());
  }
}

TEST_CASE("mistakes inside expressions have their column, escapes counted") {
  Imported out;
  import_text(
      out, "{\"policyRule\": {\"if\":\n{\"value\": \"[concat('\\u00e9\\\"', nope('x'))]\", \"equals\": 1},\n"
           "\"then\": {\"effect\": \"audit\"}}}");
  REQUIRE(out.diagnostics.errors() == 1);
  const Diagnostic& only = out.diagnostics.all()[0];
  CHECK(only.code == Code::TemplateFunction);
  CHECK(out.sources.text_of(only.span) == "nope");
  CHECK(out.sources.position(only.span.begin).line == 2);
}

TEST_CASE("an unknown alias is an error, skips the definition, or is a path") {
  const std::string text =
      R"({"policyRule": {"if": {"field": "Contoso.Lab/widgets/x.y", "exists": true}, "then": {"effect": "audit"}}})";
  Imported error;
  import_text(error, text);
  CHECK(error.has(Code::UnknownPolicyField));
  Imported skip;
  import_text(skip, text, UnknownAlias::Skip);
  CHECK(skip.has(Code::PolicyDefinitionSkipped));
  CHECK_FALSE(skip.diagnostics.has_errors());
  CHECK(skip.set.policies.empty());
  Imported path;
  import_text(path, text, UnknownAlias::Path);
  CHECK_FALSE(path.diagnostics.has_errors());
  CHECK(path.set.policies.size() == 1);
}

std::string example_of(const std::string& page, const std::string& heading) {
  const std::size_t at = page.find(heading);
  const std::size_t begin = page.find("```json\n", at);
  if (at == std::string::npos || begin == std::string::npos || page.substr(at, begin - at).size() > 12)
    return {};
  const std::size_t end = page.find("\n```", begin + 8);
  return page.substr(begin + 8, end - begin - 8);
}

TEST_CASE("the examples of the import pages do what the pages say") {
  std::size_t examples = 0;
  for (const CodeInfo& code : all_codes()) {
    if (!code.number.starts_with("E05") && !code.number.starts_with("W05")) continue;
    INFO(code.number);
    if (code.code == Code::ExpiredExemption) continue; // of a run: tests/engine
    if (code.code == Code::InvalidDefinitionBlock)
      continue; // of .writ sources: tests/cli/cases/import_mistakes
    std::ifstream in(std::string(WRIT_SOURCE_DIR) + "/docs/diagnostics/" + std::string(code.number) + ".md");
    REQUIRE(in);
    std::ostringstream page;
    page << in.rdbuf();
    std::string bad = example_of(page.str(), "Bad:");
    const std::string good = example_of(page.str(), "Good:");
    if (code.code == Code::PolicyDefinitionLimit) {
      std::string nested = "true()";
      for (int i = 0; i < 70; ++i)
        nested = "not(" + nested + ")";
      bad = R"({"policyRule": {"if": {"value": "[)" + nested +
            R"(]", "equals": true}, "then": {"effect": "audit"}}})";
    }
    if (code.code == Code::RepeatedPolicyName) bad = "[" + bad + "," + bad + "]";
    const UnknownAlias unknown =
        code.code == Code::PolicyDefinitionSkipped ? UnknownAlias::Skip : UnknownAlias::Error;
    Imported wrong;
    import_text(wrong, bad, unknown);
    connect(wrong);
    CHECK(wrong.has(code.code));
    ++examples;
    if (good.empty()) continue;
    Imported right;
    import_text(right, good, unknown);
    connect(right);
    for (const Diagnostic& diagnostic : right.diagnostics.all())
      FAIL_CHECK("good example: " << info(diagnostic.code).number << " " << diagnostic.message);
  }
  CHECK(examples >= 18);
}

} // namespace
} // namespace writ::test
