// SPDX-License-Identifier: MIT
#include "assign/link.h"
#include "azure/emit_initiative.h"
#include "facade/documents.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ {

bool is_asked_for(const Compilation::State& state, const ir::Initiative& initiative) {
  const std::vector<std::string>& names = state.request.initiatives;
  return names.empty() || assign::is_named(initiative, names);
}

namespace {

/// Members in any order, without what is for people only.
std::string meaning_of(const nlohmann::ordered_json& document) {
  std::vector<std::string> members;
  for (nlohmann::ordered_json member : document["properties"]["policyDefinitions"]) {
    member.erase("groupNames");
    members.push_back(member.dump());
  }
  std::sort(members.begin(), members.end());
  std::string out;
  for (const std::string& member : members)
    out += member + "\n";
  return out;
}

} // namespace

std::string reason_of(const ControlInfo& control) {
  const std::string& why = control.not_emittable_because;
  const std::size_t colon = why.find("definition: ");
  return colon == std::string::npos ? why : why.substr(colon + 12);
}

void warn_cut(const std::string& text, azure::Limit limit, const std::string& id, Diagnostic place,
              Diagnostics& warnings) {
  const std::size_t length = azure::utf16_length(text);
  if (length <= azure::most(limit)) return;
  place.message = fmt::format("the {} of `{}` is cut: it has {} characters, Azure takes {}",
                              limit == azure::Limit::DisplayName ? "display name" : "description", id, length,
                              azure::most(limit));
  warnings.add(std::move(place));
}

void initiative_documents(Compilation::State& state, std::vector<emit::Document>& out, EmitResult& result) {
  for (const ir::Initiative& initiative : state.project.set.initiatives) {
    if (!is_asked_for(state, initiative)) continue;
    // Members of a document that was read keep the ids that it gives them, whatever stands behind these.
    const bool own = initiative.policy_type.empty();
    const auto is_left_out = [&](const ir::InitiativeMember& member) {
      return own && member.policy && !state.controls[*member.policy].emittable;
    };
    const auto left_out = static_cast<std::size_t>(
        std::count_if(initiative.members.begin(), initiative.members.end(), is_left_out));
    if (left_out > 0) {
      Diagnostic d(Code::MemberNotEmittable, initiative.span,
                   fmt::format("{} of {} members of `{}` cannot become Azure Policy", left_out,
                               initiative.members.size(), initiative.name));
      for (const ir::InitiativeMember& member : initiative.members)
        if (is_left_out(member))
          d.notes.push_back(
              fmt::format("{}: {}", member.reference, reason_of(state.controls[*member.policy])));
      result.not_emittable.add(std::move(d));
    }
    if (left_out == initiative.members.size()) continue; // Azure takes no empty initiative
    if (own)
      for (const auto& [text, limit] : {std::pair(&initiative.title, azure::Limit::DisplayName),
                                        {&initiative.description, azure::Limit::Description}})
        warn_cut(*text, limit, initiative.name, Diagnostic(Code::EmittedTextCut, initiative.span, {}),
                 result.warnings);
    emit::Document document;
    document.kind = emit::DocumentKind::Initiative;
    document.name = document.control_id = initiative.name;
    document.span = initiative.span;
    document.json =
        azure::emit_initiative(state.project.set, initiative, is_left_out, emit::own_definition_id);
    document.meaning = meaning_of(document.json);
    out.push_back(std::move(document));
  }
}

} // namespace writ
