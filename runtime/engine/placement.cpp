// SPDX-License-Identifier: MIT
#include "engine/placement.h"

#include "writ/semantics/datetime.h"
#include "writ/text.h"

#include <algorithm>
#include <span>

namespace writ {

namespace {

bool starts_with_fold(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ascii_fold(text.substr(0, prefix.size()), prefix);
}

std::string_view without_slash(std::string_view id) {
  while (id.ends_with('/'))
    id.remove_suffix(1);
  return id;
}

bool holds_everything(std::string_view scope) {
  return scope.empty() || starts_with_fold(scope, "/providers/Microsoft.Management/managementGroups/");
}

/// At or below, whatever the scope is.
bool is_below(std::string_view id, std::string_view scope) {
  return starts_with_fold(id, scope) && (id.size() == scope.size() || id[scope.size()] == '/');
}

/// Resources above every resource group: the subscription and what is registered on it.
bool is_subscription_level(std::string_view id) {
  return lower_ascii(id).find("/resourcegroups/") == std::string::npos;
}

} // namespace

bool is_in_scope(std::string_view id, std::string_view scope) {
  scope = without_slash(scope);
  return holds_everything(scope) || is_below(without_slash(id), scope);
}

std::vector<bool> active_exemptions(const bc::Program& program, std::string_view now) {
  const auto instant = parse_date(now);
  std::vector<bool> active;
  for (const bc::Exemption& exemption : program.exemptions) {
    const auto expires = parse_date(program.strings[exemption.expires_on]);
    active.push_back(!instant || !expires || *instant < *expires);
  }
  return active;
}

void Placement::begin(const snapshot::ResourceRoot& root) {
  root_ = &root;
  ++resource_;
  location_.clear();
}

Standing Placement::towards(std::uint32_t assignment) {
  Known& known = standings_[assignment];
  if (known.resource != resource_) known = {resource_, find_standing(program_.assignments[assignment])};
  return known.standing;
}

Standing Placement::find_standing(const bc::Assignment& assignment) {
  const std::string_view id = without_slash(root_->id());
  const std::string_view scope = program_.strings[assignment.scope];
  if (id.empty() && (!holds_everything(without_slash(scope)) || assignment.not_scope_count > 0))
    return Standing::Unknown;
  if (!is_in_scope(id, scope)) return Standing::Outside;
  for (const bc::StringId excluded :
       std::span(program_.texts).subspan(assignment.first_not_scope, assignment.not_scope_count)) {
    // What a management group holds is not known, so that it excludes nothing.
    const std::string_view text = without_slash(program_.strings[excluded]);
    if (!text.empty() && is_below(id, text)) return Standing::Excluded;
  }
  return any_accepts(assignment.first_selection, assignment.selection_count) ? Standing::Inside
                                                                             : Standing::NotSelected;
}

bool Placement::is_meant(const bc::Instance& instance) {
  const auto guards = std::span(program_.guards).subspan(instance.first_guard, instance.guard_count);
  return std::all_of(guards.begin(), guards.end(), [&](const bc::Guard& guard) {
    return all_accept(guard.first_selector, guard.selector_count) != guard.negated;
  });
}

const bc::Exemption* Placement::exemption(const bc::Instance& instance) {
  for (const std::uint32_t number :
       std::span(program_.exemption_uses).subspan(instance.first_exemption, instance.exemption_count)) {
    const bc::Exemption& exemption = program_.exemptions[number];
    if (active_[number] && !root_->id().empty() &&
        is_in_scope(root_->id(), program_.strings[exemption.scope]) &&
        any_accepts(exemption.first_selection, exemption.selection_count))
      return &exemption;
  }
  return nullptr;
}

bool Placement::any_accepts(std::uint32_t first, std::uint32_t count) {
  const auto selections = std::span(program_.selections).subspan(first, count);
  return selections.empty() ||
         std::any_of(selections.begin(), selections.end(), [&](const bc::Selection& selection) {
           return all_accept(selection.first_selector, selection.selector_count);
         });
}

bool Placement::all_accept(std::uint32_t first, std::uint32_t count) {
  const auto selectors = std::span(program_.selectors).subspan(first, count);
  return std::all_of(selectors.begin(), selectors.end(),
                     [&](const bc::Selector& selector) { return accepts(selector); });
}

bool Placement::accepts(const bc::Selector& selector) {
  switch (selector.kind) {
  case bc::SelectorKind::ResourceType:
    return lists(selector, root_->type()) != selector.negated;
  case bc::SelectorKind::ResourceLocation:
    if (location_.empty()) {
      location_ = lower_ascii(root_->location());
      std::erase(location_, ' ');
    }
    return (!location_.empty() && lists(selector, location_)) != selector.negated;
  case bc::SelectorKind::ResourceWithoutLocation:
    return (root_->location().empty() && is_subscription_level(root_->id()) &&
            lists(selector, "subscriptionLevelResources")) != selector.negated;
  case bc::SelectorKind::Principal:
    break;
  }
  return true; // principals are known in requests only
}

bool Placement::lists(const bc::Selector& selector, std::string_view value) const {
  const auto values = std::span(program_.texts).subspan(selector.first_value, selector.value_count);
  return std::any_of(values.begin(), values.end(),
                     [&](bc::StringId one) { return equal_ascii_fold(program_.strings[one], value); });
}

} // namespace writ
