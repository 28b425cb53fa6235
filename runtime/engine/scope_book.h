// SPDX-License-Identifier: MIT
// What subscription() and resourceGroup() answer: from the snapshot's own records, else from the resource's
// id. Source: docs/azure-policy-semantics.md, "Functions" (subscription, resourceGroup).
#pragma once

#include "engine/fold_map.h"
#include "writ/arena.h"
#include "writ/semantics/functions.h"

#include <string>
#include <string_view>

namespace writ {

/// The record of a subscription or resource group, as found.
struct ScopeRecord {
  std::string id;
  std::string text; ///< JSON
};

/// Whether a context leaves nothing for the id and the records to add.
bool is_complete_subscription(const Value& given);

/// Filled while reading, asked afterwards. Values live as long as the book.
class ScopeBook {
public:
  /// The first record of an id counts.
  void add(ScopeRecord record) {
    std::string id = record.id;
    records_.try_emplace(std::move(id), std::move(record.text));
  }
  /// Completes what `given` does not supply, member by member. Without a context, what neither the id nor a
  /// record tells is unknown. A resource outside any resource group has no resourceGroup().
  EvaluationContext context(std::string_view resource_id, const EvaluationContext& given);

  /// Which records about the resource's scope the input lacks, as a hint for people; empty = none.
  [[nodiscard]] std::string missing_records(std::string_view resource_id) const;

private:
  Value subscription(std::string_view name);
  Value resource_group(std::string_view subscription, std::string_view name);
  Value record(const std::string& id);

  Arena arena_;
  FoldMap<std::string> records_; // by id
  FoldMap<Value> subscriptions_;
  FoldMap<Value> groups_;
};

} // namespace writ
