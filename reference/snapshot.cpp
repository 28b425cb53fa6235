// SPDX-License-Identifier: MIT
#include "snapshot.h"

#include "text.h"
#include "value.h"

namespace writ::reference {

Snapshot::Snapshot(std::vector<json> resources) : resources_(std::move(resources)) {
  for (const json& resource : resources_) {
    by_type_[lower_ascii(string_member(resource, "type"))].push_back(&resource);
    by_id_.emplace(lower_ascii(string_member(resource, "id")), &resource);
  }
}

const std::vector<const json*>& Snapshot::of_type(std::string_view type) const {
  static const std::vector<const json*> kNone;
  const auto found = by_type_.find(lower_ascii(type));
  return found == by_type_.end() ? kNone : found->second;
}

const json* Snapshot::by_id(std::string_view id) const {
  const auto found = by_id_.find(lower_ascii(id));
  return found == by_id_.end() ? nullptr : found->second;
}

} // namespace writ::reference
