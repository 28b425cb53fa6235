// SPDX-License-Identifier: MIT
// Every target, read back: what was written is what was to be written, to the last character.
#include "azure/emit_definition.h"
#include "azure/import.h"
#include "emit/body.h"
#include "emit/target.h"
#include "emit/terraform_text.h"
#include "support/files.h"
#include "verify/bicep_reader.h"
#include "verify/target_reader.h"
#include "writ/compiler.h"
#include "writ/files.h"
#include "writ/text.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <limits>
#include <set>
#include <sstream>

namespace {

using namespace writ;
using nlohmann::json;
using nlohmann::ordered_json;
using writ::testing::read_file;

const emit::RenderOptions kOptions{*emit::parse_scope("management-group"), "tenant", false};

/// Texts that some language reads as something else than themselves.
const std::vector<std::string> kHostile = {"[parameters('effect')]",
                                           "[[literal]",
                                           "[[[x]",
                                           "[not an expression",
                                           "[a] and [b]",
                                           "[]",
                                           "[",
                                           "]",
                                           "it's",
                                           "''",
                                           "'quoted'",
                                           "'''",
                                           "${x}",
                                           "$${x}",
                                           "$$${x}",
                                           "%{ if true }",
                                           "%%{x}",
                                           "$",
                                           "$$",
                                           "100 %",
                                           "back\\slash",
                                           "\\",
                                           "\\n",
                                           "line\nbreak",
                                           "tab\there",
                                           "cr\r\n",
                                           "\x01\x1f\x7f",
                                           "\"double\"",
                                           "{scope}",
                                           "ünïcödé – 日本語 🎈",
                                           "",
                                           " ",
                                           "\\${x}",
                                           "\\'",
                                           "a'b${c}%{d}[e]\\f\ng"};

/// A definition that has each of them as a value, as a part of an array, and as a key.
emit::Document hostile_definition() {
  ordered_json keys = ordered_json::object();
  for (const std::string& text : kHostile)
    keys[text] = text;
  return {emit::DocumentKind::Definition,
          "it-s.a(hostile) name",
          {{"name", "it-s.a(hostile) name"},
           {"properties",
            {{"displayName", "It's ${a} 'test' [x]"},
             {"description", "[all of it]"},
             {"policyType", "Custom"},
             {"mode", "All"},
             {"metadata", {{"version", "1.0.0"}, {"category", "Test"}, {"keys", keys}}},
             {"parameters",
              {{"effect",
                {{"type", "String"},
                 {"metadata", {{"displayName", "Effect"}}},
                 {"allowedValues", {"Audit", "Disabled"}},
                 {"defaultValue", "Audit"}}},
               {"texts", {{"type", "Array"}, {"defaultValue", kHostile}}},
               {"numbers",
                {{"type", "Array"},
                 {"defaultValue",
                  {0, -1, 1.5, -2.25e-7, 1e300, std::int64_t{9223372036854775807},
                   std::numeric_limits<std::int64_t>::min(), 18446744073709551615ULL, true, nullptr,
                   ordered_json::array(), ordered_json::object()}}}}}},
             {"policyRule",
              {{"if", {{"field", "name"}, {"in", kHostile}}},
               {"then", {{"effect", "[parameters('effect')]"}}}}}}}},
          "HOSTILE"};
}

emit::Document plain_definition(const std::string& name) {
  emit::Document out = hostile_definition();
  out.name = name;
  out.json["name"] = name;
  return out;
}

emit::Document initiative(const std::vector<std::string>& members) {
  ordered_json policies = ordered_json::array();
  for (const std::string& member : members)
    policies.push_back({{"policyDefinitionReferenceId", member},
                        {"policyDefinitionId", emit::own_definition_id(member)},
                        {"parameters", {{"effect", {{"value", "[parameters('effect')]"}}}}},
                        {"groupNames", {"mcsb_NS-2"}}});
  policies.push_back({{"policyDefinitionReferenceId", "built-in"},
                      {"policyDefinitionId", "/providers/Microsoft.Authorization/policyDefinitions/"
                                             "0725b4dd-7e76-479c-a735-68e7ee23d5ca"},
                      {"definitionVersion", "1.*.*"},
                      {"parameters", {{"text", {{"value", "[[${literal}]"}}}}}});
  return {emit::DocumentKind::Initiative,
          "ai-baseline",
          {{"name", "ai-baseline"},
           {"properties",
            {{"displayName", "AI baseline"},
             {"policyType", "Custom"},
             {"metadata", {{"version", "1.0.0"}, {"category", "AI"}}},
             {"parameters", {{"effect", {{"type", "String"}, {"defaultValue", "Audit"}}}}},
             {"policyDefinitions", policies},
             {"policyDefinitionGroups",
              {{{"name", "mcsb_NS-2"},
                {"additionalMetadataId", "/providers/Microsoft.PolicyInsights/policyMetadata/NS-2"}}}}}}},
          "ai_baseline"};
}

emit::Document exemption(const std::string& scope, const std::string& name) {
  return {emit::DocumentKind::Exemption,
          name,
          {{"id", scope + "/providers/Microsoft.Authorization/policyExemptions/" + name},
           {"name", name},
           {"properties",
            {{"policyAssignmentId", "/providers/Microsoft.Management/managementGroups/mg-ai/providers/"
                                    "Microsoft.Authorization/policyAssignments/ai"},
             {"policyDefinitionReferenceIds", {"ais-net-001"}},
             {"exemptionCategory", "Waiver"},
             {"displayName", "Demo's [exemption] ${x}"},
             {"description", "INC-1: until the private endpoint is there"},
             {"expiresOn", "2027-03-31T00:00:00Z"},
             {"metadata", {{"owner", "o'neill"}, {"ticket", "INC-1"}}}}}},
          name};
}

const std::string kSubscription = "/subscriptions/00000000-0000-0000-0000-000000000001";

std::vector<emit::Document> hand_made() {
  return {hostile_definition(),
          plain_definition("p-2"),
          plain_definition("p.2"), // the same symbol as p-2
          initiative({"p-2", "p.2"}),
          exemption("/providers/Microsoft.Management/managementGroups/mg-lab", "mg"),
          exemption(kSubscription, "sub"),
          exemption(kSubscription + "/resourceGroups/rg-a", "one"),
          exemption(kSubscription + "/resourceGroups/rg-b", "one"),
          exemption(kSubscription + "/resourceGroups/rg-b/providers/Microsoft.CognitiveServices/accounts/a1",
                    "two"),
          exemption(kSubscription + "/resourceGroups/rg-b/providers/Microsoft.CognitiveServices/accounts/a1/"
                                    "deployments/gpt",
                    "three"),
          exemption(kSubscription + "/providers/Microsoft.Security/pricings/AI", "four")};
}

/// What a target writes of these documents, without those it refuses.
std::vector<EmittedFile> rendered(const emit::Target& target, const std::vector<emit::Document>& documents,
                                  const emit::RenderOptions& options, std::vector<emit::Document>& kept) {
  for (const emit::Document& document : documents) {
    if (!target.writes(document.kind)) continue;
    const std::vector<emit::Remark> remarks = target.remarks(document, options);
    if (std::none_of(remarks.begin(), remarks.end(), [](const emit::Remark& one) { return one.refused; }))
      kept.push_back(document);
  }
  return target.render(kept, options);
}

/// The documented differences between a REST body and what a target can deploy.
json expected(const emit::Document& document, std::string_view target) {
  json body = json::parse(document.json.dump());
  if (target == "azure-policy" || target == "initiative" || target == "exemptions") return body;
  json& properties = body["properties"];
  if (document.kind != emit::DocumentKind::Exemption) properties["policyType"] = "Custom";
  if (target == "epac" && properties.contains("version")) {
    if (!properties["metadata"].contains("version"))
      properties["metadata"]["version"] = properties["version"];
    properties.erase("version");
  }
  if (target == "epac" && properties.contains("policyDefinitionGroups"))
    for (json& group : properties["policyDefinitionGroups"])
      for (const char* text : {"displayName", "category", "description"})
        group.erase(text);
  if (target == "terraform") properties.erase("version");
  return body;
}

/// Bodies in an order that does not depend on that of the files.
template <typename Json> std::vector<std::string> sorted(const std::vector<Json>& bodies) {
  std::vector<std::string> out;
  for (const Json& body : bodies)
    out.push_back(json::parse(body.dump()).dump()); // members in one order
  std::sort(out.begin(), out.end());
  return out;
}

/// Renders, reads back, compares. Returns how many documents the target holds.
std::size_t check_target(const emit::Target& target, const std::vector<emit::Document>& documents,
                         const emit::RenderOptions& options = kOptions) {
  INFO(target.info.name);
  std::vector<emit::Document> kept;
  const std::vector<EmittedFile> files = rendered(target, documents, options, kept);
  const driver::targets::TargetContents read =
      driver::targets::read_target(std::string(target.info.name), files);
  for (const std::string& problem : read.problems)
    FAIL_CHECK(problem);
  std::vector<json> wanted;
  for (const emit::Document& document : kept)
    wanted.push_back(expected(document, target.info.name));
  const std::vector<std::string> a = sorted(wanted);
  const std::vector<std::string> b = sorted(read.bodies);
  CHECK(a.size() == b.size());
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    if (a[i] != b[i]) {
      CHECK(b[i] == a[i]);
      break;
    }
  std::set<std::string> paths;
  for (const EmittedFile& file : files) {
    CHECK(paths.insert(lower_ascii(file.path)).second); // on every file system
    CHECK(file.text.ends_with('\n'));
    CHECK((file.path.ends_with(target.info.ending) || file.only_when_absent));
  }
  return kept.size();
}

} // namespace

TEST_CASE("hand-made documents with hostile texts survive every target", "[targets]") {
  const std::vector<emit::Document> documents = hand_made();
  for (const emit::Target& target : emit::all_targets()) {
    std::size_t of_its_kinds = 0;
    for (const emit::Document& document : documents)
      of_its_kinds += target.writes(document.kind);
    CHECK(check_target(target, documents) == of_its_kinds);
    // With a place that is known.
    for (const char* scope : {"/providers/Microsoft.Management/managementGroups/mg-ai", "subscription",
                              "/subscriptions/00000000-0000-0000-0000-000000000001"}) {
      std::vector<emit::Document> definitions(documents.begin(), documents.begin() + 3);
      check_target(target, definitions, {*emit::parse_scope(scope), "prod", false});
    }
  }
}

TEST_CASE("the scope of an emission stands in ids where a target needs them", "[targets]") {
  const emit::RenderOptions options{
      *emit::parse_scope("/providers/Microsoft.Management/managementGroups/mg-ai"), "tenant", false};
  const std::vector<emit::Document> documents = {plain_definition("p"), initiative({"p"})};
  const auto text = [&](const char* target, const emit::RenderOptions& with) {
    std::vector<emit::Document> kept;
    std::string out;
    for (const EmittedFile& file : rendered(*emit::find_target(target), documents, with, kept))
      out += file.path + "\n" + file.text;
    return out;
  };
  const std::string id =
      "/providers/Microsoft.Management/managementGroups/mg-ai/providers/Microsoft.Authorization/"
      "policyDefinitions/p";
  CHECK(text("initiative", options).find("\"policyDefinitionId\": \"" + id + "\"") != std::string::npos);
  CHECK(text("initiative", kOptions).find("\"{scope}/providers/") != std::string::npos);
  CHECK(text("terraform", options)
            .find("\"management_group_id\": \"/providers/Microsoft.Management/"
                  "managementGroups/mg-ai\"") != std::string::npos);
  CHECK(text("terraform", kOptions).find("\"management_group_id\": \"${var.management_group_id}\"") !=
        std::string::npos);
  CHECK(text("terraform", options).find("variables.tf.json") == std::string::npos);
  CHECK(text("terraform", {*emit::parse_scope("subscription"), "t", false}).find("management_group") ==
        std::string::npos);
  CHECK(
      text("arm", {*emit::parse_scope("subscription"), "t", false}).find("subscriptionDeploymentTemplate") !=
      std::string::npos);
  CHECK(text("bicep", kOptions).starts_with("main.bicep\ntargetScope = 'managementGroup'\n"));
  CHECK(text("epac", options)
            .find("\"deploymentRootScope\": \"/providers/Microsoft.Management/managementGroups/"
                  "mg-ai\"") != std::string::npos);
}

TEST_CASE("what is no scope is refused", "[targets]") {
  for (const char* text : {"", "/", "rg", "/subscriptions", "/subscriptions/", "/subscriptions//x",
                           "/providers/Microsoft.Management/managementGroups",
                           "/providers/Microsoft.Management/managementGroups/a/b", "/subscriptions/s/other/x",
                           "/subscriptions/s/resourceGroups/g/providers/Microsoft.X/types"}) {
    INFO(text);
    CHECK_FALSE(emit::parse_scope(text));
  }
  CHECK(emit::parse_scope("/subscriptions/s/resourceGroups/g/")->kind == emit::ScopeKind::ResourceGroup);
}

TEST_CASE("EPAC refuses by its schemas, each with its reason", "[targets]") {
  const emit::Target& epac = *emit::find_target("epac");
  const auto first = [&](const std::function<void(ordered_json&)>& change) {
    emit::Document document = plain_definition("p");
    change(document.json["properties"]);
    const std::vector<emit::Remark> remarks = epac.remarks(document, kOptions);
    return remarks.empty() ? std::string() : (remarks[0].refused ? "" : "warning: ") + remarks[0].text;
  };
  CHECK(first([](ordered_json&) {}).empty());
  CHECK(first([](ordered_json& p) { p.erase("displayName"); }).find("display name") != std::string::npos);
  CHECK(first([](ordered_json& p) { p["metadata"].erase("category"); }).find("metadata.category") !=
        std::string::npos);
  CHECK(first([](ordered_json& p) { p["metadata"].erase("version"); }).find("metadata.version") !=
        std::string::npos);
  CHECK(first([](ordered_json& p) { p["policyRule"]["then"]["effect"] = "audit"; }).find("\"audit\"") !=
        std::string::npos);
  CHECK(first([](ordered_json& p) {
          p["policyRule"]["then"]["details"] = ordered_json::array({{{"field", "x"}, {"value", 1}}});
        }).find("Append") != std::string::npos);
  CHECK(first([](ordered_json& p) {
          p["parameters"]["effect"]["allowedValues"] = {"Audit"};
        }).find("at least two") != std::string::npos);
  CHECK(first([](ordered_json& p) {
          p["parameters"]["effect"]["allowedValues"] = {"audit", "Disabled"};
        }).find("\"audit\"") != std::string::npos);
  CHECK(first([](ordered_json& p) { p["parameters"]["effect"].erase("defaultValue"); }).find("default") !=
        std::string::npos);
  CHECK(first([](ordered_json& p) {
          p["parameters"]["effect"]["metadata"]["displayName"] = "What to do";
        }).find("`What to do`") != std::string::npos);
  CHECK(first([](ordered_json& p) { p["version"] = "2.0.0"; }).starts_with("warning: "));

  emit::Document set = initiative({"p"});
  CHECK(epac.remarks(set, kOptions).empty());
  set.json["properties"]["policyDefinitionGroups"][0]["displayName"] = "Networks";
  REQUIRE(epac.remarks(set, kOptions).size() == 1);
  CHECK_FALSE(epac.remarks(set, kOptions)[0].refused);
  set.json["properties"]["policyDefinitions"][0]["policyDefinitionId"] =
      kSubscription + "/providers/Microsoft.Authorization/policyDefinitions/other";
  CHECK(epac.remarks(set, kOptions)[0].refused);
}

TEST_CASE("EPAC has no folder without a file, and its settings are the user's", "[targets]") {
  const emit::Target& epac = *emit::find_target("epac");
  std::vector<emit::Document> kept;
  const std::vector<EmittedFile> files = rendered(epac, {plain_definition("p")}, kOptions, kept);
  REQUIRE(files.size() == 2);
  CHECK(files[0].path == "Definitions/policyDefinitions/Test/p.json");
  CHECK(files[1].path == "Definitions/global-settings.jsonc");
  CHECK(files[1].only_when_absent);
  CHECK(files[1].text.find("FILL-IN") != std::string::npos);
  CHECK_FALSE(json::parse(files[1].text, nullptr, false, true).is_discarded()); // comments aside
}

TEST_CASE("an exemption that a target cannot narrow is refused", "[targets]") {
  emit::Document narrow = exemption(kSubscription, "narrow");
  narrow.json["properties"]["resourceSelectors"] = ordered_json::array(
      {{{"name", "east"},
        {"selectors", ordered_json::array({{{"kind", "resourceLocation"}, {"in", {"eastus"}}}})}}});
  const std::vector<emit::Remark> terraform = emit::find_target("terraform")->remarks(narrow, kOptions);
  REQUIRE(terraform.size() == 1);
  CHECK(terraform[0].text.find("resourceSelectors") != std::string::npos);
  for (const char* other : {"exemptions", "epac", "arm", "bicep"})
    CHECK(emit::find_target(other)->remarks(narrow, kOptions).empty());
  emit::Document nowhere = exemption("", "nowhere");
  for (const char* target : {"epac", "arm", "bicep", "terraform"})
    CHECK(emit::find_target(target)->remarks(nowhere, kOptions).at(0).refused);
}

TEST_CASE("the reader of Bicep refuses what Bicep refuses", "[targets]") {
  const auto problem = [](const std::string& text) {
    std::string out;
    driver::targets::read_bicep(text, out);
    return out;
  };
  const std::string head = "targetScope = 'subscription'\n\nresource a 'T@1' = {\n  name: ";
  CHECK(problem(head + "'x'\n}\n").empty());
  CHECK_FALSE(problem(head + "'it's'\n}\n").empty());
  CHECK_FALSE(problem(head + "'${x}'\n}\n").empty());
  CHECK_FALSE(problem(head + "'a\nb'\n}\n").empty());
  CHECK_FALSE(problem(head + "1.5\n}\n").empty());
  CHECK_FALSE(problem(head + "'x' n: 1\n}\n").empty());
  CHECK_FALSE(problem(head + "'\\q'\n}\n").empty());
  CHECK_FALSE(problem(head + "'x'\n").empty());
  CHECK_FALSE(problem(head + "'x'\n}\nresource a 'T@1' = {\n}\n").empty());
}

TEST_CASE("the standard library survives every target", "[targets]") {
  CompileRequest request;
  request.sources = {"std"};
  Compilation compilation = Compilation::compile(DiskFiles(), request);
  REQUIRE(compilation.ok());
  std::vector<emit::Document> documents;
  for (const char* target : {"azure-policy", "initiative", "exemptions"}) {
    EmitRequest emit;
    emit.target = target;
    for (const EmittedFile& file : compilation.emit(emit).files) {
      ordered_json body = ordered_json::parse(file.text);
      documents.push_back({std::string(target) == "azure-policy" ? emit::DocumentKind::Definition
                           : std::string(target) == "initiative" ? emit::DocumentKind::Initiative
                                                                 : emit::DocumentKind::Exemption,
                           body.at("name"), body, file.control_id});
    }
  }
  REQUIRE(documents.size() >= 70);
  for (const emit::Target& target : emit::all_targets()) {
    const std::size_t written = check_target(target, documents);
    std::cout << "standard library, " << target.info.name << ": " << written << " documents and back\n";
    // Through the public door the files are the same.
    EmitRequest emit;
    emit.target = target.info.name;
    const EmitResult result = compilation.emit(emit);
    CHECK(result.definitions + result.initiatives + result.exemptions == written);
  }
}

TEST_CASE("published definitions and initiatives survive every target", "[targets]") {
  const std::string folder = std::string(WRIT_SHARED_DIR) + "/azure/";
  const auto aliases = read_file(folder + "aliases.json");
  const auto builtins = read_file(folder + "builtins.ndjson");
  const auto sets = read_file(folder + "builtin-sets.ndjson");
  if (!aliases || !builtins || !sets) {
    std::cout << "skipped: ../shared/azure is not there\n";
    return;
  }
  Catalog catalog;
  REQUIRE(catalog.add_provider_export(*aliases, "aliases.json").ok());
  std::vector<emit::Document> documents;
  std::set<std::string> names;
  SourceMap sources;
  Diagnostics diagnostics;
  ir::PolicySet set;
  azure::import_policies(sources, sources.add("builtins.ndjson", *builtins), catalog, {}, set, diagnostics);
  for (const ir::Policy& policy : set.policies) {
    Result<ordered_json> definition = azure::emit_definition(*set.graph, policy, {});
    REQUIRE(definition.ok());
    // Definitions of several clouds share a name; a scope has one of each.
    if (names.insert(lower_ascii(azure::definition_name(policy))).second)
      documents.push_back({emit::DocumentKind::Definition, azure::definition_name(policy),
                           std::move(*definition), policy.id});
  }
  std::istringstream lines(*sets);
  for (std::string line; std::getline(lines, line);) {
    ordered_json published = ordered_json::parse(line).at("definition");
    for (const char* read_only : {"versions", "Version"})
      published["properties"].erase(read_only);
    const std::string name = published.at("name");
    if (names.insert("set " + lower_ascii(name)).second)
      documents.push_back({emit::DocumentKind::Initiative,
                           name,
                           {{"name", name}, {"properties", published.at("properties")}},
                           name});
  }
  REQUIRE(documents.size() > 1900);
  for (const emit::Target& target : emit::all_targets()) {
    const std::size_t written = check_target(target, documents);
    std::cout << "published, " << target.info.name << ": " << written << " of " << documents.size()
              << " documents and back\n";
    if (target.writes(emit::DocumentKind::Definition)) CHECK(written > 1000);
  }
}

TEST_CASE("terraform reads the escaped texts as they were", "[targets]") {
  if (std::system("command -v terraform >/dev/null 2>&1") != 0) {
    std::cout << "skipped: there is no terraform\n";
    return;
  }
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "writ-terraform-test";
  std::filesystem::create_directories(folder);
  json locals;
  // Control characters are not printed back as they were; JSON holds them for other targets.
  for (std::size_t i = 0; i < kHostile.size(); ++i)
    if (kHostile[i].find('\x01') == std::string::npos)
      locals["t" + std::to_string(i)] =
          json::parse(ordered_json(emit::terraform_escaped(kHostile[i])).dump());
  json all;
  for (const auto& [key, value] : locals.items())
    all[key] = "${local." + key + "}";
  locals["all"] = all;
  std::ofstream(folder / "main.tf.json") << json({{"locals", locals}}).dump();
  const std::string command = "cd '" + folder.string() +
                              "' && echo 'jsonencode(local.all)' | terraform console > out.txt 2>/dev/null";
  if (std::system(command.c_str()) != 0) {
    std::cout << "skipped: terraform console does not run here\n";
    return;
  }
  const std::string text = *read_file((folder / "out.txt").string());
  std::filesystem::remove_all(folder);
  // The console prints a string of JSON as a string.
  const json read = json::parse(json::parse(text).get<std::string>());
  for (std::size_t i = 0; i < kHostile.size(); ++i)
    if (kHostile[i].find('\x01') == std::string::npos) CHECK(read.at("t" + std::to_string(i)) == kHostile[i]);
}
