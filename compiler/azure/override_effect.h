// SPDX-License-Identifier: MIT
// The effect that an assignment puts in place of a policy's own.
#pragma once

#include "ir/policy.h"

#include <string>
#include <string_view>

namespace writ::azure {

/// Gives the policy another effect, and with it the resources that it applies to. Returns why the effect does
/// not fit the policy (details that it needs are not there), or an empty text.
std::string override_effect(ir::Graph& graph, ir::Policy& policy, std::string_view effect);

} // namespace writ::azure
