// SPDX-License-Identifier: MIT
// Every condition and operand of a policy, for passes that rewrite them.
#pragma once

#include "ir/policy.h"

#include <functional>

namespace writ::passes {

/// Replaces each valid node by what `change` gives for it. True: something changed.
bool rewrite_policy(ir::Policy& policy, const std::function<ir::NodeId(ir::NodeId)>& change);
/// As rewrite_policy, but conditions only: what is evaluated per resource.
bool rewrite_conditions(ir::Policy& policy, const std::function<ir::NodeId(ir::NodeId)>& change);
void for_each_root(const ir::Policy& policy, const std::function<void(ir::NodeId)>& visit);

} // namespace writ::passes
