// SPDX-License-Identifier: MIT
#include "verify/target_check.h"
#include "verify/reimport.h"
#include "verify/selection.h"
#include "verify/target_reader.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::driver::verify {

namespace {

using Body = nlohmann::ordered_json;

std::string name_of(const Body& body) { return body.value("name", std::string()); }

/// What a target does not hold, by its documentation: docs/emission.md.
Body without_documented_differences(Body properties, const std::string& target) {
  properties["policyType"] = "Custom";
  if (target == "terraform") properties.erase("version");
  if (target != "epac") return properties;
  if (properties.contains("version")) {
    if (!properties["metadata"].contains("version"))
      properties["metadata"]["version"] = properties["version"];
    properties.erase("version");
  }
  if (properties.contains("policyDefinitionGroups"))
    for (Body& group : properties["policyDefinitionGroups"])
      for (const char* text : {"displayName", "category", "description"})
        group.erase(text);
  return properties;
}

/// Definitions of the same emission are named below the scope, which is chosen anew each time.
Body without_scopes(Body properties, const std::map<std::string, Body>& own) {
  if (!properties.contains("policyDefinitions")) return properties;
  for (Body& member : properties["policyDefinitions"]) {
    const std::string id = member.value("policyDefinitionId", std::string());
    const std::string name = id.substr(id.rfind('/') + 1);
    if (own.contains(name)) member["policyDefinitionId"] = name;
  }
  return properties;
}

/// The first member that differs.
std::string difference_of(const Body& wanted, const Body& found) {
  // The order of members is not part of a value.
  const auto sorted = [](const Body& body) { return nlohmann::json::parse(body.dump()); };
  const nlohmann::json patch = nlohmann::json::diff(sorted(wanted), sorted(found));
  if (patch.empty()) return {};
  const nlohmann::json& first = patch.front();
  std::string text =
      fmt::format("{} {}", first.value("op", std::string()), first.value("path", std::string()));
  if (first.contains("value")) text += " " + first["value"].dump().substr(0, 80);
  return text;
}

} // namespace

std::vector<EmittedFile> TargetCheck::from_disk(const std::string& target, std::vector<EmittedFile> files,
                                                std::vector<std::string>& problems) const {
  if (request_.emitted_folder.empty()) return files;
  const std::string folder =
      request_.emitted_folder + (request_.targets.size() > 1 ? "/" + target : std::string());
  std::vector<EmittedFile> out;
  for (EmittedFile& file : files) {
    if (file.only_when_absent) continue;
    Result<std::string> text = disk_.read(folder + "/" + file.path);
    if (!text.ok()) {
      problems.push_back(text.error().message);
      continue;
    }
    file.text = std::move(*text);
    out.push_back(std::move(file));
  }
  return out;
}

TargetCheck::Contents TargetCheck::read(const std::string& target) {
  EmitRequest emit;
  emit.target = target;
  if (!all_)
    for (const EmittedFile& file : definitions_)
      emit.keep.push_back(file.control_id);
  EmitResult result = compilation_.emit(emit);
  Contents out;
  for (const Diagnostic& diagnostic : result.not_emittable.all())
    for (const EmittedFile& file : definitions_)
      if (diagnostic.message.find("`" + file.control_id + "`") != std::string::npos)
        out.refused.emplace(file.control_id, diagnostic.message);
  const std::vector<EmittedFile> files = from_disk(target, std::move(result.files), out.problems);
  targets::TargetContents contents = targets::read_target(target, files);
  out.problems.insert(out.problems.end(), contents.problems.begin(), contents.problems.end());
  for (Body& body : contents.bodies) {
    const bool initiative = body.contains("properties") && body["properties"].contains("policyDefinitions");
    auto& kind = initiative ? out.initiatives : out.definitions;
    const std::string name = name_of(body);
    if (!kind.emplace(name, std::move(body)).second) out.problems.push_back(fmt::format("two of {}", name));
  }
  return out;
}

void TargetCheck::compare_definitions(const std::string& target, const Contents& contents,
                                      VerifyReport& report) {
  std::vector<EmittedFile> bodies;
  for (const auto& [name, body] : contents.definitions)
    bodies.push_back({name + ".json", body.dump(2, ' ', false, Body::error_handler_t::replace), {}});
  Reimport reimport(disk_, compile_, bodies);
  std::map<std::string, bool> wanted;
  for (ControlVerification& control : report.controls) {
    const auto file = std::find_if(definitions_.begin(), definitions_.end(), [&](const EmittedFile& one) {
      return equal_ascii_fold(one.control_id, control.id);
    });
    if (file == definitions_.end()) continue;
    const std::string name = name_of(Body::parse(file->text, nullptr, false));
    wanted[name] = true;
    TargetVerification& out = control.targets.emplace_back();
    out.target = target;
    const auto body = std::find_if(bodies.begin(), bodies.end(),
                                   [&](const EmittedFile& one) { return one.path == name + ".json"; });
    if (body == bodies.end()) {
      const auto refused = contents.refused.find(control.id);
      out.outcome = refused == contents.refused.end() ? TargetOutcome::Missing : TargetOutcome::Refused;
      if (refused != contents.refused.end()) out.detail = refused->second;
      continue;
    }
    const std::string id = reimport.id_of(*body);
    if (id.empty()) {
      out.outcome = TargetOutcome::Different;
      out.detail = reimport.problem_of(*body);
      continue;
    }
    const auto differences = compare_policies(compilation_, control.id, reimport.compilation(), id);
    if (differences.empty()) continue;
    out.outcome = TargetOutcome::Different;
    out.detail = fmt::format("{} {}: {} became {}", to_text(differences[0].part), differences[0].name,
                             differences[0].left, differences[0].right);
  }
  for (const auto& [name, body] : contents.definitions)
    if (!wanted.contains(name))
      report.target_problems.push_back(
          fmt::format("{}: {} is no definition of these controls", target, name));
}

void TargetCheck::emit_initiatives(VerifyReport& report) {
  for (const EmittedFile& file : definitions_) {
    const Body body = Body::parse(file.text, nullptr, false);
    own_.emplace(name_of(body), body);
  }
  EmitRequest emit;
  emit.target = "initiative";
  for (const EmittedFile& file : compilation_.emit(emit).files) {
    initiatives_.push_back(Body::parse(file.text, nullptr, false));
    report.initiatives.push_back({name_of(initiatives_.back()), {}});
  }
}

void TargetCheck::compare_initiatives(const std::string& target, const Contents& contents,
                                      VerifyReport& report) {
  for (std::size_t i = 0; i < initiatives_.size(); ++i) {
    TargetVerification& out = report.initiatives[i].targets.emplace_back();
    out.target = target;
    const auto found = contents.initiatives.find(report.initiatives[i].id);
    if (found == contents.initiatives.end()) {
      out.outcome = TargetOutcome::Missing;
      continue;
    }
    const auto comparable = [&](const Body& body) {
      return without_scopes(without_documented_differences(body.at("properties"), target), own_);
    };
    out.detail = difference_of(comparable(initiatives_[i]), comparable(found->second));
    if (!out.detail.empty()) out.outcome = TargetOutcome::Different;
  }
}

void TargetCheck::run(VerifyReport& report) {
  // A part of the controls is a part of an initiative, which is another one.
  const auto holds_initiatives = [&](const std::string& target) { return all_ && target != "azure-policy"; };
  if (std::any_of(request_.targets.begin(), request_.targets.end(), holds_initiatives))
    emit_initiatives(report);
  for (const std::string& target : request_.targets) {
    const Contents contents = read(target);
    for (const std::string& problem : contents.problems)
      report.target_problems.push_back(target + ": " + problem);
    if (target != "initiative") compare_definitions(target, contents, report);
    if (holds_initiatives(target)) compare_initiatives(target, contents, report);
  }
}

} // namespace writ::driver::verify
