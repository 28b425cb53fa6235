// SPDX-License-Identifier: MIT
#include "verify/sides.h"

namespace writ::driver::verify {

namespace {

EngineOptions engine_options(const Surroundings& surroundings, bool complete) {
  EngineOptions options;
  options.now = surroundings.now;
  options.context_json = surroundings.context_json;
  options.evidence = false;
  options.all_not_applicable = true;
  options.details_full = true;
  options.assume_complete = complete;
  return options;
}

SideVerdict verdict_of(const Finding& finding) {
  SideVerdict out;
  out.verdict = to_text(finding.verdict);
  out.reason = finding.reason;
  if (finding.verdict != Verdict::NonCompliant) return out;
  out.effect = finding.effect;
  if (!finding.details_json.empty()) out.details = json::parse(finding.details_json, nullptr, false);
  return out;
}

} // namespace

MachineSide::MachineSide(const Bundle& bundle, const Surroundings& surroundings)
    : open_({bundle}, engine_options(surroundings, false)),
      complete_({bundle}, engine_options(surroundings, true)) {}

std::map<std::string, SideVerdict> MachineSide::evaluate(const Situation& situation) const {
  std::string lines;
  for (const json& row : situation.rows)
    lines += row.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
  Input input = Input::of_text("situation", std::move(lines));
  input.format = InputFormat::Lines;
  std::map<std::string, SideVerdict> out;
  (void)(situation.complete ? complete_ : open_).run({input}, [&](const Finding& finding) {
    if (finding.resource->line == 1) out[std::string(finding.control->id)] = verdict_of(finding);
  });
  return out;
}

std::vector<MachineSide::Row> MachineSide::evaluate(const std::vector<Input>& inputs,
                                                    std::string_view control, bool assume_complete,
                                                    Diagnostics& problems) const {
  std::vector<Row> out;
  const RunReport report = (assume_complete ? complete_ : open_).run(inputs, [&](const Finding& finding) {
    if (finding.control->id == control) out.push_back({*finding.resource, verdict_of(finding)});
  });
  problems.append(report.diagnostics);
  return out;
}

ReferenceSide::ReferenceSide(const json& definition, const json& values,
                             const reference::Catalogue& catalogue, const Surroundings& surroundings) {
  context_.now = surroundings.now;
  if (!surroundings.context_json.empty()) {
    const json context = json::parse(surroundings.context_json, nullptr, false);
    if (context.is_object()) {
      context_.subscription = context.value("subscription", json());
      context_.resource_group = context.value("resourceGroup", json());
      context_.request_context = context.value("requestContext", json());
      context_.policy = context.value("policy", json());
    }
  }
  open_ = load(definition, values, catalogue, false);
  complete_ = load(definition, values, catalogue, true);
}

std::optional<ReferenceSide::Loaded> ReferenceSide::load(const json& definition, const json& values,
                                                         const reference::Catalogue& catalogue,
                                                         bool assume_complete) {
  reference::Options options;
  options.full_details = true;
  options.assume_complete = assume_complete;
  auto loaded = reference::Definition::load(definition, catalogue, options);
  if (auto* failure = std::get_if<reference::Failure>(&loaded)) {
    failure_ = failure->code + ": " + failure->message;
    return std::nullopt;
  }
  Loaded out;
  out.definition = std::move(std::get<0>(loaded));
  out.bound = out.definition->bind(values);
  return out;
}

SideVerdict ReferenceSide::evaluate(const Situation& situation) const {
  const reference::Snapshot snapshot(situation.rows);
  return evaluate(situation.rows[0], snapshot, situation.complete);
}

SideVerdict ReferenceSide::evaluate(const json& resource, const reference::Snapshot& snapshot,
                                    bool assume_complete) const {
  const std::optional<Loaded>& side = assume_complete ? complete_ : open_;
  if (!side) return {"error", {}, {}, failure_};
  const reference::Verdict verdict =
      side->definition->evaluate(side->bound, {resource, snapshot, context_, {}});
  SideVerdict out;
  out.verdict = verdict.verdict;
  out.effect = verdict.effect;
  out.reason = verdict.reason;
  if (verdict.verdict == "noncompliant" && !verdict.details.empty()) out.details = verdict.details;
  return out;
}

reference::Catalogue reference_catalogue(const Catalog& catalog) {
  std::map<std::string, json> providers;
  for (const ResourceTypeInfo& type : catalog.types()) {
    const std::string name(type.name);
    const std::size_t slash = name.find('/');
    json aliases = json::array();
    for (std::uint32_t index : type.aliases) {
      const Alias& alias = catalog.alias(index);
      json paths = json::array();
      for (const AliasVersion& version : alias.versions)
        paths.push_back({{"path", version.path}, {"apiVersions", version.api_versions}});
      json entry = {{"name", alias.name}, {"defaultPath", alias.path}, {"paths", std::move(paths)}};
      if (!alias.pattern_phrase.empty())
        entry["defaultPattern"] = {
            {"phrase", alias.pattern_phrase}, {"variable", alias.pattern_variable}, {"type", "Extract"}};
      aliases.push_back(std::move(entry));
    }
    json entry = {{"resourceType", name.substr(slash + 1)}, {"aliases", std::move(aliases)}};
    if (type.tracked != Ternary::Unknown)
      entry["capabilities"] = type.tracked == Ternary::Yes ? "SupportsTags, SupportsLocation" : "None";
    providers[name.substr(0, slash)].push_back(std::move(entry));
  }
  json document = json::array();
  for (auto& [name, types] : providers)
    document.push_back({{"namespace", name}, {"resourceTypes", types}});
  return reference::Catalogue::load(document);
}

} // namespace writ::driver::verify
