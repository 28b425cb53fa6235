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
    entry->program.push_back(bundle.state->image.find_type(type));
    entry->related.push_back(state_.relations.wants(b, type) ? 1 : 0);
    entry->joined.push_back(state_.joins.wants(b, type) ? 1 : 0);
    const bool runs = bundle.program().types[entry->program[b]].control_count > 0;
    entry->idle.push_back(!runs && entry->related[b] == 0 && entry->joined[b] == 0 ? 1 : 0);
  }
  entry->planned.resize(state_.bundles.size(), 0);
  entry->controls.resize(state_.bundles.size());
  recent.entry = entry.get();
  entries_.emplace(entry->name, std::move(entry));
}

} // namespace writ
