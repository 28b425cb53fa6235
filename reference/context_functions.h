// SPDX-License-Identifier: MIT
// Functions that read the context of the evaluation. Source: "Context functions and policy-only functions".
#pragma once

#include "environment.h"
#include "functions.h"

namespace writ::reference {

/// requestContext, policy, subscription, resourceGroup, utcNow.
Outcome call_context_function(Special function, const Environment& env);

} // namespace writ::reference
