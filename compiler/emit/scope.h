// SPDX-License-Identifier: MIT
// Where emitted policies will live.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace writ::emit {

enum class ScopeKind : std::uint8_t { ManagementGroup, Subscription, ResourceGroup, Resource };

/// A place of policies. Definitions and initiatives live in management groups and subscriptions only.
struct Scope {
  ScopeKind kind = ScopeKind::ManagementGroup;
  std::string id;               ///< full id without a trailing slash; empty = open, chosen at deployment
  std::string management_group; ///< name
  std::string subscription;     ///< id
  std::string resource_group;   ///< name
  std::string resource;         ///< below the group: "Microsoft.X/types/name", or of the subscription
};

/// "/providers/Microsoft.Management/managementGroups/<name>", "/subscriptions/<id>", and below.
/// "management-group" and "subscription" stand for one that is chosen at deployment. Nothing when it is
/// neither.
std::optional<Scope> parse_scope(std::string_view text);

} // namespace writ::emit
