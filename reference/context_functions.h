// SPDX-License-Identifier: MIT
// Functions that read the context of the evaluation. Source: "Context functions and policy-only functions".
#pragma once

#include "environment.h"
#include "functions.h"

namespace writ::reference {

/// requestContext, policy, subscription, resourceGroup, utcNow.
Outcome call_context_function(Special function, const Environment& env);

/// Whether a live request would have this member of subscription() or resourceGroup(), and nothing here tells
/// it: no context, and no record in the snapshot. `object`: what the function returned.
bool is_untold(Special function, const json& object, const std::string& member, const Environment& env);

} // namespace writ::reference
