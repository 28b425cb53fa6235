// SPDX-License-Identifier: MIT
// Source: docs/azure-policy-semantics.md, "Exemptions".
#include "azure/emit_definition.h"
#include "azure/emit_parameter.h"
#include "emit/body.h"
#include "emit/scope.h"
#include "facade/documents.h"
#include "writ/semantics/pattern.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ {

namespace {

constexpr std::string_view kAssignments = "/providers/microsoft.authorization/policyassignments/";
constexpr std::string_view kManagementGroups = "/providers/microsoft.management/managementgroups/";

/// What an entry is exempt from: an assignment, and members of its initiative.
struct Target {
  std::string assignment;
  std::string label;                   ///< initiative or control
  std::vector<std::string> references; ///< empty = everything that is assigned
};

bool has_wildcard(std::string_view text) { return text.find_first_of("*?") != std::string_view::npos; }

bool is_below(std::string_view id, std::string_view scope) {
  return id.size() >= scope.size() && equal_ascii_fold(id.substr(0, scope.size()), scope) &&
         (id.size() == scope.size() || id[scope.size()] == '/');
}

class ExemptionWriter {
public:
  ExemptionWriter(const Compilation::State& state, const EmitRequest& request,
                  std::vector<emit::Document>& out, Diagnostics& diagnostics, Diagnostics& warnings)
      : state_(state), request_(request), out_(out), diagnostics_(diagnostics), warnings_(warnings) {}

  void run() {
    for (const auto& [name, id] : request_.assignments)
      if (lower_ascii(id).find(kAssignments) == std::string::npos)
        diagnostics_.add(Diagnostic(Code::ExemptionNotEmittable, {},
                                    fmt::format("`{}` is not the id of an assignment", id))
                             .note("it ends in /providers/Microsoft.Authorization/policyAssignments/NAME"));
    if (diagnostics_.has_errors()) return;
    for (const LedgerEntry& entry : request_.exemptions)
      write(entry);
  }

private:
  void refuse(const LedgerEntry& entry, const std::string& why) {
    diagnostics_.add(Diagnostic(Code::ExemptionNotEmittable, {},
                                fmt::format("exemption `{}` cannot be written: {}", entry.name, why))
                         .at(entry.file, entry.line, entry.column));
  }

  void write(const LedgerEntry& entry) {
    for (const auto& [text, limit] :
         {std::pair(&entry.name, azure::Limit::DisplayName), {&entry.reason, azure::Limit::Description}})
      warn_cut(*text, limit, entry.name,
               Diagnostic(Code::EmittedTextCut, {}, {}).at(entry.file, entry.line, entry.column), warnings_);
    const std::vector<std::string> scopes = scopes_of(entry);
    if (scopes.empty()) return;
    std::vector<Target> targets;
    if (entry.initiative.empty())
      targets_of_controls(entry, targets);
    else
      target_of_initiative(entry, targets);
    for (const Target& target : targets)
      for (const std::string& scope : scopes)
        document(entry, target, scope, targets.size() > 1);
  }

  /// The ids of what is exempt; none (reported) when Azure cannot say it.
  std::vector<std::string> scopes_of(const LedgerEntry& entry) {
    if (std::any_of(entry.patterns.begin(), entry.patterns.end(),
                    [](const std::string& one) { return has_wildcard(one); })) {
      refuse(entry, "Azure exempts ids, and its pattern has wildcards");
      return {};
    }
    std::vector<std::string> out = entry.scopes;
    if (!entry.patterns.empty()) {
      // Patterns without wildcards are ids; a scope beside them narrows.
      out.clear();
      for (const std::string& id : entry.patterns)
        if (entry.scopes.empty() ||
            std::any_of(entry.scopes.begin(), entry.scopes.end(),
                        [&](const std::string& scope) { return scope == "/" || is_below(id, scope); }))
          out.push_back(id);
      if (out.empty()) refuse(entry, "no pattern of it lies in its scope");
    }
    for (const std::string& scope : out)
      if (!emit::parse_scope(scope)) {
        refuse(entry,
               fmt::format("`{}` is no management group, subscription, resource group or resource", scope));
        return {};
      }
    return out;
  }

  [[nodiscard]] const std::string* assignment_of(std::string_view name) const {
    const std::string* any = nullptr;
    for (const auto& [of, id] : request_.assignments) {
      if (equal_ascii_fold(of, name)) return &id;
      if (of.empty()) any = &id;
    }
    return any;
  }

  [[nodiscard]] const ir::Initiative* find_initiative(std::string_view name) const {
    for (const ir::Initiative& initiative : state_.project.set.initiatives)
      if (equal_ascii_fold(initiative.name, name) || equal_ascii_fold(initiative.symbol, name))
        return &initiative;
    return nullptr;
  }

  static bool covers(const LedgerEntry& entry, std::string_view id) {
    return std::any_of(entry.controls.begin(), entry.controls.end(),
                       [&](const std::string& one) { return like(id, one, true); });
  }

  /// Members of an initiative that the entry covers. Those that are no Azure Policy are reported.
  std::vector<std::string> references_of(const LedgerEntry& entry, const ir::Initiative& initiative,
                                         bool& some) {
    std::vector<std::string> out;
    for (const ir::InitiativeMember& member : initiative.members) {
      const bool covered = covers(entry, member.reference) ||
                           (member.policy && covers(entry, state_.project.set.policies[*member.policy].id));
      if (!covered) continue;
      some = true;
      const ControlInfo* control = member.policy ? &state_.controls[*member.policy] : nullptr;
      if (control && !control->emittable && initiative.policy_type.empty())
        refuse(entry, fmt::format("{} is no Azure Policy: {}", member.reference, reason_of(*control)));
      else
        out.push_back(member.reference);
    }
    return out;
  }

  void target_of_initiative(const LedgerEntry& entry, std::vector<Target>& out) {
    const ir::Initiative* initiative = find_initiative(entry.initiative);
    if (!initiative)
      return refuse(entry, fmt::format("no initiative `{}` is among the inputs", entry.initiative));
    const std::string* assignment = assignment_of(initiative->name);
    if (!assignment)
      return refuse(entry, fmt::format("the assignment of initiative `{0}` is not given: --assignment {0}=ID",
                                       initiative->name));
    Target target{*assignment, initiative->name, {}};
    if (!entry.controls.empty()) {
      bool some = false;
      target.references = references_of(entry, *initiative, some);
      if (!some)
        return refuse(entry, fmt::format("no member of initiative `{}` is called {}", initiative->name,
                                         entry.controls.front()));
      if (target.references.empty()) return;
    }
    out.push_back(std::move(target));
  }

  void targets_of_controls(const LedgerEntry& entry, std::vector<Target>& out) {
    bool some = false;
    for (const auto& [name, id] : request_.assignments) {
      if (name.empty()) continue;
      if (const ir::Initiative* initiative = find_initiative(name)) {
        Target target{id, name, references_of(entry, *initiative, some)};
        if (!target.references.empty()) out.push_back(std::move(target));
      } else if (covers(entry, name)) {
        some = true;
        of_definition(entry, name, id, out);
      }
    }
    if (some) return;
    const std::string* assignment = assignment_of({});
    if (!assignment) return refuse(entry, "no assignment is given that it is from: --assignment NAME=ID");
    // One assignment for all: of the one initiative that there is, or of the one control.
    std::vector<const ir::Initiative*> initiatives;
    for (const ir::Initiative& initiative : state_.project.set.initiatives)
      if (std::any_of(
              initiative.members.begin(), initiative.members.end(), [&](const ir::InitiativeMember& member) {
                return covers(entry, member.reference) ||
                       (member.policy && covers(entry, state_.project.set.policies[*member.policy].id));
              }))
        initiatives.push_back(&initiative);
    if (initiatives.size() > 1)
      return refuse(
          entry, "several initiatives have its control: say which one is assigned with --assignment NAME=ID");
    if (initiatives.size() == 1) {
      Target target{*assignment, initiatives[0]->name, references_of(entry, *initiatives[0], some)};
      if (!target.references.empty()) out.push_back(std::move(target));
      return;
    }
    std::vector<std::string> controls;
    for (const ControlInfo& control : state_.controls)
      if (covers(entry, control.id)) controls.push_back(control.id);
    if (controls.empty())
      return refuse(entry, fmt::format("no control {} is among the inputs", entry.controls.front()));
    if (controls.size() > 1)
      return refuse(entry,
                    "it is from several controls: say which one is assigned with --assignment NAME=ID");
    of_definition(entry, controls.front(), *assignment, out);
  }

  void of_definition(const LedgerEntry& entry, const std::string& name, const std::string& assignment,
                     std::vector<Target>& out) {
    for (const ControlInfo& control : state_.controls)
      if (equal_ascii_fold(control.id, name)) {
        if (!control.emittable)
          return refuse(entry, fmt::format("{} is no Azure Policy: {}", control.id, reason_of(control)));
        out.push_back({assignment, control.id, {}});
        return;
      }
    refuse(entry, fmt::format("no control or initiative `{}` is among the inputs", name));
  }

  void document(const LedgerEntry& entry, const Target& target, const std::string& scope, bool several) {
    const std::string assigned_at =
        target.assignment.substr(0, lower_ascii(target.assignment).find(kAssignments));
    const bool group = lower_ascii(assigned_at).starts_with(kManagementGroups);
    if (!group && !is_below(scope, assigned_at))
      return refuse(entry,
                    fmt::format("`{}` lies outside the scope of assignment `{}`", scope, target.assignment));
    nlohmann::ordered_json properties;
    properties["displayName"] = azure::clipped(entry.name, azure::Limit::DisplayName);
    properties["description"] = azure::clipped(entry.reason, azure::Limit::Description);
    properties["policyAssignmentId"] = target.assignment;
    if (!target.references.empty()) properties["policyDefinitionReferenceIds"] = target.references;
    properties["exemptionCategory"] = entry.category;
    properties["expiresOn"] = entry.expires_on;
    nlohmann::ordered_json& metadata = properties["metadata"];
    metadata["source"] = "writ";
    metadata["requestedBy"] = entry.owner;
    if (!entry.ticket.empty()) metadata["ticketRef"] = entry.ticket;

    emit::Document out;
    out.kind = emit::DocumentKind::Exemption;
    out.name = name_of(several ? entry.name + "-" + target.label : entry.name);
    out.control_id = entry.name;
    out.json["id"] = fmt::format("{}/providers/Microsoft.Authorization/policyExemptions/{}", scope, out.name);
    out.json["name"] = out.name;
    out.json["properties"] = std::move(properties);
    out_.push_back(std::move(out));
  }

  /// A name that Azure takes; one that is too long is told apart by a hash.
  static std::string name_of(const std::string& text) {
    std::string name;
    for (const char c : text) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                         c == '-' || c == '_' || c == '.';
      name += plain ? c : '-';
    }
    if (name.size() <= azure::most(azure::Limit::ResourceName) && name == text) return name;
    return name.substr(0, azure::most(azure::Limit::ResourceName) - 9) + "-" + emit::short_hash(text);
  }

  const Compilation::State& state_;
  const EmitRequest& request_;
  std::vector<emit::Document>& out_;
  Diagnostics& diagnostics_;
  Diagnostics& warnings_;
};

} // namespace

void exemption_documents(const Compilation::State& state, const EmitRequest& request,
                         std::vector<emit::Document>& out, EmitResult& result) {
  Diagnostics found;
  ExemptionWriter(state, request, out, found, result.warnings).run();
  result.not_emittable.append(found);
}

} // namespace writ
