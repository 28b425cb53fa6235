// SPDX-License-Identifier: MIT
// Which left sides are one value, so that the laws of single values hold for them.
#pragma once

#include "ir/node.h"

namespace writ::passes {

/// False for what may select several members (or none): a field with an unbound [*] on some resource type or
/// API version, and fields by computed names. Source: docs/azure-policy-semantics.md, "Array aliases".
bool is_single_valued(const ir::Graph& graph, ir::NodeId left);

} // namespace writ::passes
