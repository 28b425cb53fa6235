// SPDX-License-Identifier: MIT
#include "assign/exemptions.h"

#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::assign {

namespace {

std::string_view without_slash(std::string_view id) {
  while (id.ends_with('/'))
    id.remove_suffix(1);
  return id;
}

bool means(std::string_view written, const ir::Assignment& assignment) {
  written = without_slash(written);
  if (equal_ascii_fold(written, without_slash(assignment.id))) return true;
  // Only a document without id goes by its name.
  return assignment.id.empty() && equal_ascii_fold(written.substr(written.rfind('/') + 1), assignment.name);
}

/// Whether it is certain that `inner` is not at or below `outer`. What a management group holds is not known.
bool is_outside(std::string_view inner, std::string_view outer) {
  constexpr std::string_view kGroup = "/providers/microsoft.management/managementgroups/";
  inner = without_slash(inner);
  outer = without_slash(outer);
  if (outer.empty() || lower_ascii(outer).starts_with(kGroup) || lower_ascii(inner).starts_with(kGroup))
    return false;
  return inner.size() < outer.size() || !equal_ascii_fold(inner.substr(0, outer.size()), outer) ||
         (inner.size() > outer.size() && inner[outer.size()] != '/');
}

} // namespace

void attach_exemptions(const ir::PolicySet& set, std::vector<ir::PolicyInstance>& instances,
                       Diagnostics& diagnostics) {
  for (const ir::Assignment& assignment : set.assignments)
    for (const std::string& scope : assignment.not_scopes)
      if (is_outside(scope, assignment.scope))
        diagnostics.add(Diagnostic(
            Code::ScopeOutside, assignment.span,
            fmt::format("`{}` in notScopes lies outside the scope of `{}`", scope, assignment.name)));
  for (std::size_t number = 0; number < set.exemptions.size(); ++number) {
    const ir::Exemption& exemption = set.exemptions[number];
    const auto assignment =
        std::find_if(set.assignments.begin(), set.assignments.end(),
                     [&](const ir::Assignment& one) { return means(exemption.assignment_id, one); });
    if (assignment == set.assignments.end()) {
      diagnostics.add(Diagnostic(
          Code::IdleExemption, exemption.span,
          fmt::format("exemption `{}` is about an assignment that is not among the inputs", exemption.name)));
      continue;
    }
    if (exemption.validates_scope && is_outside(exemption.scope, assignment->scope))
      diagnostics.add(Diagnostic(Code::ScopeOutside, exemption.span,
                                 fmt::format("exemption `{}` lies outside the scope of assignment `{}`",
                                             exemption.name, assignment->name)));
    const auto about = static_cast<std::size_t>(assignment - set.assignments.begin());
    std::vector<bool> found(exemption.references.size());
    for (ir::PolicyInstance& instance : instances) {
      if (instance.assignment != about) continue;
      bool named = exemption.references.empty();
      for (std::size_t r = 0; r < exemption.references.size(); ++r)
        if (equal_ascii_fold(exemption.references[r], instance.reference)) named = found[r] = true;
      if (named) instance.exemptions.push_back(number);
    }
    for (std::size_t r = 0; r < found.size(); ++r)
      if (!found[r])
        diagnostics.add(
            Diagnostic(Code::IdleExemption, exemption.span,
                       fmt::format("exemption `{}` names `{}`, which is no policy of assignment `{}`",
                                   exemption.name, exemption.references[r], assignment->name)));
  }
}

} // namespace writ::assign
