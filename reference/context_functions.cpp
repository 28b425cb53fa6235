// SPDX-License-Identifier: MIT
#include "context_functions.h"

#include "dates.h"
#include "resource_id.h"
#include "snapshot.h"
#include "text.h"
#include "value.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

namespace writ::reference {
namespace {

Outcome unavailable(const std::string& what) {
  return Outcome::error("context-unavailable", what + " is not known here");
}

/// Members of `source` that `target` lacks.
void fill(json& target, const json& source, std::initializer_list<const char*> keys) {
  for (const char* key : keys)
    if (const json* member = find_member(source, key);
        member != nullptr && find_member(target, key) == nullptr)
      target[key] = *member;
}

const json* record(const Environment& env, const std::string& id) {
  return env.snapshot == nullptr ? nullptr : env.snapshot->by_id(id);
}

Outcome subscription(const Environment& env) {
  const ResourceId id = parse_resource_id(string_member(*env.origin, "id"));
  json out = env.context->subscription.is_object() ? env.context->subscription : json::object();
  if (!id.subscription.empty()) {
    const std::string own_id = "/subscriptions/" + id.subscription;
    if (!out.contains("id")) out["id"] = own_id;
    if (!out.contains("subscriptionId")) out["subscriptionId"] = id.subscription;
    if (const json* known = record(env, own_id)) {
      fill(out, *known, {"tenantId", "displayName", "tags"});
      if (const json* properties = find_member(*known, "properties"))
        fill(out, *properties, {"tenantId", "displayName"});
    }
  }
  return out.empty() ? unavailable("subscription()") : Outcome::of(std::move(out));
}

Outcome resource_group(const Environment& env) {
  const ResourceId id = parse_resource_id(string_member(*env.origin, "id"));
  if (!id.subscription.empty() && id.resource_group.empty()) return unavailable("resourceGroup()");
  const bool given = env.context->resource_group.is_object() && !env.context->resource_group.empty();
  json out = given ? env.context->resource_group : json::object();
  const json* known = nullptr;
  if (!id.resource_group.empty()) {
    const std::string own_id = "/subscriptions/" + id.subscription + "/resourceGroups/" + id.resource_group;
    known = record(env, own_id);
    if (!out.contains("id")) out["id"] = own_id;
    if (!out.contains("name")) out["name"] = id.resource_group;
    if (!out.contains("type")) out["type"] = "Microsoft.Resources/resourceGroups";
    if (known != nullptr) fill(out, *known, {"location", "managedBy", "tags", "properties"});
  }
  if (out.empty()) return unavailable("resourceGroup()");
  const json* tags = find_member(out, "tags");
  if ((given || known != nullptr) && is_absent(tags)) out["tags"] = json::object();
  // A group that nobody manages: published rules read the member without asking whether it is there.
  if ((given || known != nullptr) && find_member(out, "managedBy") == nullptr) out["managedBy"] = nullptr;
  return Outcome::of(std::move(out));
}

Outcome policy(const Environment& env) {
  if (!env.context->policy.is_object()) return unavailable("policy()");
  json out = env.context->policy;
  for (const char* key : {"setDefinitionId", "definitionReferenceId"})
    if (find_member(out, key) == nullptr) out[key] = nullptr;
  return Outcome::of(std::move(out));
}

} // namespace

bool is_untold(Special function, const json& object, const std::string& member, const Environment& env) {
  const bool group = function == Special::ResourceGroup;
  if (!group && function != Special::Subscription) return false;
  const json& given = group ? env.context->resource_group : env.context->subscription;
  if ((given.is_object() && !given.empty()) || find_member(object, member) != nullptr) return false;
  const json* id = find_member(object, "id");
  if (id == nullptr || !id->is_string() || record(env, id->get<std::string>()) != nullptr) return false;
  constexpr std::array<std::string_view, 4> kOfGroups = {"location", "managedBy", "tags", "properties"};
  constexpr std::array<std::string_view, 3> kOfSubscriptions = {"tenantId", "displayName", "tags"};
  const auto is_member = [&](std::string_view known) { return equal_ascii(known, member); };
  return group ? std::any_of(kOfGroups.begin(), kOfGroups.end(), is_member)
               : std::any_of(kOfSubscriptions.begin(), kOfSubscriptions.end(), is_member);
}

Outcome call_context_function(Special function, const Environment& env) {
  switch (function) {
  case Special::RequestContext:
    if (!env.context->request_context.is_object()) return unavailable("requestContext()");
    return Outcome::of(env.context->request_context);
  case Special::Policy:
    return policy(env);
  case Special::Subscription:
    return subscription(env);
  case Special::ResourceGroup:
    return resource_group(env);
  default:
    break;
  }
  const auto now = parse_comparable_date(env.context->now);
  return now ? Outcome::of(format_date(*now)) : unavailable("utcNow()");
}

} // namespace writ::reference
