// SPDX-License-Identifier: MIT
#include "engine/type_cache.h"

#include "snapshot/resource_root.h"

namespace writ {

void TypeCache::remember(Recent& recent, std::string_view type) {
  recent.spelling = type;
  if (const auto known = entries_.find(recent.spelling); known != entries_.end()) {
    recent.entry = known->second.get();
    return;
  }
  auto entry = std::make_unique<TypeEntry>();
  entry->name = type;
  entry->scope = equal_ascii_fold(type, snapshot::kSubscriptionType) ||
                 equal_ascii_fold(type, snapshot::kResourceGroupType);
  for (std::uint32_t b = 0; b < state_.bundles.size(); ++b) {
    const PreparedBundle& bundle = state_.bundles[b];
    TypeEntry::InBundle& known = entry->bundles.emplace_back();
    known.program = bundle.state->image.find_type(type);
    known.related = state_.relations.wants(b, type);
    known.joined = state_.joins.wants(b, type);
    const bool runs = bundle.program().types[known.program].control_count > 0;
    for (TypePlan& plan : known.plans)
      plan.idle = !runs && !known.related && !known.joined;
  }
  recent.entry = entry.get();
  entries_.emplace(entry->name, std::move(entry));
}

} // namespace writ
