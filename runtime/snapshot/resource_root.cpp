// SPDX-License-Identifier: MIT
#include "snapshot/resource_root.h"

#include "writ/text.h"

#include <algorithm>

namespace writ::snapshot {

namespace {

constexpr char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool starts_with_fold(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ascii_fold(text.substr(0, prefix.size()), prefix);
}

/// Position of the last "/providers/", or npos.
std::size_t last_provider(std::string_view id) {
  constexpr std::string_view kProviders = "/providers/";
  for (std::size_t at = id.rfind('/'); at != std::string_view::npos; at = id.rfind('/', at - 1)) {
    if (starts_with_fold(id.substr(at), kProviders)) return at;
    if (at == 0) break;
  }
  return std::string_view::npos;
}

/// The first segment of `text` that follows `key` ("/subscriptions/").
std::string_view segment_after(std::string_view text, std::string_view key) {
  if (!starts_with_fold(text, key)) return {};
  text.remove_prefix(key.size());
  return text.substr(0, text.find('/'));
}

} // namespace

ResourceId split_id(std::string_view id) {
  ResourceId parts;
  constexpr std::string_view kSubscriptions = "/subscriptions/";
  constexpr std::string_view kGroups = "/resourceGroups/";
  parts.subscription = segment_after(id, kSubscriptions);
  if (!parts.subscription.empty())
    parts.resource_group =
        segment_after(id.substr(kSubscriptions.size() + parts.subscription.size()), kGroups);
  const std::size_t provider = last_provider(id);
  if (provider == std::string_view::npos) {
    parts.scope = id;
    return parts;
  }
  parts.scope = id.substr(0, provider);
  std::string_view behind = id.substr(provider + std::string_view("/providers/").size());
  const std::size_t slash = std::min(behind.find('/'), behind.size());
  parts.namespace_name = behind.substr(0, slash);
  parts.rest = behind.substr(std::min(slash + 1, behind.size()));
  return parts;
}

std::string_view policy_type(std::string_view type) {
  return equal_ascii_fold(type, "Microsoft.Resources/resourceGroups") ? kResourceGroupType : type;
}

std::string_view type_of_id(std::string_view id, Arena& arena) {
  const ResourceId parts = split_id(id);
  if (parts.namespace_name.empty()) {
    if (parts.subscription.empty()) return {};
    std::size_t size = std::string_view("/subscriptions/").size() + parts.subscription.size();
    if (id.size() == size) return kSubscriptionType;
    size += std::string_view("/resourceGroups/").size() + parts.resource_group.size();
    return !parts.resource_group.empty() && id.size() == size ? kResourceGroupType : std::string_view();
  }
  std::string type(parts.namespace_name);
  std::string_view rest = parts.rest;
  std::size_t segment = 0;
  for (; !rest.empty(); ++segment) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    if (segment % 2 == 0) (type += '/') += rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (segment == 0 || segment % 2 != 0) return {}; // a collection, not a resource
  return arena.copy(type);
}

void ResourceRoot::read(const Tape& tape, std::uint32_t at, std::string_view default_type, Arena& arena) {
  tape_ = tape;
  at_ = at;
  members_.clear();
  identity_ = {};
  properties_ = PropertiesState::Absent;
  location_ = {};
  kind_ = {};
  const std::uint32_t end = tape.end(at);
  for (std::uint32_t next = Tape::begin(at); next < end; next = tape.after(next + 1)) {
    const std::string_view key = tape.text(next);
    note_member(key, next + 1);
    members_.push_back({key, next + 1});
  }
  complete_identity(default_type, arena);
}

void ResourceRoot::note_member(std::string_view key, std::uint32_t value) {
  // The first of several keys that differ in case counts.
  const auto take_text = [&](std::string_view name, Value& place) {
    if (place.is(ValueKind::Missing) && tape_.kind(value) == TapeKind::String && equal_ascii_fold(key, name))
      place = Value::string(tape_.text(value));
  };
  const auto take_view = [&](std::string_view name, std::string_view& place) {
    if (place.empty() && tape_.kind(value) == TapeKind::String && equal_ascii_fold(key, name))
      place = tape_.text(value);
  };
  if (key.empty()) return;
  switch (key.size()) {
  case 2:
    take_text("id", identity_.id);
    break;
  case 4:
    if (folded(key[0]) == 'n')
      take_text("name", identity_.name);
    else if (folded(key[0]) == 't')
      take_text("type", identity_.type);
    else
      take_view("kind", kind_);
    break;
  case 8:
    if (folded(key[0]) == 'l')
      take_view("location", location_);
    else
      take_text("fullname", identity_.full_name);
    break;
  case 10:
    if (folded(key[0]) == 'a')
      take_text("apiversion", identity_.api_version);
    else if (properties_ == PropertiesState::Absent && equal_ascii_fold(key, "properties"))
      properties_ =
          tape_.kind(value) == TapeKind::Null ? PropertiesState::NotExported : PropertiesState::Present;
    break;
  default:
    break;
  }
}

void ResourceRoot::complete_identity(std::string_view default_type, Arena& arena) {
  if (!identity_.type.is(ValueKind::String)) {
    std::string_view type = type_of_id(id(), arena);
    if (type.empty()) type = default_type;
    if (!type.empty()) identity_.type = Value::string(type);
  } else if (const std::string_view type = policy_type(this->type()); type.data() != this->type().data()) {
    identity_.type = Value::string(type);
  }
}

Value ResourceRoot::materialise(Arena& arena) const {
  const auto members = arena.array<Member>(members_.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    members[i].key = members_[i].key;
    members[i].value = materialise_member(i, arena);
  }
  return Value::object(members);
}

Value ResourceRoot::materialise_member(std::size_t index, Arena& arena) const {
  const auto is_properties = [](const RootMember& one) { return equal_ascii_fold(one.key, "properties"); };
  // Of several `properties`, the first counts.
  if (properties_ == PropertiesState::NotExported && is_properties(members_[index]) &&
      std::none_of(members_.begin(), members_.begin() + static_cast<std::ptrdiff_t>(index), is_properties))
    return Value::unknown();
  return tape_.materialise(members_[index].value, arena);
}

} // namespace writ::snapshot
