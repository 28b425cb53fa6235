// SPDX-License-Identifier: MIT
#include "engine/scope_book.h"

#include "snapshot/resource_root.h"
#include "writ/semantics/value.h"

#include <array>
#include <span>
#include <utility>

namespace writ {

namespace {

Value make_object(Arena& arena, std::span<const Member> members) {
  const auto stored = arena.array<Member>(members.size());
  for (std::size_t i = 0; i < members.size(); ++i)
    stored[i] = members[i];
  return Value::object(stored);
}

/// A member of the record; unknown without a record.
Value told(const Value& record, std::string_view key) {
  return record.is(ValueKind::Object) ? find_member(record, key) : Value::unknown();
}

/// `tags` is always an object.
Value tags_of(const Value& record) {
  const Value tags = told(record, "tags");
  return tags.absent() ? Value::object({}) : tags;
}

} // namespace

Value ScopeBook::record(const std::string& id) {
  const auto found = records_.find(id);
  Value value;
  JsonError error;
  if (found == records_.end() || !parse_json(arena_, found->second, value, error)) return Value::missing();
  return value;
}

Value ScopeBook::subscription(std::string_view name) {
  if (const auto known = subscriptions_.find(name); known != subscriptions_.end()) return known->second;
  const std::string id = "/subscriptions/" + std::string(name);
  const Value found = record(id);
  Value display = told(found, "displayName");
  if (display.is(ValueKind::Missing)) display = told(found, "name");
  Value tenant = told(found, "tenantId");
  if (tenant.is(ValueKind::Missing)) tenant = Value::unknown();
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
  std::array<Member, 7> members = {{{"id", Value::string(arena_.copy(id))},
                                    {"name", Value::string(arena_.copy(name))},
                                    {"type", Value::string("Microsoft.Resources/resourceGroups")},
                                    {"location", told(found, "location")},
                                    {"tags", tags_of(found)},
                                    {"properties", told(found, "properties")},
                                    {"managedBy", told(found, "managedBy")}}};
  // managedBy may be absent; an object has no missing members.
  const std::size_t count = members.back().value.is(ValueKind::Missing) ? members.size() - 1 : members.size();
  for (Member& member : std::span(members).first(count))
    if (member.value.is(ValueKind::Missing)) member.value = Value::null();
  const Value value = make_object(arena_, std::span(members).first(count));
  groups_.emplace(id, value);
  return value;
}

EvaluationContext ScopeBook::context(std::string_view resource_id, const EvaluationContext& given) {
  EvaluationContext context = given;
  const snapshot::ResourceId parts = snapshot::split_id(resource_id);
  if (context.subscription.is(ValueKind::Missing) && !parts.subscription.empty())
    context.subscription = subscription(parts.subscription);
  if (context.resource_group.is(ValueKind::Missing) && !parts.resource_group.empty())
    context.resource_group = resource_group(parts.subscription, parts.resource_group);
  return context;
}

} // namespace writ
