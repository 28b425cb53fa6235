// SPDX-License-Identifier: MIT
#include "engine/scope_book.h"

#include "snapshot/resource_root.h"
#include "writ/semantics/value.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

namespace writ {

namespace {

Value make_object(Arena& arena, std::span<const Member> members) {
  const auto stored = arena.array<Member>(members.size());
  for (std::size_t i = 0; i < members.size(); ++i)
    stored[i] = members[i];
  return Value::object(stored);
}

/// A member of the record, null when the record lacks it; unknown without a record.
Value told(const Value& record, std::string_view key) {
  if (!record.is(ValueKind::Object)) return Value::unknown();
  const Value value = find_member(record, key);
  return value.is(ValueKind::Missing) ? Value::null() : value;
}

bool has_all(const Value& object, std::initializer_list<std::string_view> keys) {
  return object.is(ValueKind::Object) && std::all_of(keys.begin(), keys.end(), [&](std::string_view key) {
           return !find_member(object, key).is(ValueKind::Missing);
         });
}

/// `tags` is always an object.
Value tags_of(const Value& record) {
  const Value tags = told(record, "tags");
  return tags.absent() ? Value::object({}) : tags;
}

/// What the context says, and of the rest what the id and the records of the input say. A context speaks for
/// a live request: of what neither knows, only the `defaults` are there.
Value completed(Arena& arena, const Value& given, const Value& derived, std::span<const Member> defaults) {
  const auto own = given.as_object();
  std::vector<Member> members(own.begin(), own.end());
  const auto add_missing = [&](const Member& more) {
    if (std::none_of(members.begin(), members.end(),
                     [&](const Member& member) { return equal_ascii_fold(member.key, more.key); }))
      members.push_back(more);
  };
  for (const Member& member : derived.as_object())
    if (!member.value.is(ValueKind::Unknown)) add_missing(member);
  for (const Member& member : defaults)
    add_missing(member);
  return make_object(arena, members);
}

} // namespace

bool is_complete_subscription(const Value& given) {
  return has_all(given, {"id", "subscriptionId", "tenantId", "displayName", "tags"});
}

Value ScopeBook::record(const std::string& id) {
  const auto found = records_.find(id);
  Value value;
  JsonError error;
  if (found == records_.end() || !parse_json(arena_, found->second, value, error)) return Value::missing();
  return value;
}

std::string ScopeBook::missing_records(std::string_view resource_id) const {
  const snapshot::ResourceId parts = snapshot::split_id(resource_id);
  if (parts.subscription.empty()) return {};
  const std::string id = "/subscriptions/" + std::string(parts.subscription);
  std::string lacking;
  if (!parts.resource_group.empty() &&
      !records_.contains(id + "/resourceGroups/" + std::string(parts.resource_group)))
    lacking = "resource group " + std::string(parts.resource_group);
  if (!records_.contains(id))
    lacking += (lacking.empty() ? "subscription " : " and subscription ") + std::string(parts.subscription);
  return lacking.empty() ? lacking : "the input holds no record of " + lacking + ": export that too";
}

Value ScopeBook::subscription(std::string_view name) {
  if (const auto known = subscriptions_.find(name); known != subscriptions_.end()) return known->second;
  const std::string id = "/subscriptions/" + std::string(name);
  const Value found = record(id);
  Value display = told(found, "displayName");
  if (display.absent()) display = told(found, "name");
  Value tenant = told(found, "tenantId");
  if (tenant.absent()) tenant = Value::unknown();
  const std::array<Member, 5> members = {{{"id", Value::string(arena_.copy(id))},
                                          {"subscriptionId", Value::string(arena_.copy(name))},
                                          {"tenantId", tenant},
                                          {"displayName", display},
                                          {"tags", tags_of(found)}}};
  const Value value = make_object(arena_, members);
  subscriptions_.emplace(name, value);
  return value;
}

Value ScopeBook::resource_group(std::string_view subscription_name, std::string_view name) {
  const std::string id =
      "/subscriptions/" + std::string(subscription_name) + "/resourceGroups/" + std::string(name);
  if (const auto known = groups_.find(id); known != groups_.end()) return known->second;
  const Value found = record(id);
  const std::array<Member, 7> members = {{{"id", Value::string(arena_.copy(id))},
                                          {"name", Value::string(arena_.copy(name))},
                                          {"type", Value::string("Microsoft.Resources/resourceGroups")},
                                          {"location", told(found, "location")},
                                          {"tags", tags_of(found)},
                                          {"properties", told(found, "properties")},
                                          {"managedBy", told(found, "managedBy")}}};
  const Value value = make_object(arena_, members);
  groups_.emplace(id, value);
  return value;
}

EvaluationContext ScopeBook::context(std::string_view resource_id, const EvaluationContext& given) {
  EvaluationContext context = given;
  const snapshot::ResourceId parts = snapshot::split_id(resource_id);
  const std::array<Member, 2> defaults = {{{"tags", Value::object({})}, {"managedBy", Value::null()}}};
  const auto fill = [&](Value& scope, bool known, std::size_t default_count, const auto& derive) {
    if (scope.is(ValueKind::Object))
      scope = completed(arena_, scope, known ? derive() : Value::object({}),
                        std::span(defaults).first(default_count));
    else if (known)
      scope = derive();
  };
  fill(context.subscription, !parts.subscription.empty(), 1,
       [&] { return subscription(parts.subscription); });
  // What a context says about the resource group is not about a resource outside of every group.
  if (!parts.subscription.empty() && parts.resource_group.empty())
    context.resource_group = Value::missing();
  else
    fill(context.resource_group, !parts.resource_group.empty(), 2,
         [&] { return resource_group(parts.subscription, parts.resource_group); });
  return context;
}

} // namespace writ
