// SPDX-License-Identifier: MIT
// A definition, written as .writ source and compiled, is the same IR as the definition itself.
#include "azure/definition_block.h"
#include "azure/emit_definition.h"
#include "azure/emit_initiative.h"
#include "azure/import.h"
#include "decompile/to_source.h"
#include "ir/dump.h"
#include "support/files.h"
#include "syntax/parse.h"
#include "writ/embedded.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace {

using namespace writ;
using namespace writ::testing;

/// The dump of what a text means.
struct Meaning {
  std::string dump;
  std::string problems;
};

std::string problems_of(const Diagnostics& diagnostics, const SourceMap& sources) {
  std::string out;
  for (const Diagnostic& d : diagnostics.all())
    if (d.severity == Severity::Error)
      out += std::string(info(d.code).number) + " line " +
             std::to_string(sources.position(d.span.begin).line) + ": " + d.message + "\n";
  return out;
}

Meaning meaning_of_json(const std::string& json, const Catalog& catalog) {
  SourceMap sources;
  Diagnostics diagnostics;
  ir::PolicySet set;
  azure::import_policies(sources, sources.add("definition.json", json), catalog, {}, set, diagnostics);
  return {ir::dump(set), problems_of(diagnostics, sources)};
}

Meaning meaning_of_source(const std::string& text, const Catalog& catalog) {
  SourceMap sources;
  Diagnostics diagnostics;
  ir::PolicySet set;
  const syntax::Module module =
      syntax::parse_source(sources, sources.add("definition.writ", text), diagnostics);
  if (module.complete) azure::import_definition_blocks(sources, module, catalog, {}, set, diagnostics);
  return {ir::dump(set), problems_of(diagnostics, sources)};
}

/// The source of the one definition of a JSON text.
std::string source_of(const std::string& json) {
  SourceMap sources;
  Diagnostics diagnostics;
  Arena arena;
  azure::JsonReader reader(sources, sources.add("definition.json", json), diagnostics);
  std::optional<azure::JsonNode> node = reader.next(arena);
  REQUIRE(node);
  const azure::JsonNode* document = node->find("definition");
  std::set<std::string> taken;
  return decompile::definition_source(document ? *document : *node, "definition", taken).text;
}

/// "" when both mean the same.
std::string difference(const std::string& json, const Catalog& catalog) {
  const Meaning before = meaning_of_json(json, catalog);
  if (!before.problems.empty()) return {}; // no definition to begin with
  const std::string source = source_of(json);
  const Meaning after = meaning_of_source(source, catalog);
  if (!after.problems.empty()) return after.problems + source;
  if (after.dump == before.dump) return {};
  std::istringstream a(before.dump);
  std::istringstream b(after.dump);
  for (std::string left, right; std::getline(a, left) || std::getline(b, right);) {
    if (!std::getline(b, right)) right = "(end)";
    if (left != right) return "JSON:   " + left + "\nsource: " + right + "\n" + source;
  }
  return "the dumps differ in length\n" + source;
}

TEST_CASE("a definition with everything that needs care survives the way to source and back") {
  Catalog catalog;
  for (const embedded::File& file : embedded::builtin_catalog())
    REQUIRE(catalog.add_compact(file.text, std::string(file.path)).ok());
  const auto json =
      read_file(std::string(WRIT_SOURCE_DIR) + "/tests/cli/cases/import_print/definition.jsonc");
  REQUIRE(json);
  REQUIRE(meaning_of_json(*json, catalog).problems.empty());
  CHECK(difference(*json, catalog).empty());
  // The comparison sees a difference when there is one.
  const std::string source = source_of(*json);
  const std::string changed = std::string(source).replace(source.find("\"10.*\""), 6, "\"11.*\"");
  CHECK(meaning_of_source(changed, catalog).dump != meaning_of_json(*json, catalog).dump);
}

TEST_CASE("documents with odd envelopes and numbers survive the way to source and back") {
  const Catalog catalog;
  const std::string rule = R"({"if": {"field": "kind", "equals": "a"}, "then": {"effect": "audit"}})";
  const std::vector<std::string> documents = {
      // No name: the last segment of the id is one.
      R"({"id": "/providers/Microsoft.Authorization/policyDefinitions/d1", "mode": "All", "policyRule": )" +
          rule + "}",
      // No type that `on` can say.
      R"({"name": "d", "policyRule": {"if": {"field": "type", "equals": "A.B/c.d/e"}, "then": {"effect": "audit"}}})",
      R"({"name": "d", "policyRule": {"if": {"value": "[createArray(1.0, 1.5e300)]", "equals": 1e99}, "then": {"effect": "audit"}}})",
      R"({"name": "d", "policyRule": {"if": {"value": [1E+99, -1e-99, 1.0], "equals": 2e20}, "then": {"effect": "audit"}}})"};
  for (const std::string& document : documents) {
    INFO(document);
    CHECK(difference(document, catalog) == "");
  }
}

TEST_CASE("published definitions survive the way to source and back") {
  const auto aliases = read_published("aliases.json");
  const auto builtins = read_published("builtins.ndjson");
  if (!aliases || !builtins) return;
  Catalog catalog;
  REQUIRE(catalog.add_provider_export(*aliases, "aliases.json").ok());
  const std::vector<std::string> lines = lines_of(*builtins);
  std::size_t definitions = 0;
  std::size_t different = 0;
  std::size_t escapes = 0;
  for (const std::string& line : lines) {
    ++definitions;
    CHECK(meaning_of_json(line, catalog).problems.empty());
    const std::string source = source_of(line);
    escapes += source.find("arm(\"") != std::string::npos || source.find("condition({") != std::string::npos;
    const std::string found = difference(line, catalog);
    if (!found.empty() && ++different <= 5) FAIL_CHECK("definition " << definitions << "\n" << found);
  }
  CHECK(different == 0);
  CHECK(definitions > 2000);
  std::cout << definitions << " definitions to source and back, " << different << " different; " << escapes
            << " keep something in an escape\n";
}

/// The definition as it is emitted, or why there is none.
std::string emitted(const std::string& json, const Catalog& catalog, std::string& problem) {
  SourceMap sources;
  Diagnostics diagnostics;
  ir::PolicySet set;
  azure::import_policies(sources, sources.add("definition.json", json), catalog, {}, set, diagnostics);
  if (set.policies.empty()) return {};
  const auto definition = azure::emit_definition(*set.graph, set.policies[0], {}, nullptr);
  if (!definition.ok()) {
    problem = definition.error().message;
    return {};
  }
  return azure::to_canonical_text(*definition);
}

TEST_CASE("published definitions survive being emitted and read again") {
  const auto aliases = read_published("aliases.json");
  const auto builtins = read_published("builtins.ndjson");
  if (!aliases || !builtins) return;
  Catalog catalog;
  REQUIRE(catalog.add_provider_export(*aliases, "aliases.json").ok());
  const std::vector<std::string> lines = lines_of(*builtins);
  std::size_t definitions = 0;
  std::size_t different = 0;
  for (const std::string& line : lines) {
    ++definitions;
    std::string problem;
    const std::string again = emitted(line, catalog, problem);
    const Meaning before = meaning_of_json(line, catalog);
    const Meaning after = meaning_of_json(again, catalog);
    CHECK(before.problems.empty());
    if (problem.empty() && after.problems.empty() && before.dump == after.dump) continue;
    if (++different > 5) continue;
    std::istringstream a(before.dump);
    std::istringstream b(after.dump);
    for (std::string left, right; std::getline(a, left) && std::getline(b, right);)
      if (left != right) {
        problem += "before: " + left + "\nafter:  " + right;
        break;
      }
    FAIL_CHECK("definition " << definitions << "\n" << problem << "\n" << after.problems << again);
  }
  CHECK(different == 0);
  std::cout << definitions << " definitions emitted and read again, " << different << " different\n";
}

/// What an initiative says, as text.
std::string initiatives_of(const ir::PolicySet& set) {
  std::string out;
  for (const ir::Initiative& one : set.initiatives) {
    out += one.id + "|" + one.name + "|" + one.title + "|" + one.description + "|" + one.category + "|" +
           one.version + "|" + one.policy_type + "|" + one.metadata_json + "\n";
    for (const ir::PolicyParameter& parameter : one.parameters) {
      out += "param " + parameter.name + "|" + parameter.display_name + "|" + parameter.description + "|" +
             parameter.strong_type + "|" + parameter.metadata_json + "|" +
             std::to_string(static_cast<int>(parameter.type)) + "|";
      if (parameter.default_value) out += ir::dump(*set.graph, *parameter.default_value);
      for (ir::NodeId allowed : parameter.allowed)
        out += "|" + ir::dump(*set.graph, allowed);
      out += "\n";
    }
    for (const ir::InitiativeGroup& group : one.groups)
      out += "group " + group.name + "|" + group.category + "|" + group.display_name + "|" +
             group.description + "|" + group.additional_metadata_id + "\n";
    for (const ir::InitiativeMember& member : one.members) {
      out += "member " + member.reference + "|" + member.definition_id + "|" + member.version;
      for (const std::string& group : member.groups)
        out += "|" + group;
      for (const ir::Argument& argument : member.arguments)
        out += "|" + argument.name + "=" + ir::dump(*set.graph, argument.value);
      out += "\n";
    }
  }
  return out;
}

/// The text without blanks, in lower case, when it is a template expression.
std::string comparable_text(const std::string& text) {
  if (!text.starts_with('[') || text.starts_with("[[")) return text;
  std::string out;
  for (const char c : text)
    if (c != ' ') out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// A document without what docs/emission.md lists: everything else must be as it was.
nlohmann::json comparable_json(const nlohmann::json& node, const std::string& key) {
  nlohmann::json out = node;
  if (node.is_string())
    return key == "type" ? comparable_text("[" + node.get<std::string>()) : comparable_text(node);
  if (node.is_array())
    for (nlohmann::json& element : out)
      element = comparable_json(element, key);
  if (!node.is_object()) return out;
  out = nlohmann::json::object();
  for (const auto& [name, value] : node.items()) {
    // What the service adds to a listing is no part of the body.
    if (name == "versions" || name == "id" || name == "schema" || value.is_null()) continue;
    if (name == "Version" || (name == "version" && key == "properties")) continue; // the metadata say it
    if (value.is_object() && value.empty()) continue;
    if ((name == "allowedValues" || name == "groupNames") && value.empty()) continue;
    if (name == "defaultValue" || name == "metadata" || name == "allowedValues")
      out[name] = value;
    else
      out[name] = comparable_json(value, name);
  }
  return out;
}

TEST_CASE("published initiatives survive being emitted and read again") {
  const auto sets = read_published("builtin-sets.ndjson");
  if (!sets) return;
  const Catalog catalog;
  const std::vector<std::string> lines = lines_of(*sets);
  std::size_t initiatives = 0;
  for (const std::string& line : lines) {
    SourceMap sources;
    Diagnostics diagnostics;
    ir::PolicySet before;
    azure::import_policies(sources, sources.add("definition.json", line), catalog, {}, before, diagnostics);
    REQUIRE(before.initiatives.size() == 1);
    const nlohmann::ordered_json emitted = azure::emit_initiative(
        before, before.initiatives[0], [](const ir::InitiativeMember&) { return false; },
        [](const std::string& name) { return "own/" + name; });
    ir::PolicySet after;
    azure::import_policies(sources, sources.add("emitted.json", azure::to_canonical_text(emitted)), catalog,
                           {}, after, diagnostics);
    INFO(problems_of(diagnostics, sources) << before.initiatives[0].name);
    REQUIRE(after.initiatives.size() == 1);
    before.initiatives[0].id.clear(); // the scope of the deployment decides
    CHECK(initiatives_of(after) == initiatives_of(before));
    nlohmann::json original = nlohmann::json::parse(line);
    original = original.contains("definition") ? original["definition"] : original;
    CHECK(comparable_json(nlohmann::json::parse(emitted.dump()), "") == comparable_json(original, ""));
    ++initiatives;
  }
  CHECK(initiatives > 100);
  std::cout << initiatives << " initiatives emitted and read again\n";
}

TEST_CASE("published initiatives survive the way to source and back") {
  const auto sets = read_published("builtin-sets.ndjson");
  if (!sets) return;
  const Catalog catalog;
  const std::vector<std::string> lines = lines_of(*sets);
  std::size_t initiatives = 0;
  for (const std::string& line : lines) {
    SourceMap sources;
    Diagnostics diagnostics;
    ir::PolicySet before;
    // A document without a name is called as its file: a name of the same text keeps them comparable.
    azure::import_policies(sources, sources.add("definition.json", line), catalog, {}, before, diagnostics);
    const std::string source = source_of(line);
    ir::PolicySet after;
    const syntax::Module module = syntax::parse_source(sources, sources.add("set.writ", source), diagnostics);
    azure::import_definition_blocks(sources, module, catalog, {}, after, diagnostics);
    INFO(problems_of(diagnostics, sources) << source.substr(0, 2000));
    REQUIRE(before.initiatives.size() == 1);
    REQUIRE(after.initiatives.size() == 1);
    before.initiatives[0].name = after.initiatives[0].name;
    CHECK(initiatives_of(after) == initiatives_of(before));
    ++initiatives;
  }
  CHECK(initiatives > 100);
  std::cout << initiatives << " initiatives to source and back\n";
}

} // namespace
