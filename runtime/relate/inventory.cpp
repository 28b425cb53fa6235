// SPDX-License-Identifier: MIT
#include "relate/inventory.h"

#include "writ/semantics/extension_types.h"

#include "snapshot/resource_root.h"
#include "writ/text.h"

#include <algorithm>
#include <array>

namespace writ::relate {

namespace {

using snapshot::ResourceId;
using snapshot::split_id;

bool starts_with_fold(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ascii_fold(text.substr(0, prefix.size()), prefix);
}

std::string group_key(std::string_view subscription, std::string_view group) {
  return lower_ascii(subscription) + "/" + lower_ascii(group);
}

std::size_t count_segments(std::string_view text) {
  return text.empty() ? 0 : static_cast<std::size_t>(std::count(text.begin(), text.end(), '/')) + 1;
}

/// Removes the last two segments: from a child to its parent.
std::string_view parent_id(std::string_view id) {
  for (int i = 0; i < 2; ++i) {
    const std::size_t slash = id.rfind('/');
    if (slash == std::string_view::npos) return {};
    id = id.substr(0, slash);
  }
  return id;
}

/// The resources that a resource is a child of: parents within its provider part; for a resource group, the
/// subscription.
std::vector<std::string_view> ancestors_of(std::string_view id) {
  std::vector<std::string_view> ancestors;
  const ResourceId parts = split_id(id);
  if (parts.namespace_name.empty()) {
    if (!parts.resource_group.empty()) ancestors.push_back(parent_id(id));
    return ancestors;
  }
  std::string_view ancestor = id;
  for (std::size_t depth = count_segments(parts.rest) / 2; depth > 1; --depth) {
    ancestor = parent_id(ancestor);
    ancestors.push_back(ancestor);
  }
  return ancestors;
}

} // namespace

std::string full_name_of(std::string_view id) {
  const ResourceId parts = split_id(id);
  if (parts.namespace_name.empty())
    return std::string(parts.resource_group.empty() ? parts.subscription : parts.resource_group);
  std::string names;
  std::string_view rest = parts.rest;
  for (std::size_t segment = 0; !rest.empty(); ++segment) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    if (segment % 2 == 1) (names += names.empty() ? "" : "/") += rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return names;
}

bool name_matches(std::string_view pattern, std::string_view full_name) {
  // Segment by segment from the end: a shorter pattern names the last segments.
  bool last = true;
  for (;;) {
    const std::size_t pattern_slash = pattern.rfind('/');
    const std::size_t name_slash = full_name.rfind('/');
    const std::string_view wanted = pattern.substr(pattern_slash + 1); // npos + 1 is 0
    const bool any = last && wanted == "?";
    if (!any && !equal_ascii_fold(wanted, full_name.substr(name_slash + 1))) return false;
    if (pattern_slash == std::string_view::npos) return true;
    if (name_slash == std::string_view::npos) return false; // the pattern has more segments
    pattern = pattern.substr(0, pattern_slash);
    full_name = full_name.substr(0, name_slash);
    last = false;
  }
}

const ExistenceFact* Candidate::fact(std::uint32_t relation) const {
  for (const auto& list : facts)
    for (const ExistenceFact& known : *list)
      if (known.relation == relation) return &known;
  return nullptr;
}

Inventory::TypeIndex& Inventory::index_of(const std::string& type) {
  for (; indexed_ < candidates_.size(); ++indexed_)
    by_type_[candidates_[indexed_].type].push_back(indexed_);
  const auto [entry, added] = indices_.try_emplace(type);
  if (added)
    if (const auto found = by_type_.find(type); found != by_type_.end())
      entry->second.candidates = &found->second;
  return entry->second;
}

bool Inventory::is_extension(TypeIndex& index) const {
  if (!index.extension)
    index.extension =
        index.candidates != nullptr &&
        std::any_of(index.candidates->begin(), index.candidates->end(), [&](std::size_t number) {
          return lower_ascii(split_id(candidates_[number].id).scope).find("/providers/") != std::string::npos;
        });
  return *index.extension;
}

const std::vector<std::size_t>& Inventory::find(TypeIndex& index, Key key, const std::string& wanted) {
  if (index.candidates == nullptr) return none_;
  std::optional<Buckets>& buckets = index.by_key[static_cast<std::size_t>(key)];
  if (!buckets) {
    buckets.emplace();
    for (const std::size_t number : *index.candidates) {
      const std::string& id = candidates_[number].id;
      const ResourceId parts = split_id(id);
      switch (key) {
      case Key::AttachedTo:
        if (!parts.namespace_name.empty()) (*buckets)[lower_ascii(parts.scope)].push_back(number);
        break;
      case Key::Below:
        for (const std::string_view ancestor : ancestors_of(id))
          (*buckets)[lower_ascii(ancestor)].push_back(number);
        break;
      case Key::Group:
        (*buckets)[group_key(parts.subscription, parts.resource_group)].push_back(number);
        break;
      case Key::Subscription:
        (*buckets)[lower_ascii(parts.subscription)].push_back(number);
        break;
      }
    }
  }
  const auto bucket = buckets->find(wanted);
  return bucket == buckets->end() ? none_ : bucket->second;
}

PrimaryKeys::PrimaryKeys(const Primary& primary)
    : primary_(primary), parts_(split_id(primary.id)),
      is_subscription_(equal_ascii_fold(primary.type, snapshot::kSubscriptionType)) {}

const std::string& PrimaryKeys::id() {
  if (id_.empty()) id_ = lower_ascii(primary_.id);
  return id_;
}

const std::string& PrimaryKeys::subscription() {
  if (subscription_.empty()) subscription_ = lower_ascii(parts_.subscription);
  return subscription_;
}

const std::string& PrimaryKeys::group() {
  if (group_.empty()) group_ = group(parts_.resource_group);
  return group_;
}

std::string PrimaryKeys::group(std::string_view name) const { return group_key(parts_.subscription, name); }

const std::vector<std::size_t>& Inventory::in_place(PrimaryKeys& keys, const Selection& selection) {
  const Primary& primary = keys.primary();
  if (selection.nothing || primary.id.empty()) return none_;
  TypeIndex& index = index_of(selection.type);
  const bool same_type = equal_ascii_fold(selection.type, primary.type);
  const bool child = selection.type.size() > primary.type.size() &&
                     selection.type[primary.type.size()] == '/' &&
                     starts_with_fold(selection.type, primary.type);
  if (equal_ascii_fold(selection.type, snapshot::kSubscriptionType))
    return find(index, Key::Subscription, keys.subscription());
  if (child) return find(index, Key::Below, keys.id());
  if (!same_type && (is_known_extension(selection.type) || is_extension(index)))
    return find(index, Key::AttachedTo, keys.id());
  if (selection.subscription_scope || (keys.is_subscription() && !selection.resource_group))
    return find(index, Key::Subscription, keys.subscription());
  if (selection.resource_group) return find(index, Key::Group, keys.group(*selection.resource_group));
  return find(index, Key::Group, keys.group());
}

bool Inventory::is_meant(std::size_t number, const Selection& selection) const {
  const Candidate& candidate = candidates_[number];
  return (!selection.name || name_matches(*selection.name, full_name_of(candidate.id))) &&
         (!selection.kind || equal_ascii_fold(*selection.kind, candidate.kind));
}

std::vector<std::size_t> Inventory::select(const Primary& primary, const Selection& selection) {
  std::vector<std::size_t> found = in_place(primary, selection);
  std::erase_if(found, [&](std::size_t number) { return !is_meant(number, selection); });
  return found;
}

} // namespace writ::relate
