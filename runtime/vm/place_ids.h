// SPDX-License-Identifier: MIT
// Ids that the id of a resource contains: of its parent, its resource group, its subscription.
#pragma once

#include <string_view>
#include <vector>

namespace writ::vm {

/// The resource that a child or extension resource belongs to; empty for top-level resources and for ids of
/// other systems.
std::string_view parent_id_of(std::string_view id);
/// "/subscriptions/s/resourceGroups/g", as spelled in the id, or empty.
std::string_view resource_group_id_of(std::string_view id);
/// "/subscriptions/s", as spelled in the id, or empty.
std::string_view subscription_id_of(std::string_view id);

/// The ids of the resources that a resource is a child or an extension of, nearest first: its parents within
/// its provider, then the resource that it extends; for a resource group, the subscription.
std::vector<std::string_view> resources_above(std::string_view id);

} // namespace writ::vm
