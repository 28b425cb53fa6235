// SPDX-License-Identifier: MIT
// Which exemptions may hold for an instance. Source: docs/azure-policy-semantics.md, "Exemptions".
#pragma once

#include "ir/policy.h"
#include "writ/diagnostic.h"

#include <vector>

namespace writ::assign {

/// Fills `exemptions` of the instances. Warns of exemptions that can have no effect (IdleExemption) and of
/// scopes that Azure would refuse (ScopeOutside).
void attach_exemptions(const ir::PolicySet& set, std::vector<ir::PolicyInstance>& instances,
                       Diagnostics& diagnostics);

} // namespace writ::assign
