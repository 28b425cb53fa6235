// SPDX-License-Identifier: MIT
// The IR as stable text, and back. For goldens, `writ ir` and people; positions are not part of it.
#pragma once

#include "ir/policy.h"

#include <string>
#include <string_view>

namespace writ::ir {

/// One node with everything below it: (and (test equals (field "type") (lit "A.B/c")) (not …)). Fields print
/// as their names; two fields of one name are told apart only in a dump of a whole set.
std::string dump(const Graph& graph, NodeId node);
/// One policy, without the fields it uses.
std::string dump(const Graph& graph, const Policy& policy);
/// A whole set: the fields that are used, the policies, the instances. Equal sets give equal texts.
std::string dump(const PolicySet& set);

/// What a text holds, or why it cannot be read.
struct ParsedSet {
  PolicySet set;
  std::string error; ///< "line 3: …"; empty = read
};
/// Reads what dump(set) prints. Nodes go through the Graph's builders, so a hand-written text is simplified
/// as any other condition.
ParsedSet parse_set(std::string_view text);

/// Reads one node into a graph. `fields` holds field declarations in the form of a set's dump; they may be
/// absent when the node names well-known fields only (type, name, location, …), tags and raw paths.
struct ParsedNode {
  NodeId node;
  std::string error;
};
ParsedNode parse_node(Graph& graph, std::string_view text, std::string_view fields = {});

} // namespace writ::ir
