// SPDX-License-Identifier: MIT
// Copies nodes from one graph into another, so that conditions of two compilations can be compared: in one
// graph equal nodes have equal ids.
#pragma once

#include "ir/policy.h"

#include <unordered_map>

namespace writ::ir {

/// Both graphs must outlive it; they must be two.
class Transfer {
public:
  Transfer(const Graph& from, Graph& to) : from_(from), to_(to) {}
  /// The same node over there; an invalid id stays invalid.
  NodeId operator()(NodeId id);
  /// All nodes of a policy.
  Policy operator()(const Policy& policy);

private:
  NodeId copy(NodeId id);
  FieldId field(FieldId id) { return id.valid() ? to_.add_field(from_.field_info(id)) : id; }

  const Graph& from_;
  Graph& to_;
  std::unordered_map<std::uint32_t, NodeId> done_;
};

} // namespace writ::ir
