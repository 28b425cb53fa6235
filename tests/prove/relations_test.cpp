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
#include <map>
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
  std::string given;      ///< JSON object: values of parameters that the relation is about, beside defaults
  std::string parameters; ///< JSON object: what else the resources are run with: effects that are on
};

std::string text_of(const YAML::Node& node) { return node ? node.as<std::string>() : std::string(); }

std::vector<Entry> read_entries() {
  std::vector<Entry> out;
  if (!std::ifstream(kData)) return out;
  for (const YAML::Node& node : YAML::LoadFile(kData))
    out.push_back({text_of(node["control"]), text_of(node["builtin"]), text_of(node["relation"]),
                   text_of(node["why"]), text_of(node["trap"]), text_of(node["only_control"]),
                   text_of(node["only_builtin"]), text_of(node["given"]), text_of(node["parameters"])});
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
  std::map<std::string, json> builtins; ///< that are among the published ones, by lower-case name
};

/// Pairs of docs/coverage.md, and those that the data file adds.
std::vector<std::pair<std::string, std::string>> pairs(const std::vector<Entry>& entries) {
  std::vector<std::pair<std::string, std::string>> out = counterparts();
  for (const Entry& entry : entries)
    if (std::find(out.begin(), out.end(), std::pair{entry.control, entry.builtin}) == out.end())
      out.emplace_back(entry.control, entry.builtin);
  return out;
}

/// Parameters without a default need a value before anything can be said: the first that is allowed.
std::string needed_values(const json& definition) {
  json out = json::object();
  const json parameters = definition["properties"].value("parameters", json::object());
  for (const auto& [name, declaration] : parameters.items()) {
    if (declaration.contains("defaultValue")) continue;
    const json allowed = declaration.value("allowedValues", json::array());
    const std::string type = lower_ascii(declaration.value("type", std::string("string")));
    if (type == "array")
      out[name] = allowed;
    else
      out[name] = !allowed.empty()    ? allowed[0]
                  : type == "boolean" ? json(true)
                                      : json("given-" + lower_ascii(name));
  }
  return out.empty() ? std::string() : out.dump();
}

std::optional<Loaded> load(const std::vector<Entry>& entries) {
  const std::string shared(WRIT_SHARED_DIR);
  std::ifstream published(shared + "/azure/builtins.ndjson");
  if (!published) {
    std::cout << "skipped: ../shared/azure/builtins.ndjson is not there\n";
    return std::nullopt;
  }
  std::set<std::string> wanted;
  for (const auto& [control, guid] : pairs(entries))
    wanted.insert(guid);
  Loaded out{Compilation::compile(MemoryFiles(), {}), {}};
  json documents = json::array();
  for (std::string line; std::getline(published, line);) {
    const json definition = json::parse(line)["definition"];
    const std::string name = lower_ascii(definition["name"].get<std::string>());
    if (!wanted.contains(name)) continue;
    documents.push_back(definition);
    out.builtins[name] = definition;
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

/// One policy on the VM.
class Machine {
public:
  /// `values`: JSON objects of parameters; those of the other side are left aside.
  Machine(Compilation& compilation, const std::string& id, const std::vector<std::string>& values)
      : engine_({bundle(compilation, id, values)}, options()) {}

  /// What it says of the first of the resources (one a line).
  std::string operator()(const std::string& resources) const {
    std::string out;
    Input input = Input::of_text("witness", resources);
    input.format = InputFormat::Lines;
    (void)engine_.run({input}, [&](const Finding& finding) {
      if (finding.resource->line == 1) out = to_text(finding.verdict);
    });
    return out;
  }

private:
  static Bundle bundle(Compilation& compilation, const std::string& id,
                       const std::vector<std::string>& values) {
    Result<Bundle> out = Bundle::from_program(compilation.control_program(id), "relation");
    REQUIRE(out.ok());
    for (const std::string& text : values) {
      if (text.empty()) continue;
      const json parameters = json::parse(text);
      for (const auto& [name, value] : parameters.items())
        (void)out->set_parameter(id, name, value.dump());
    }
    return std::move(*out);
  }

  static EngineOptions options() {
    EngineOptions out;
    out.now = "2026-01-01T00:00:00Z";
    out.evidence = false;
    out.assume_complete = true;
    out.all_not_applicable = true;
    return out;
  }

  Engine engine_;
};

bool is_silent(const std::string& verdict) { return verdict == "compliant" || verdict == "not-applicable"; }

std::string lines_of(const Witness& witness) {
  std::string out = witness.resource_json;
  for (const std::string& other : witness.beside_json)
    out += "\n" + other;
  return out;
}

constexpr std::size_t kSamples = 3000;

/// The first of the resources that one side reports and the other one does not; of the data file, of the
/// prover, of those around the constants of both.
std::string witness(const Machine& reporter, const Machine& other,
                    const std::vector<std::string>& candidates) {
  for (const std::string& resources : candidates)
    if (!resources.empty() && reporter(resources) == "noncompliant" && is_silent(other(resources)))
      return resources;
  return {};
}

/// What the prover finds; where it is undecided, resources of the data file may decide.
Entry computed(Loaded& loaded, const std::string& control, const std::string& builtin, const Entry* known) {
  ProofOptions options;
  options.timeout_ms = 20000;
  const std::string given =
      known != nullptr && !known->given.empty() ? known->given : needed_values(loaded.builtins.at(builtin));
  if (!given.empty()) {
    const json values = json::parse(given);
    for (const auto& [name, value] : values.items())
      options.values.emplace_back(name, value.dump());
  }
  const RelationResult result = relate(loaded.compilation, control, loaded.compilation, builtin, options);
  Entry out;
  out.control = control;
  out.builtin = builtin;
  out.given = given;
  for (const Witness* found : {&result.only_left, &result.only_right})
    if (!found->parameters.empty()) {
      json parameters;
      for (const auto& [name, text] : found->parameters)
        parameters[name] = json::parse(text);
      out.parameters = parameters.dump();
    }
  if (out.parameters.empty() && known != nullptr) out.parameters = known->parameters;
  const bool decided = result.relation != Relation::Undecided;
  const bool may_left =
      !decided || result.relation == Relation::Stricter || result.relation == Relation::Incomparable;
  const bool may_right =
      !decided || result.relation == Relation::Weaker || result.relation == Relation::Incomparable;
  // A claim counts when it is seen: what the prover found is run, and where it shows nothing, others are
  // tried.
  const std::vector<std::string> values{given, out.parameters};
  const Machine on_control(loaded.compilation, control, values);
  const Machine on_builtin(loaded.compilation, builtin, values);
  std::vector<std::string> left{lines_of(result.only_left)};
  std::vector<std::string> right{lines_of(result.only_right)};
  if (known != nullptr) {
    left.push_back(known->only_control);
    right.push_back(known->only_builtin);
  }
  if (may_left) out.only_control = witness(on_control, on_builtin, left);
  if (may_right) out.only_builtin = witness(on_builtin, on_control, right);
  const bool missing = (may_left && out.only_control.empty()) || (may_right && out.only_builtin.empty());
  if (missing) {
    std::vector<std::string> around;
    for (const Witness& one :
         boundary_resources(loaded.compilation, control, loaded.compilation, builtin, kSamples, 1))
      around.push_back(lines_of(one));
    if (may_left && out.only_control.empty()) out.only_control = witness(on_control, on_builtin, around);
    if (may_right && out.only_builtin.empty()) out.only_builtin = witness(on_builtin, on_control, around);
  }
  const bool more = !out.only_control.empty();
  const bool less = !out.only_builtin.empty();
  if (more && less)
    out.relation = to_text(Relation::Incomparable);
  else if (decided && may_left == more && may_right == less)
    out.relation = to_text(result.relation);
  else
    out.relation = to_text(Relation::Undecided);
  if (out.relation != to_text(Relation::Undecided)) return out;
  for (const std::string& reason : result.undecided_because)
    out.why += (out.why.empty() ? "" : "; ") + reason;
  if (decided) out.why = "what the prover found does not differ when it is evaluated";
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
    field("given", entry.given);
    field("parameters", entry.parameters);
  }
}

std::string page(const std::vector<Entry>& entries) {
  std::string out =
      "# The library beside Azure's built-in definitions\n\n"
      "For every built-in definition that [coverage.md](coverage.md) names as a counterpart "
      "and whose published text\n"
      "was at hand, this page says how a control relates to it, at the default values of all "
      "parameters and with\n"
      "effects switched on; parameters without a default have the value that stands beside. *Stricter* means "
      "that the control reports every resource that the "
      "built-in reports, and\n"
      "more. The relations and resources were found by `relate` (`writ/prove.h`, "
      "[proof.md](proof.md)); the page is\n"
      "made from `tests/prove/builtin_relations.yaml`. `prove_test \"[relate]\"` finds the "
      "relations again and runs\n"
      "the resources on the VM. Where the proof is undecided, two resources that show both sides decide: the "
      "two are incomparable.\n\n";
  std::map<std::string, std::size_t> counts;
  for (const Entry& entry : entries)
    ++counts[entry.relation];
  for (const auto& [relation, count] : counts)
    out += "- " + relation + ": " + std::to_string(count) + "\n";
  out += "\n| control | built-in | the control is | why |\n| --- | --- | --- | --- |\n";
  for (const Entry& entry : entries)
    out += "| [" + entry.control + "](controls/" + lower_ascii(entry.control) + ".md) | `" + entry.builtin +
           "`" + (entry.given.empty() ? std::string() : " with `" + entry.given + "`") + " | " +
           entry.relation + " | " + entry.why + " |\n";
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

TEST_CASE("controls relate to built-in definitions as the data file says", "[relate]") {
  const std::vector<Entry> entries = read_entries();
  std::optional<Loaded> loaded = load(entries);
  if (!loaded) return;
  std::vector<Entry> renewed;
  std::size_t kept_back = 0;
  for (const auto& pair : pairs(entries)) {
    const std::string& control = pair.first;
    const std::string& builtin = pair.second;
    if (!loaded->builtins.contains(builtin)) {
      ++kept_back;
      continue;
    }
    const auto known = std::find_if(entries.begin(), entries.end(), [&](const Entry& one) {
      return one.control == control && one.builtin == builtin;
    });
    const Entry now = computed(*loaded, control, builtin, known == entries.end() ? nullptr : &*known);
    INFO(control << " and " << builtin << ": " << now.relation << " " << now.why);
    if (updating()) {
      Entry entry = now;
      if (known != entries.end()) {
        if (!known->why.empty() && known->relation == now.relation) entry.why = known->why;
        entry.trap = known->trap;
        if (entry.why.empty()) entry.why = "REVIEW: " + known->why;
      }
      renewed.push_back(entry);
      continue;
    }
    REQUIRE(known != entries.end());
    CHECK(now.relation == known->relation);
    CHECK_FALSE(known->why.empty());
    CHECK_FALSE(known->why.starts_with("REVIEW")); // the relation changed: is the sentence still true?
    // The resources of the file are run, whatever the solver would find today.
    const std::vector<std::string> values{known->given, known->parameters};
    const Machine on_control(loaded->compilation, control, values);
    const Machine on_builtin(loaded->compilation, builtin, values);
    if (!known->only_control.empty()) {
      INFO(known->only_control);
      CHECK(on_control(known->only_control) == "noncompliant");
      CHECK(is_silent(on_builtin(known->only_control)));
    }
    if (!known->only_builtin.empty()) {
      INFO(known->only_builtin);
      CHECK(on_builtin(known->only_builtin) == "noncompliant");
      CHECK(is_silent(on_control(known->only_builtin)));
    }
    const bool needs_control = known->relation == "stricter" || known->relation == "incomparable";
    const bool needs_builtin = known->relation == "weaker" || known->relation == "incomparable";
    CHECK(known->given == now.given);
    if (known->relation == "undecided") {
      // No witness can be found: whatever the resource, neither side reports it.
      for (const Witness& one :
           boundary_resources(loaded->compilation, control, loaded->compilation, builtin, kSamples, 1)) {
        INFO(lines_of(one));
        CHECK(on_control(lines_of(one)) != "noncompliant");
        CHECK(on_builtin(lines_of(one)) != "noncompliant");
      }
      continue;
    }
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
