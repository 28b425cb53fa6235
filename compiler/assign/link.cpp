// SPDX-License-Identifier: MIT
#include "assign/link.h"

#include "assign/version.h"
#include "azure/emit_definition.h"
#include "ir/limits.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace writ::assign {

namespace {

std::string_view last_segment(std::string_view id) { return id.substr(id.rfind('/') + 1); }

/// Lower case, without a trailing slash and without the version that a reference may end in.
std::string plain_id(std::string_view id) {
  std::string folded = lower_ascii(id);
  while (folded.ends_with('/'))
    folded.pop_back();
  if (const std::size_t at = folded.rfind("/versions/"); at != std::string::npos) folded.resize(at);
  return folded;
}

bool is_guid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

/// Documents of one kind by id and by name.
class Index {
public:
  void add(std::size_t number, std::string_view id, std::string_view name, std::string_view version) {
    versions_.resize(std::max(versions_.size(), number + 1));
    versions_[number] = version;
    if (!id.empty()) by_id_[plain_id(id)].push_back(number);
    // A name alone says which document is meant only when it belongs to no scope.
    if (!name.empty() && (id.empty() || is_guid(name))) by_name_[lower_ascii(name)].push_back(number);
  }
  [[nodiscard]] std::optional<std::size_t> find(std::string_view id, std::string_view version) const {
    const std::string plain = plain_id(id);
    if (const auto found = by_id_.find(plain); found != by_id_.end()) return best(found->second, version);
    const auto found = by_name_.find(std::string(last_segment(plain)));
    return found == by_name_.end() ? std::nullopt : best(found->second, version);
  }

private:
  [[nodiscard]] std::optional<std::size_t> best(const std::vector<std::size_t>& numbers,
                                                std::string_view version) const {
    const auto better = [&](std::size_t a, std::size_t b) {
      const bool fits_a = version_fits(versions_[a], version);
      const bool fits_b = version_fits(versions_[b], version);
      return fits_a != fits_b ? fits_b : is_older(versions_[a], versions_[b]);
    };
    return *std::max_element(numbers.begin(), numbers.end(), better);
  }

  std::unordered_map<std::string, std::vector<std::size_t>> by_id_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
  std::vector<std::string> versions_;
};

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts)
    out += (out.empty() ? "" : ", ") + part;
  return out;
}

class Linker {
public:
  Linker(ir::PolicySet& set, Diagnostics& diagnostics, const std::vector<std::string>& wanted)
      : set_(set), diagnostics_(diagnostics), wanted_(wanted) {
    for (std::size_t i = 0; i < set.policies.size(); ++i) {
      const ir::Policy& policy = set.policies[i];
      // A control is known by the name that its definition gets.
      const bool control = policy.origin == ir::Origin::Control;
      policies_.add(i, policy.resource_id, control ? azure::definition_name(policy) : policy.name,
                    policy.version);
    }
    for (std::size_t i = 0; i < set.initiatives.size(); ++i)
      initiatives_.add(i, set.initiatives[i].id, set.initiatives[i].name, set.initiatives[i].version);
  }

  void run() {
    for (ir::Initiative& initiative : set_.initiatives)
      link(initiative);
    for (ir::Assignment& assignment : set_.assignments)
      link(assignment);
    scopes_at_most(set_.assignments, azure::Limit::ScopeAssignments);
    scopes_at_most(set_.exemptions, azure::Limit::ScopeExemptions);
  }

private:
  /// Warns of more documents in one scope than Azure takes, at the first one too many.
  template <class Documents> void scopes_at_most(const Documents& documents, azure::Limit limit) {
    std::map<std::string, std::vector<Span>> scopes;
    for (const auto& document : documents)
      if (!document.scope.empty()) scopes[plain_id(document.scope)].push_back(document.span);
    for (const auto& [scope, spans] : scopes)
      if (spans.size() > azure::most(limit))
        diagnostics_.add(Diagnostic(Code::PolicyServiceLimit, spans[azure::most(limit)],
                                    azure::excess_text(limit, spans.size(), fmt::format("`{}`", scope))));
  }

  void link(ir::Initiative& initiative) {
    std::vector<std::string> missing;
    std::vector<std::string> other;
    for (ir::InitiativeMember& member : initiative.members) {
      if (!member.policy) member.policy = policies_.find(member.definition_id, member.version);
      if (!member.policy) {
        missing.emplace_back(last_segment(member.definition_id));
        continue;
      }
      const std::string& version = set_.policies[*member.policy].version;
      if (!version_fits(version, member.version))
        other.push_back(fmt::format("{} {} (at hand: {})", member.reference, member.version, version));
    }
    if (initiative.on_request && !is_named(initiative, wanted_)) return;
    if (!missing.empty())
      diagnostics_.add(Diagnostic(Code::MissingInitiativeMember, initiative.span,
                                  fmt::format("{} of {} policies of initiative `{}` are not among the inputs",
                                              missing.size(), initiative.members.size(), initiative.name))
                           .note("missing: " + joined(missing)));
    if (!other.empty())
      diagnostics_.add(Diagnostic(Code::OtherDefinitionVersion, initiative.span,
                                  fmt::format("initiative `{}` asks for other versions of {} of its policies",
                                              initiative.name, other.size()))
                           .note("asked for: " + joined(other)));
  }

  void link(ir::Assignment& assignment) {
    const bool names_initiative =
        lower_ascii(assignment.target_id).find("/policysetdefinitions/") != std::string::npos;
    assignment.initiative = initiatives_.find(assignment.target_id, assignment.version);
    if (!assignment.initiative && !names_initiative)
      assignment.policy = policies_.find(assignment.target_id, assignment.version);
    if (!assignment.initiative && !assignment.policy) {
      diagnostics_.add(
          Diagnostic(Code::UnknownAssignedPolicy, assignment.span,
                     fmt::format("no {} `{}` is among the inputs", names_initiative ? "initiative" : "policy",
                                 last_segment(assignment.target_id)))
              .note("give its document with -p, too"));
      return;
    }
    const std::string& version = assignment.initiative ? set_.initiatives[*assignment.initiative].version
                                                       : set_.policies[*assignment.policy].version;
    if (!version_fits(version, assignment.version))
      diagnostics_.add(Diagnostic(Code::OtherDefinitionVersion, assignment.span,
                                  fmt::format("assignment `{}` asks for version {}, at hand is {}",
                                              assignment.name, assignment.version, version)));
  }

  ir::PolicySet& set_;
  Diagnostics& diagnostics_;
  const std::vector<std::string>& wanted_;
  Index policies_;
  Index initiatives_;
};

} // namespace

bool is_named(const ir::Initiative& initiative, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return !name.empty() &&
           (equal_ascii_fold(name, initiative.name) || equal_ascii_fold(name, initiative.symbol) ||
            equal_ascii_fold(name, initiative.id));
  });
}

void link(ir::PolicySet& set, Diagnostics& diagnostics, const std::vector<std::string>& wanted) {
  Linker(set, diagnostics, wanted).run();
}

} // namespace writ::assign
