// SPDX-License-Identifier: MIT
// The standard library beside Microsoft's built-in definitions: builtin_relations.yaml says for each pair of
// docs/coverage.md how the two relate and why, with resources that show it. WRIT_UPDATE=1 renews relations
// and resources of the data file, keeps what people wrote, and writes docs/builtin-relations.md.
#include "prove/harness.h"
#include "writ/bytecode/program.h"
#include "writ/text.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <regex>
#include <set>
#include <sstream>
#include <yaml-cpp/yaml.h>

namespace writ::test {
namespace {

constexpr const char* kData = WRIT_SOURCE_DIR "/tests/prove/builtin_relations.yaml";
constexpr const char* kPage = WRIT_SOURCE_DIR "/docs/builtin-relations.md";

struct Entry {
  std::string control;
  std::string builtin;
  std::string relation;
  std::string why;
  std::string trap;         ///< what to know before assigning the built-in
  std::string only_control; ///< a resource that the control alone reports
  std::string only_builtin;
  std::string parameters; ///< JSON object: what both are run with
};

std::string text_of(const YAML::Node& node) { return node ? node.as<std::string>() : std::string(); }

std::vector<Entry> read_entries() {
  std::vector<Entry> out;
  if (!std::ifstream(kData)) return out;
  for (const YAML::Node& node : YAML::LoadFile(kData))
    out.push_back({text_of(node["control"]), text_of(node["builtin"]), text_of(node["relation"]),
                   text_of(node["why"]), text_of(node["trap"]), text_of(node["only_control"]),
                   text_of(node["only_builtin"]), text_of(node["parameters"])});
  return out;
}

std::string read_text(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// (control, GUID) of every row that names a counterpart.
std::vector<std::pair<std::string, std::string>> counterparts() {
  std::vector<std::pair<std::string, std::string>> out;
  std::istringstream page(read_text(WRIT_SOURCE_DIR "/docs/coverage.md"));
  const std::regex control(R"(\| [A-Z0-9-]+s? \| \[([A-Z]+-[A-Z]+-\d+)\])");
  const std::regex guid(R"(`([0-9a-f]{8}-[0-9a-f-]{27})`)");
  for (std::string line; std::getline(page, line);) {
    std::smatch found;
    if (!std::regex_search(line, found, control)) continue;
    for (std::sregex_iterator it(line.begin(), line.end(), guid), end; it != end; ++it) {
      const std::pair<std::string, std::string> pair{found[1], (*it)[1]};
      if (std::find(out.begin(), out.end(), pair) == out.end()) out.push_back(pair);
    }
  }
  return out;
}

struct Loaded {
  Compilation compilation;
  std::set<std::string> builtins; ///< that are among the published ones, lower case
};

std::optional<Loaded> load() {
  const std::string shared(WRIT_SHARED_DIR);
  std::ifstream published(shared + "/azure/builtins.ndjson");
  std::ifstream research(shared + "/research/ai-builtins.json");
  if (!published || !research) {
    std::cout << "skipped: ../shared/azure/builtins.ndjson is not there\n";
    return std::nullopt;
  }
  std::set<std::string> meant;
  const json documents_meant = json::parse(research);
  for (const json& one : documents_meant["definitions"])
    meant.insert(lower_ascii(one["id"].get<std::string>()));
  std::set<std::string> wanted;
  for (const auto& [control, guid] : counterparts())
    if (meant.contains(guid)) wanted.insert(guid);
  Loaded out{Compilation::compile(MemoryFiles(), {}), {}};
  json documents = json::array();
  for (std::string line; std::getline(published, line);) {
    const json definition = json::parse(line)["definition"];
    const std::string name = lower_ascii(definition["name"].get<std::string>());
    if (!wanted.contains(name)) continue;
    documents.push_back(definition);
    out.builtins.insert(name);
  }
  MemoryFiles files;
  files.contents["aliases.json"] = read_text(shared + "/azure/ai-aliases.json");
  files.contents["builtins.json"] = documents.dump();
  CompileRequest request;
  request.sources = {"std", "builtins.json"};
  request.alias_files = {"aliases.json"};
  request.unknown_alias = UnknownAlias::Skip;
  out.compilation = Compilation::compile(files, request);
  for (const Diagnostic& problem : out.compilation.diagnostics().all())
    if (problem.severity == Severity::Error) FAIL(problem.message);
  return out;
}

/// What the VM says of the first of the resources (one a line).
std::string verdict(Compilation& compilation, const std::string& id, const std::string& resources,
                    const std::string& parameters) {
  Result<Bundle> bundle = Bundle::from_program(compilation.control_program(id), "relation");
  REQUIRE(bundle.ok());
  if (!parameters.empty())
    for (const auto& [name, value] : json::parse(parameters).items())
      (void)bundle->set_parameter(id, name, value.dump());
  EngineOptions options;
  options.now = "2026-01-01T00:00:00Z";
  options.evidence = false;
  options.assume_complete = true;
  options.all_not_applicable = true;
  std::string out;
  Input input = Input::of_text("witness", resources);
  input.format = InputFormat::Lines;
  (void)Engine({*bundle}, options).run({input}, [&](const Finding& finding) {
    if (finding.resource->line == 1) out = to_text(finding.verdict);
  });
  return out;
}

std::string lines_of(const Witness& witness) {
  std::string out = witness.resource_json;
  for (const std::string& other : witness.beside_json)
    out += "\n" + other;
  return out;
}

Entry computed(const Loaded& loaded, const std::string& control, const std::string& builtin) {
  ProofOptions options;
  options.timeout_ms = 20000;
  const RelationResult result = relate(loaded.compilation, control, loaded.compilation, builtin, options);
  Entry out;
  out.control = control;
  out.builtin = builtin;
  out.relation = to_text(result.relation);
  out.only_control = lines_of(result.only_left);
  out.only_builtin = lines_of(result.only_right);
  for (const Witness* witness : {&result.only_left, &result.only_right})
    if (!witness->parameters.empty()) {
      json parameters;
      for (const auto& [name, text] : witness->parameters)
        parameters[name] = json::parse(text);
      out.parameters = parameters.dump();
    }
  if (result.relation == Relation::Undecided)
    for (const std::string& reason : result.undecided_because)
      out.why += (out.why.empty() ? "" : "; ") + reason;
  return out;
}

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (char c : text) {
    out += c;
    if (c == '\'') out += c;
  }
  return out + "'";
}

void write_entries(const std::vector<Entry>& entries) {
  std::ofstream out(kData);
  out << "# How controls relate to built-in definitions, at the defaults of their parameters, and why. The "
         "control\n"
         "# is equal to, stricter than, weaker than the built-in, or neither (incomparable). Resources: the "
         "first\n"
         "# line is the resource, the others stand beside it.\n";
  for (const Entry& entry : entries) {
    out << "- control: " << entry.control << "\n  builtin: " << entry.builtin
        << "\n  relation: " << entry.relation << "\n";
    const auto field = [&](const char* name, const std::string& text) {
      if (text.empty()) return;
      if (text.find('\n') == std::string::npos) {
        out << "  " << name << ": " << quoted(text) << "\n";
        return;
      }
      std::istringstream lines(text);
      out << "  " << name << ": |-\n";
      for (std::string line; std::getline(lines, line);)
        out << "    " << line << "\n";
    };
    field("why", entry.why);
    field("trap", entry.trap);
    field("only_control", entry.only_control);
    field("only_builtin", entry.only_builtin);
    field("parameters", entry.parameters);
  }
}

std::string page(const std::vector<Entry>& entries) {
  std::string out = "# The library beside Azure's built-in definitions\n\n"
                    "For every built-in definition that [coverage.md](coverage.md) names as a counterpart "
                    "and whose published text\n"
                    "was at hand, this page says how a control relates to it, at the default values of all "
                    "parameters and with\n"
                    "effects switched on. *Stricter* means that the control reports every resource that the "
                    "built-in reports, and\n"
                    "more. The relations and resources were found by `relate` (`writ/prove.h`, "
                    "[proof.md](proof.md)); the page is\n"
                    "made from `tests/prove/builtin_relations.yaml`. `prove_test \"[.relate]\"` finds the "
                    "relations again and runs\n"
                    "the resources on the VM.\n\n";
  std::map<std::string, std::size_t> counts;
  for (const Entry& entry : entries)
    ++counts[entry.relation];
  for (const auto& [relation, count] : counts)
    out += "- " + relation + ": " + std::to_string(count) + "\n";
  out += "\n| control | built-in | the control is | why |\n| --- | --- | --- | --- |\n";
  for (const Entry& entry : entries)
    out += "| [" + entry.control + "](controls/" + lower_ascii(entry.control) + ".md) | `" + entry.builtin +
           "` | " + entry.relation + " | " + entry.why + " |\n";
  out += "\n## Before you assign the built-in\n\n";
  for (const Entry& entry : entries)
    if (!entry.trap.empty()) out += "- `" + entry.builtin + "` (" + entry.control + "): " + entry.trap + "\n";
  out += "\n## Resources that tell them apart\n\nOne resource a line; what stands below it belongs to the "
         "same snapshot.\n";
  for (const Entry& entry : entries) {
    const auto show = [&](const char* what, const std::string& resources) {
      if (resources.empty()) return;
      out += "\n" + std::string(what) + " of " + entry.control + " and `" + entry.builtin + "`" +
             (entry.parameters.empty() ? std::string() : ", with `" + entry.parameters + "`") +
             ":\n\n```json\n" + resources + "\n```\n";
    };
    show("Reported by the control alone,", entry.only_control);
    show("Reported by the built-in alone,", entry.only_builtin);
  }
  return out;
}

bool updating() { return std::getenv("WRIT_UPDATE") != nullptr; }

TEST_CASE("controls relate to built-in definitions as the data file says", "[.relate]") {
  std::optional<Loaded> loaded = load();
  if (!loaded) return;
  std::vector<Entry> entries = read_entries();
  std::vector<Entry> renewed;
  std::size_t kept_back = 0;
  for (const auto& [control, builtin] : counterparts()) {
    if (!loaded->builtins.contains(builtin)) {
      ++kept_back;
      continue;
    }
    const auto known = std::find_if(entries.begin(), entries.end(), [&](const Entry& one) {
      return one.control == control && one.builtin == builtin;
    });
    const Entry now = computed(*loaded, control, builtin);
    INFO(control << " and " << builtin << ": " << now.relation << " " << now.why);
    if (updating()) {
      Entry entry = now;
      if (known != entries.end()) {
        if (!known->why.empty()) entry.why = known->why;
        entry.trap = known->trap;
      }
      renewed.push_back(entry);
      continue;
    }
    REQUIRE(known != entries.end());
    CHECK(now.relation == known->relation);
    CHECK_FALSE(known->why.empty());
    // The resources of the file are run, whatever the solver would find today.
    const auto check = [&](const std::string& resources, const std::string& reporter,
                           const std::string& other) {
      if (resources.empty()) return;
      INFO(resources);
      CHECK(verdict(loaded->compilation, reporter, resources, known->parameters) == "noncompliant");
      CHECK(verdict(loaded->compilation, other, resources, known->parameters) != "noncompliant");
    };
    check(known->only_control, control, builtin);
    check(known->only_builtin, builtin, control);
    const bool needs_control = known->relation == "stricter" || known->relation == "incomparable";
    const bool needs_builtin = known->relation == "weaker" || known->relation == "incomparable";
    CHECK(needs_control == !known->only_control.empty());
    CHECK(needs_builtin == !known->only_builtin.empty());
  }
  std::cout << "built-ins not among the published ones: " << kept_back << "\n";
  if (updating()) write_entries(renewed);
}

TEST_CASE("the page of relations is what the data file says", "[relations]") {
  const std::string wanted = page(read_entries());
  if (updating()) std::ofstream(kPage) << wanted;
  CHECK(read_text(kPage) == wanted);
}

} // namespace
} // namespace writ::test
