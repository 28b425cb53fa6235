// SPDX-License-Identifier: MIT
// The verdicts that flip are the difference of two runs, each of one side alone.
#include "writ/driver/diff.h"
#include "writ/files.h"
#include "writ/text.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

namespace writ::driver {
namespace {

const std::string kSnapshot = WRIT_SOURCE_DIR "/samples/halden/snapshot.ndjson";
constexpr const char* kNow = "2026-01-01T00:00:00Z";

struct Edit {
  const char* control;
  const char* file; ///< below stdlib/std
  const char* from;
  const char* to;
};

/// Text of one control, up to the next item that begins a line.
std::string edited(std::string text, const Edit& edit) {
  const std::size_t control = text.find(std::string("  id        \"") + edit.control + "\"");
  REQUIRE(control != std::string::npos);
  const std::size_t at = text.find(edit.from, control);
  INFO(edit.control << ": " << edit.from);
  REQUIRE(at != std::string::npos);
  REQUIRE(at < text.find("\n}\n", control));
  return text.replace(at, std::string_view(edit.from).size(), edit.to);
}

LoadedPolicies loaded(const Files& files, const SourceRequest& request) {
  LoadedPolicies out = load_policies(files, request);
  for (const Diagnostic& diagnostic : out.compilation->diagnostics().all())
    UNSCOPED_INFO(diagnostic.message);
  REQUIRE(out.ok());
  return out;
}

/// A side of the comparison: the texts of the library below a folder, some of them edited.
LoadedPolicies library(const std::vector<Edit>& edits = {}) {
  const DiskFiles disk;
  const std::string root = WRIT_SOURCE_DIR "/stdlib/std";
  MemoryFiles files;
  const Result<std::vector<std::string>> paths = disk.list(root);
  REQUIRE(paths.ok());
  for (const std::string& path : *paths) {
    if (!path.ends_with(".writ") || path.find("/initiatives/") != std::string::npos) continue;
    std::string text = *disk.read(path);
    for (const Edit& edit : edits)
      if (path == root + "/" + edit.file) text = edited(std::move(text), edit);
    (void)files.write("policies/" + path.substr(root.size() + 1), text);
  }
  SourceRequest request;
  request.policies = {"policies"};
  return loaded(files, request);
}

LoadedPolicies policies(const std::vector<std::string>& documents) {
  MemoryFiles files;
  SourceRequest request;
  for (const std::string& text : documents) {
    request.policies.push_back("p" + std::to_string(request.policies.size()) + ".json");
    (void)files.write(request.policies.back(), text);
  }
  return loaded(files, request);
}

/// What a run says of a control (with what it is part of) and a row of the input.
using Row = std::tuple<std::string, std::uint64_t, std::uint64_t>; ///< file, line, byte
using Verdicts = std::map<std::string, std::map<Row, Verdict>>;

std::string key_of(const ControlRef& control) {
  return lower_ascii(control.id) + "|" + std::string(control.initiative) + "|" +
         std::string(control.assignment);
}

/// One side alone, with a verdict of every control about every row.
struct Side {
  Verdicts verdicts;
  std::set<std::string> controls;
  std::map<std::string, std::string> ids; ///< control key -> id as written
  std::map<Row, std::string> rows;
  std::uint64_t resources = 0;
};

Side run(const LoadedPolicies& policies, const std::vector<Input>& inputs, const DiffOptions& options) {
  EngineOptions engine_options;
  engine_options.now = options.now;
  engine_options.evidence = false;
  engine_options.assume_complete = options.assume_complete;
  engine_options.plain = true;
  Side out;
  for (const Bundle& bundle : policies.bundles)
    for (std::size_t i = 0; i < bundle.control_count(); ++i) {
      const ControlRef& control = bundle.control(i);
      if (!options.controls.empty() &&
          std::none_of(options.controls.begin(), options.controls.end(),
                       [&](const std::string& glob) { return glob_matches(control.id, glob); }))
        continue;
      out.controls.insert(key_of(control));
      out.ids[key_of(control)] = std::string(control.id);
    }
  const Engine engine(policies.bundles, engine_options);
  const RunReport report = engine.run(inputs, [&](const Finding& finding) {
    const Row row{finding.resource->file, finding.resource->line, finding.resource->byte_begin};
    out.rows[row] = finding.resource->id;
    const auto [place, first] = out.verdicts[key_of(*finding.control)].try_emplace(row, finding.verdict);
    CHECK((first || place->second == finding.verdict));
  });
  out.resources = report.resources;
  return out;
}

/// "control row resource before -> after".
using Lines = std::vector<std::string>;

std::string line(const std::string& control, const Row& row, const std::string& resource, Verdict before,
                 Verdict after) {
  std::ostringstream out;
  out << control << " " << std::get<0>(row) << ":" << std::get<1>(row) << " " << resource << " "
      << to_text(before) << " -> " << to_text(after);
  return out.str();
}

Verdict verdict_of(const Side& side, const std::string& key, const Row& row) {
  const auto control = side.verdicts.find(key);
  if (control == side.verdicts.end()) return Verdict::NotApplicable;
  const auto found = control->second.find(row);
  return found == control->second.end() ? Verdict::NotApplicable : found->second;
}

Lines difference(const Side& before, const Side& after) {
  std::map<Row, std::string> rows = before.rows;
  rows.insert(after.rows.begin(), after.rows.end());
  Lines out;
  for (const std::string& key : before.controls)
    if (after.controls.contains(key))
      for (const auto& [row, resource] : rows) {
        const Verdict old_verdict = verdict_of(before, key, row);
        const Verdict new_verdict = verdict_of(after, key, row);
        if (old_verdict != new_verdict)
          out.push_back(line(before.ids.at(key), row, resource, old_verdict, new_verdict));
      }
  std::sort(out.begin(), out.end());
  return out;
}

/// Compares what is listed with the difference of two runs; gives the number of flips by control.
std::map<std::string, std::size_t> check_flips(const LoadedPolicies& before, const LoadedPolicies& after,
                                               const std::vector<Input>& inputs, const DiffOptions& options) {
  Lines listed;
  std::map<std::string, std::size_t> by_control;
  std::vector<std::uint64_t> order;
  const SnapshotDiff diff = compare_verdicts(before, after, inputs, options, [&](const Flip& flip) {
    listed.push_back(line(flip.control, {flip.file, flip.line, 0}, flip.resource, flip.before, flip.after));
    order.push_back(flip.line);
    ++by_control[flip.control];
  });
  const Side old_side = run(before, inputs, options);
  const Side new_side = run(after, inputs, options);
  std::sort(listed.begin(), listed.end());
  CHECK(listed == difference(old_side, new_side));
  CHECK(diff.flips == listed.size());
  CHECK(diff.resources == old_side.resources);
  CHECK(diff.resources == new_side.resources);
  if (inputs.size() == 1) CHECK(std::is_sorted(order.begin(), order.end()));
  return by_control;
}

DiffOptions options() {
  DiffOptions out;
  out.now = kNow;
  return out;
}

/// Every kind of change: what a rule asks, whom it asks, what it asks of others, and what it does.
const std::vector<Edit>& edits() {
  static const std::vector<Edit> list = {
      // tighter, looser, the same in other words
      {"AIS-ID-001", "ai_services/identity.writ", "account.disableLocalAuth == true",
       "account.disableLocalAuth == true and account.publicNetworkAccess == \"Disabled\""},
      {"AIS-NET-001", "ai_services/network.writ", "account.publicNetworkAccess == \"Disabled\"",
       "account.publicNetworkAccess exists"},
      {"AIS-NET-004", "ai_services/network.writ", "account.restrictOutboundNetworkAccess == true",
       "not (account.restrictOutboundNetworkAccess != true)"},
      // other resources are looked at
      {"AIS-NET-003", "ai_services/network.writ", "where account.publicNetworkAccess == \"Disabled\"",
       "where account.publicNetworkAccess != \"Disabled\""},
      {"AIS-CF-005", "ai_services/guardrails.writ", "count(policy.customBlocklists) >= 1",
       "count(policy.customBlocklists) >= 2"},
      // switched off
      {"AIS-NET-002", "ai_services/network.writ", "Effect = Audit in", "Effect = Disabled in"},
      // removed on one side, added on the other
      {"AIS-ID-002", "ai_services/identity.writ", "AIS-ID-002", "AIS-ID-902"},
      // related: a child, an extension, of the subscription, of the resource group
      {"AIS-NET-005", "ai_services/network.writ", "== \"Approved\"", "== \"Pending\""},
      {"AUD-LOG-001", "audit/diagnostics.writ", "any log in setting.logs: log.enabled == true",
       "any log in setting.logs: log.enabled == false"},
      {"DFC-PLAN-003", "defender/plans.writ", "named \"AI\"", "named \"Other\""},
      {"AIS-CF-008", "ai_services/guardrails.writ", "filter.blocking == true", "filter.blocking == false"},
      // joins, and the clock
      {"RED-RUN-004", "red_team/runs.writ", "days: Int = 30", "days: Int = 1"},
      // what is decided at once on one side waits for other resources on the other, and the reverse
      {"AIS-ID-003", "ai_services/identity.writ", "Effect = Audit in [Audit, Deny, Disabled]",
       "Effect = AuditIfNotExists in [AuditIfNotExists, Disabled]"},
      {"AIS-ID-003", "ai_services/identity.writ",
       "account.customSubDomainName exists and account.customSubDomainName != \"\"",
       "some Microsoft.Insights/diagnosticSettings of account as setting where setting.name != \"x\""},
      {"RED-RUN-003", "red_team/runs.writ", "run.simulationOnly == false",
       "no Microsoft.CognitiveServices/accounts/deployments as one where one.name == "
       "run.target.modelDeploymentName"},
      {"AGT-REG-002", "entra/protection.writ",
       "some Microsoft.Graph/agentIdentities as identity where identity.id == instance.agentIdentityId",
       "instance.agentIdentityId == \"other\""},
  };
  return list;
}

TEST_CASE("the flips of every edit are the difference of two runs", "[flips]") {
  const LoadedPolicies before = library();
  const LoadedPolicies after = library(edits());
  const auto flips = check_flips(before, after, {Input::path(kSnapshot)}, options());
  for (const Edit& edit : edits()) {
    INFO(edit.control);
    const std::string id = edit.control;
    const bool silent = id == "AIS-NET-004" || id == "AIS-ID-002"; // the same meaning; on one side only
    CHECK(flips.contains(id) != silent);
  }
  for (const auto& [control, count] : flips) {
    INFO(control << " was not edited, " << count << " flips");
    CHECK(std::any_of(edits().begin(), edits().end(),
                      [&](const Edit& edit) { return control == edit.control; }));
  }
  // The other way round every flip is turned round.
  CHECK(check_flips(after, before, {Input::path(kSnapshot)}, options()) == flips);
}

TEST_CASE("the flips of a choice of controls, of a snapshot taken for complete, and of several inputs",
          "[flips]") {
  const LoadedPolicies before = library();
  const LoadedPolicies after = library(edits());
  DiffOptions chosen = options();
  chosen.controls = {"ais-net-*", "DFC-*"};
  const auto of_some = check_flips(before, after, {Input::path(kSnapshot)}, chosen);
  CHECK_FALSE(of_some.empty());
  CHECK(std::all_of(of_some.begin(), of_some.end(), [](const auto& one) {
    return one.first.starts_with("AIS-NET-") || one.first.starts_with("DFC-");
  }));

  DiffOptions complete = options();
  complete.assume_complete = true;
  CHECK_FALSE(check_flips(before, after, {Input::path(kSnapshot)}, complete).empty());

  // Accounts in one input, what is related to them in another, one row of each alone.
  const std::string text = *DiskFiles().read(kSnapshot);
  std::vector<std::string> parts(3);
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    parts[number < 3 ? number : 2 - number % 2] += text.substr(begin, end - begin) + "\n";
    begin = end + 1;
    ++number;
  }
  std::vector<Input> inputs;
  for (std::size_t i = 0; i < parts.size(); ++i)
    inputs.push_back(Input::of_text("part" + std::to_string(i), parts[i]));
  CHECK_FALSE(check_flips(before, after, inputs, options()).empty());
}

TEST_CASE("nothing flips between a side and itself", "[flips]") {
  const LoadedPolicies before = library();
  CHECK(check_flips(before, library(), {Input::path(kSnapshot)}, options()).empty());
  CHECK(check_flips(before, before, {Input::path(kSnapshot)}, options()).empty());
}

// --- Definitions, assignments, exemptions ------------------------------------------------------------------

std::string definition(const std::string& name, const std::string& condition, const std::string& then) {
  return R"({"id": "/providers/Microsoft.Authorization/policyDefinitions/)" + name + R"(", "name": ")" +
         name +
         R"(", "properties": {"mode": "All", "parameters": {"effect": {"type": "String", "defaultValue": "audit"}},
            "policyRule": {"if": )" +
         condition + R"(, "then": )" + then + "}}}";
}

std::string assignment(const std::string& name, const std::string& definition, const std::string& more = {}) {
  return R"({"id": "/subscriptions/s/providers/Microsoft.Authorization/policyAssignments/)" + name +
         R"(", "name": ")" + name +
         R"(", "properties": {"scope": "/subscriptions/s", "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/)" +
         definition + "\"" + more + "}}";
}

const std::string kRows =
    R"({"id": "/subscriptions/s/resourceGroups/g/providers/T.X/t/a", "name": "a", "type": "T.X/t", "location": "westeurope", "tags": {"env": "x"}})"
    "\n"
    R"({"id": "/subscriptions/s/resourceGroups/h/providers/T.X/t/b", "name": "b", "type": "T.X/t", "location": "eastus", "tags": {"env": "z"}})"
    "\n"
    R"({"id": "/subscriptions/s2/resourceGroups/g/providers/T.X/t/c", "name": "c", "type": "T.X/t", "location": "eastus"})"
    "\n"
    R"({"id": "/subscriptions/s/resourceGroups/g/providers/T.X/u/d", "name": "d", "type": "T.X/u", "location": "eastus"})"
    "\n"
    R"({"name": "e", "type": "T.X/t"})"
    "\n";

const std::string kRule = R"({"field": "type", "equals": "T.X/t"})";
const std::string kEffect = R"({"effect": "[parameters('effect')]"})";

std::string modify(const std::string& value) {
  return R"({"effect": "modify", "details": {"roleDefinitionIds": ["/providers/microsoft.authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c"], "operations": [{"operation": "addOrReplace", "field": "tags['env']", "value": ")" +
         value + "\"}]}}";
}

TEST_CASE("the flips of assigned definitions are the difference of two runs", "[flips]") {
  const std::string own = definition("own", kRule, kEffect);
  const std::string overrides =
      R"(, "overrides": [{"kind": "policyEffect", "value": "disabled", "selectors": [{"kind": "resourceLocation", "in": ["westeurope"]}]}])";
  const std::string exemption =
      R"({"id": "/subscriptions/s/resourceGroups/h/providers/Microsoft.Authorization/policyExemptions/x", "name": "x", "properties": {"policyAssignmentId": "/subscriptions/s/providers/Microsoft.Authorization/policyAssignments/p", "exemptionCategory": "Waiver"}})";
  const std::vector<std::vector<std::string>> versions = {
      {own},
      {definition("own", R"({"field": "location", "equals": "eastus"})", kEffect)},
      {own, assignment("p", "own")},
      {own, assignment("p", "own", R"(, "notScopes": ["/subscriptions/s/resourceGroups/g"])")},
      {own, assignment("p", "own", overrides)},
      {own, assignment("p", "own", R"(, "parameters": {"effect": {"value": "disabled"}})")},
      {own, assignment("p", "own"), exemption},
      {own, definition("own", R"({"field": "location", "equals": "eastus"})", kEffect)},
      {own, assignment("p", "own"), assignment("q", "own", overrides)},
      {definition("own", kRule, modify("x")), definition("other", kRule, modify("x")), assignment("p", "own"),
       assignment("q", "other")},
      {definition("own", kRule, modify("y")), definition("other", kRule, modify("y")), assignment("p", "own"),
       assignment("q", "other")},
      {definition("own", kRule, modify("x")), definition("other", kRule, modify("y")), assignment("p", "own"),
       assignment("q", "other")},
  };
  std::vector<LoadedPolicies> sides;
  for (const std::vector<std::string>& documents : versions)
    sides.push_back(policies(documents));
  std::size_t flips = 0;
  for (std::size_t i = 0; i < sides.size(); ++i)
    for (std::size_t j = 0; j < sides.size(); ++j) {
      INFO("from version " << i << " to version " << j);
      for (const auto& [control, count] :
           check_flips(sides[i], sides[j], {Input::of_text("rows", kRows)}, options()))
        flips += count;
    }
  CHECK(flips > 50);
}

TEST_CASE("rows that look alike are told apart", "[flips]") {
  const LoadedPolicies before = policies({definition("own", kRule, kEffect)});
  const LoadedPolicies after =
      policies({definition("own", R"({"field": "location", "equals": "eastus"})", kEffect)});
  // The same line in two inputs, the same id twice, and several resources in a line.
  const std::string row = kRows.substr(0, kRows.find('\n') + 1);
  const std::string array = "[" + row.substr(0, row.size() - 1) + ", " + row.substr(0, row.size() - 1) + "]";
  const auto flips = check_flips(before, after,
                                 {Input::of_text("one", row), Input::of_text("two", row),
                                  Input::of_text("three", row + row), Input::of_text("four", array)},
                                 options());
  CHECK(flips == std::map<std::string, std::size_t>{{"own", 6}});
}

} // namespace
} // namespace writ::driver
