// SPDX-License-Identifier: MIT
// Every limit of the table: one below, exactly at, one above.
#include "emit/limits.h"
#include "writ/compiler.h"
#include "writ/files.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <functional>
#include <map>

namespace {

using namespace writ;
using azure::Limit;
using emit::DocumentKind;
using nlohmann::ordered_json;

ordered_json definition() {
  return {{"name", "d"},
          {"properties",
           {{"displayName", "D"},
            {"metadata", {{"version", "1.0.0"}}},
            {"parameters", ordered_json::object()},
            {"policyRule",
             {{"if", {{"field", "type"}, {"equals", "Microsoft.X/y"}}}, {"then", {{"effect", "audit"}}}}}}}};
}

ordered_json initiative() {
  return {{"name", "i"},
          {"properties", {{"displayName", "I"}, {"policyDefinitions", ordered_json::array()}}}};
}

ordered_json exemption() {
  return {{"id", "/subscriptions/s/providers/Microsoft.Authorization/policyExemptions/e"},
          {"name", "e"},
          {"properties", {{"exemptionCategory", "Waiver"}}}};
}

ordered_json leaf() { return {{"field", "name"}, {"equals", "x"}}; }

ordered_json any_of(std::size_t count) { return {{"anyOf", ordered_json::array_t(count, leaf())}}; }

/// A condition in `count` layers of `not`.
ordered_json nested(std::size_t count) {
  ordered_json out = leaf();
  for (std::size_t i = 0; i < count; ++i)
    out = {{"not", std::move(out)}};
  return out;
}

ordered_json& rule(ordered_json& body) { return body["properties"]["policyRule"]; }

ordered_json value_count(ordered_json values, ordered_json where) {
  return {{"count", {{"value", std::move(values)}, {"name", "n"}, {"where", std::move(where)}}},
          {"greater", 0}};
}

ordered_json one_resource() { return {{"type", "Microsoft.X/y"}, {"name", "r"}}; }

ordered_json deployment(const std::string& name) {
  return {{"type", "Microsoft.Resources/deployments"},
          {"name", name},
          {"properties", {{"template", {{"resources", ordered_json::array()}}}}}};
}

struct Case {
  DocumentKind kind;
  /// A document with this many of what the limit counts.
  std::function<ordered_json(std::size_t)> with;
};

const std::map<Limit, Case>& cases() {
  static const std::map<Limit, Case> table = {
      {Limit::DefinitionParameters,
       {DocumentKind::Definition,
        [](std::size_t n) {
          ordered_json body = definition();
          for (std::size_t i = 0; i < n; ++i)
            body["properties"]["parameters"]["p" + std::to_string(i)] = {{"type", "String"}};
          return body;
        }}},
      {Limit::ConditionsInIf,
       {DocumentKind::Definition,
        [](std::size_t n) {
          ordered_json body = definition();
          rule(body)["if"] = any_of(n);
          return body;
        }}},
      {Limit::ConditionsInThen,
       {DocumentKind::Definition,
        [](std::size_t n) {
          ordered_json body = definition();
          rule(body)["then"]["details"]["existenceCondition"] = any_of(n);
          return body;
        }}},
      {Limit::NestedConditions,
       {DocumentKind::Definition,
        [](std::size_t n) {
          ordered_json body = definition();
          rule(body)["if"] = nested(n);
          return body;
        }}},
      {Limit::Functions,
       {DocumentKind::Definition,
        [](std::size_t n) {
          // Half of them in an array of the `if`, half in the details.
          ordered_json body = definition();
          rule(body)["if"]["in"] = ordered_json::array_t(n / 2, ordered_json("[toLower('A')]"));
          rule(body)["if"].erase("equals");
          rule(body)["then"]["details"]["operations"] =
              ordered_json::array_t(n - n / 2, {{"value", "[toUpper('(')]"}});
          return body;
        }}},
      {Limit::FunctionArguments,
       {DocumentKind::Definition,
        [](std::size_t n) {
          std::string text = "[concat(";
          for (std::size_t i = 0; i < n; ++i)
            text += i ? ", 'a,(b'" : "'it''s, '";
          ordered_json body = definition();
          rule(body)["if"]["equals"] = text + ")]";
          return body;
        }}},
      {Limit::NestedFunctions,
       {DocumentKind::Definition,
        [](std::size_t n) {
          std::string text = "'x'";
          for (std::size_t i = 0; i < n; ++i)
            text = "toLower(" + text + ")";
          ordered_json body = definition();
          rule(body)["if"]["equals"] = "[" + text + "]";
          return body;
        }}},
      {Limit::ExpressionLength,
       {DocumentKind::Definition,
        [](std::size_t n) {
          const std::string around = "[toLower('')]";
          ordered_json body = definition();
          rule(body)["if"]["equals"] = "[toLower('" + std::string(n - around.size(), 'x') + "')]";
          return body;
        }}},
      {Limit::FieldCounts,
       {DocumentKind::Definition,
        [](std::size_t n) {
          ordered_json body = definition();
          ordered_json counts = ordered_json::array();
          for (std::size_t i = 0; i < n; ++i)
            counts.push_back(
                {{"count", {{"field", i % 2 ? "Microsoft.X/y/Rules[*]" : "microsoft.x/y/rules[*]"}}},
                 {"greater", i}});
          rule(body)["if"] = {{"anyOf", counts}};
          return body;
        }}},
      {Limit::ValueCounts,
       {DocumentKind::Definition,
        [](std::size_t n) {
          ordered_json body = definition();
          rule(body)["if"] = {
              {"anyOf", ordered_json::array_t(n, value_count(ordered_json::array({1, 2}), leaf()))}};
          return body;
        }}},
      {Limit::ValueCountRounds,
       {DocumentKind::Definition,
        [](std::size_t n) {
          // A parameter's default counts as the literal does.
          ordered_json body = definition();
          body["properties"]["parameters"]["all"] = {{"type", "Array"},
                                                     {"defaultValue", ordered_json::array_t(n, 1)}};
          rule(body)["if"] = value_count("[parameters('all')]", leaf());
          return body;
        }}},
      {Limit::InitiativeMembers,
       {DocumentKind::Initiative,
        [](std::size_t n) {
          ordered_json body = initiative();
          body["properties"]["policyDefinitions"] =
              ordered_json::array_t(n, {{"policyDefinitionId", "/providers/x"}});
          return body;
        }}},
      {Limit::InitiativeParameters,
       {DocumentKind::Initiative,
        [](std::size_t n) {
          ordered_json body = initiative();
          for (std::size_t i = 0; i < n; ++i)
            body["properties"]["parameters"]["p" + std::to_string(i)] = {{"type", "String"}};
          return body;
        }}},
      {Limit::Selectors,
       {DocumentKind::Exemption,
        [](std::size_t n) {
          ordered_json body = exemption();
          body["properties"]["resourceSelectors"] = ordered_json::array_t(n, ordered_json::object());
          return body;
        }}},
      {Limit::SelectorValues,
       {DocumentKind::Exemption,
        [](std::size_t n) {
          ordered_json body = exemption();
          body["properties"]["resourceSelectors"] = ordered_json::array(
              {{{"selectors", ordered_json::array({{{"kind", "resourceLocation"},
                                                    {"notIn", ordered_json::array_t(n, "eastus")}}})}}});
          return body;
        }}},
      {Limit::TemplateResources,
       {DocumentKind::Definition,
        [](std::size_t n) {
          // A child, a copied one and those of a nested deployment, which is a template of its own.
          ordered_json nested = deployment("inner");
          nested["properties"]["template"]["resources"] = ordered_json::array_t(800, one_resource());
          ordered_json parent = one_resource();
          parent["resources"] = ordered_json::array({one_resource()});
          ordered_json copied = one_resource();
          copied["copy"] = {{"name", "c"}, {"count", 10U}};
          ordered_json resources = ordered_json::array_t(n - 13, one_resource());
          for (const ordered_json& one : {nested, parent, copied})
            resources.push_back(one);
          ordered_json body = definition();
          rule(body)["then"]["details"]["deployment"] = deployment("outer");
          rule(body)["then"]["details"]["deployment"]["properties"]["template"]["resources"] = resources;
          return body;
        }}},
      {Limit::DisplayName,
       {DocumentKind::Initiative,
        [](std::size_t n) {
          ordered_json body = initiative();
          std::string text; // two bytes a character
          for (std::size_t i = 0; i < n; ++i)
            text += "ü";
          body["properties"]["displayName"] = text;
          return body;
        }}},
      {Limit::Description,
       {DocumentKind::Exemption,
        [](std::size_t n) {
          ordered_json body = exemption();
          body["properties"]["description"] = std::string(n, 'x');
          return body;
        }}},
      {Limit::MetadataText,
       {DocumentKind::Definition,
        [](std::size_t n) {
          ordered_json body = definition();
          body["properties"]["metadata"]["frameworks"] = std::string(n, 'x');
          return body;
        }}},
      {Limit::ResourceName,
       {DocumentKind::Definition,
        [](std::size_t n) {
          ordered_json body = definition();
          body["name"] = std::string(n, 'x');
          return body;
        }}},
      {Limit::RequestBytes,
       {DocumentKind::Definition,
        [](std::size_t n) {
          ordered_json body = definition();
          body["properties"]["parameters"]["p"] = {{"type", "String"}, {"defaultValue", ""}};
          body["properties"]["parameters"]["p"]["defaultValue"] = std::string(n - body.dump().size(), 'x');
          return body;
        }}},
  };
  return table;
}

bool has(const std::vector<emit::Excess>& found, Limit limit) {
  return std::any_of(found.begin(), found.end(), [&](const emit::Excess& one) { return one.limit == limit; });
}

std::vector<emit::Document> many(DocumentKind kind, std::size_t count) {
  return std::vector<emit::Document>(count, {kind, "d", definition(), "D"});
}

} // namespace

TEST_CASE("limits hold at their number and not above it", "[limits]") {
  for (const auto& [limit, one] : cases()) {
    const azure::LimitInfo& row = azure::info(limit);
    INFO(row.name);
    for (std::size_t count : {row.most - 1, row.most}) {
      const ordered_json body = one.with(count);
      CHECK_FALSE(has(emit::exceeded_limits(one.kind, body), limit));
    }
    const std::vector<emit::Excess> found = emit::exceeded_limits(one.kind, one.with(row.most + 1));
    REQUIRE(found.size() == 1);
    CHECK(found[0].limit == limit);
    CHECK(found[0].count == row.most + 1);
    const std::string text = emit::to_text(found[0]);
    CHECK(text.find(azure::with_separators(row.most + 1)) == 0);
    CHECK(text.find(azure::with_separators(row.most)) != std::string::npos);
  }
}

TEST_CASE("limits of a scope", "[limits]") {
  for (const auto& [kind, limit] : {std::pair{DocumentKind::Definition, Limit::ScopeDefinitions},
                                    std::pair{DocumentKind::Initiative, Limit::ScopeInitiatives},
                                    std::pair{DocumentKind::Exemption, Limit::ScopeExemptions}}) {
    const std::size_t most = azure::most(limit);
    CHECK(emit::exceeded_limits(many(kind, most - 1)).empty());
    CHECK(emit::exceeded_limits(many(kind, most)).empty());
    CHECK(has(emit::exceeded_limits(many(kind, most + 1)), limit));
  }
}

TEST_CASE("each scope has its own exemptions", "[limits]") {
  std::vector<emit::Document> documents;
  const auto add = [&](const std::string& scope, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      emit::Document document{DocumentKind::Exemption, "e", exemption(), "E"};
      document.json["id"] = scope + "/providers/Microsoft.Authorization/policyExemptions/e";
      documents.push_back(document);
    }
  };
  add("/subscriptions/a", 600);
  add("/subscriptions/b", 1000);
  CHECK(emit::exceeded_limits(documents).empty());
  add("/SUBSCRIPTIONS/B", 1);
  const auto found = emit::exceeded_limits(documents);
  REQUIRE(found.size() == 1);
  CHECK(emit::to_text(found[0]) == "1,001 exemptions in a scope (`/subscriptions/b`); Azure takes 1,000");
}

TEST_CASE("a deployment template holds no more than Azure takes", "[limits]") {
  const auto bytes = [](std::size_t n) {
    ordered_json body = {{"resources", ordered_json::array()}, {"metadata", ""}};
    body["metadata"] = std::string(n - body.dump().size(), 'x');
    return body;
  };
  const auto resources = [](std::size_t n) {
    return ordered_json{{"resources", ordered_json::array_t(n, one_resource())}};
  };
  for (const auto& [limit, with] : std::vector<std::pair<Limit, std::function<ordered_json(std::size_t)>>>{
           {Limit::TemplateBytes, bytes}, {Limit::TemplateResources, resources}}) {
    const std::size_t most = azure::most(limit);
    CHECK(emit::exceeded_template_limits("t", with(most - 1)).empty());
    CHECK(emit::exceeded_template_limits("t", with(most)).empty());
    const auto found = emit::exceeded_template_limits("t", with(most + 1));
    REQUIRE(found.size() == 1);
    CHECK(found[0].limit == limit);
    CHECK(found[0].count == most + 1);
  }
  // Each nested deployment is bounded by itself.
  ordered_json inner = deployment("exemptions-x");
  inner["resourceGroup"] = "rg";
  inner["properties"]["template"] = resources(801);
  const auto found = emit::exceeded_template_limits("t", {{"resources", {inner, one_resource()}}});
  REQUIRE(found.size() == 1);
  CHECK(emit::to_text(found[0]) == "801 resources of a deployment template (nested deployment "
                                   "`exemptions-x` into `rg`); Azure takes 800");
  // Resources by name, as in the newer form of templates.
  ordered_json named;
  for (int i = 0; i < 801; ++i)
    named["resources"]["r" + std::to_string(i)] = one_resource();
  CHECK(has(emit::exceeded_template_limits("t", named), Limit::TemplateResources));
}

TEST_CASE("every row of the table has a case", "[limits]") {
  // What one document cannot exceed has a case of its own: limits of a scope, and of the size of a template.
  const std::vector<Limit> elsewhere = {Limit::ScopeDefinitions, Limit::ScopeInitiatives,
                                        Limit::ScopeExemptions, Limit::TemplateBytes,
                                        // Assignments are read, never written: tests/import/limits_test.cpp.
                                        Limit::NotScopes, Limit::Overrides, Limit::ScopeAssignments};
  for (const azure::LimitInfo& row : azure::all_limits()) {
    INFO(row.name);
    const bool there = std::find(elsewhere.begin(), elsewhere.end(), row.limit) != elsewhere.end();
    CHECK(cases().contains(row.limit) != there);
  }
}

TEST_CASE("nested value counts multiply their rounds", "[limits]") {
  ordered_json body = definition();
  const ordered_json eleven = ordered_json::array_t(11, 1);
  const ordered_json ten = ordered_json::array_t(10, 1);
  rule(body)["if"] = value_count(ten, value_count(ten, leaf()));
  CHECK(emit::exceeded_limits(DocumentKind::Definition, body).empty());
  rule(body)["if"] = value_count(ten, value_count(eleven, leaf()));
  const auto found = emit::exceeded_limits(DocumentKind::Definition, body);
  REQUIRE(found.size() == 1);
  CHECK(found[0].count == 110);
}

TEST_CASE("expressions of a deployment template are not the policy's", "[limits]") {
  ordered_json body = definition();
  rule(body)["then"]["details"]["deployment"]["properties"]["template"]["variables"]["all"] =
      ordered_json::array_t(3000, "[resourceGroup().location]");
  CHECK(emit::exceeded_limits(DocumentKind::Definition, body).empty());
}

namespace {

Compilation compile(const std::string& text) {
  MemoryFiles files;
  (void)files.write("c/c.writ", text);
  CompileRequest request;
  request.sources = {"c"};
  return Compilation::compile(files, request);
}

std::string control(std::size_t parameters, const std::string& items = {}) {
  std::string out = "module lab\n\ncontrol many \"Many\" {\n  id \"LAB-1\"\n  severity low\n" + items;
  std::string tests;
  for (std::size_t i = 0; i < parameters; ++i) {
    const std::string name = "p" + std::to_string(i);
    out += "  param " + name + ": String = \"v" + std::to_string(i) + "\"\n";
    tests += (i ? " or " : "") + std::string("account.name == ") + name;
  }
  return out + "  on Microsoft.CognitiveServices/accounts as account\n  require " + tests + "\n}\n";
}

} // namespace

TEST_CASE("a control past a limit is not emitted, and an error where it must be emitted", "[limits]") {
  Compilation fits = compile(control(19)); // and the effect
  REQUIRE(fits.ok());
  CHECK(fits.emit({}).files.size() == 1);

  Compilation over = compile(control(20));
  CHECK(over.ok()); // local evaluation knows no such limit
  const EmitResult result = over.emit({});
  CHECK(result.files.empty());
  REQUIRE(result.not_emittable.all().size() == 1);
  CHECK(result.not_emittable.all()[0].code == Code::AzureLimit);
  CHECK(result.not_emittable.all()[0].message.find("21 parameters of a definition; Azure takes 20") !=
        std::string::npos);

  Compilation demanded = compile(control(20, "  target azure-policy\n"));
  REQUIRE_FALSE(demanded.ok());
  CHECK(demanded.diagnostics().all()[0].code == Code::AzureLimit);
}

TEST_CASE("ARM and Bicep are written only as far as a template goes", "[limits]") {
  // Each just below the size of a request: four of them fit, five do not.
  const auto definitions = [](std::size_t count) {
    MemoryFiles files;
    CompileRequest request;
    for (std::size_t i = 0; i < count; ++i) {
      ordered_json body = definition();
      body["name"] = "d" + std::to_string(i);
      body["properties"]["mode"] = "All";
      body["properties"]["parameters"]["p"] = {{"type", "String"},
                                               {"defaultValue", std::string(1'000'000, 'x')}};
      request.sources.push_back("d" + std::to_string(i) + ".json");
      (void)files.write(request.sources.back(), body.dump());
    }
    return Compilation::compile(files, request);
  };
  Compilation fits = definitions(4);
  Compilation over = definitions(5);
  REQUIRE((fits.ok() && over.ok()));
  for (const char* target : {"azure-policy", "terraform", "arm", "bicep"}) {
    INFO(target);
    EmitRequest request;
    request.target = target;
    const bool bounded = request.target == "arm" || request.target == "bicep";
    CHECK_FALSE(fits.emit(request).not_emittable.has_errors());
    const EmitResult result = over.emit(request);
    CHECK(result.not_emittable.has_errors() == bounded);
    if (!bounded) continue;
    CHECK(result.files.empty());
    REQUIRE(result.not_emittable.all().size() == 1);
    const Diagnostic& found = result.not_emittable.all()[0];
    CHECK(found.code == Code::AzureLimit);
    CHECK(found.message.find("bytes of a deployment template (`policies`); Azure takes 4,194,304") !=
          std::string::npos);
    REQUIRE(found.notes.size() == 1);
    CHECK(found.notes[0].find("--control") != std::string::npos);
  }
}

TEST_CASE("exemptions of a place are written only as far as a template goes", "[limits]") {
  Compilation compilation = compile(control(1));
  const auto emit_many = [&](std::size_t count, std::string_view target) {
    EmitRequest request;
    request.target = target;
    request.assignments = {{"", "/subscriptions/s/providers/Microsoft.Authorization/policyAssignments/a"}};
    for (std::size_t i = 0; i < count; ++i) {
      LedgerEntry entry;
      entry.name = "e" + std::to_string(i);
      entry.controls = {"LAB-1"};
      entry.owner = "owner";
      entry.reason = "reason";
      entry.category = "Waiver";
      entry.expires_on = "2031-01-01T00:00:00Z";
      entry.scopes = {"/subscriptions/s/resourceGroups/g"};
      request.exemptions.push_back(std::move(entry));
    }
    return compilation.emit(request);
  };
  for (const std::string_view target : {"arm", "bicep"}) {
    INFO(target);
    CHECK_FALSE(emit_many(799, target).not_emittable.has_errors());
    CHECK_FALSE(emit_many(800, target).not_emittable.has_errors());
    const EmitResult result = emit_many(801, target);
    CHECK(result.files.empty());
    REQUIRE(result.not_emittable.all().size() == 1);
    CHECK(result.not_emittable.all()[0].message.find("801 resources of a deployment template") !=
          std::string::npos);
  }
  CHECK(emit_many(801, "exemptions").exemptions == 801);
}

TEST_CASE("texts that are cut are said", "[limits]") {
  const std::string title(140, 'x');
  Compilation long_title = compile("module lab\n\ncontrol many \"" + title +
                                   "\" {\n  id \"LAB-1\"\n  severity low\n"
                                   "  on Microsoft.CognitiveServices/accounts as account\n"
                                   "  require account.name == \"x\"\n}\n");
  REQUIRE(long_title.ok());
  const EmitResult result = long_title.emit({});
  REQUIRE(result.files.size() == 1);
  REQUIRE(result.warnings.all().size() == 1);
  CHECK(result.warnings.all()[0].code == Code::EmittedTextCut);
  const auto body = ordered_json::parse(result.files[0].text);
  CHECK(azure::utf16_length(body["properties"]["displayName"].get<std::string>()) == 128);
}

TEST_CASE("the table of limits in docs/emission.md is fresh", "[limits]") {
  const std::string path = std::string(WRIT_SOURCE_DIR) + "/docs/emission.md";
  DiskFiles files;
  std::string page = *files.read(path);
  std::string table = "<!-- limits -->\n\n| at most | of | source |\n| --- | --- | --- |\n";
  for (const azure::LimitInfo& row : azure::all_limits())
    table += "| " + azure::with_separators(row.most) + " | " + std::string(row.what) + " | " +
             std::string(row.source) + " |\n";
  table += "\n<!-- end of limits -->";
  const std::size_t begin = page.find("<!-- limits -->");
  const std::string last = "<!-- end of limits -->";
  const std::size_t end = page.find(last);
  REQUIRE(begin != std::string::npos);
  REQUIRE(end != std::string::npos);
  const std::string present = page.substr(begin, end + last.size() - begin);
  if (std::getenv("WRIT_UPDATE") && present != table)
    REQUIRE(files.write(path, page.replace(begin, present.size(), table)).ok());
  else
    CHECK(present == table);
}
