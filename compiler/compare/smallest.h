// SPDX-License-Identifier: MIT
// Where two conditions differ, without what they have in common.
#pragma once

#include "ir/node.h"

#include <utility>

namespace writ::compare {

/// The smallest parts at the same place that make two nodes of one graph differ; an invalid node stands for
/// a part that the other side does not have.
std::pair<ir::NodeId, ir::NodeId> smallest_difference(ir::Graph& graph, ir::NodeId left, ir::NodeId right);

} // namespace writ::compare
