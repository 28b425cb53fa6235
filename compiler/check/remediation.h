// SPDX-License-Identifier: MIT
// `remediate`, `deny action` and `manual`: what the effect of a control needs besides its condition. Private
// to check/.
#pragma once

#include "check/control.h"
#include "check/control_effects.h"

namespace writ::check {

/// Fills `policy.effect.details` and its operations. `policy.effect.existence` must have been set for
/// `deploy`. Mistakes are reported.
void check_remediation(const syntax::ControlDecl& control, ControlShape shape, const ScopePtr& scope,
                       Lowering& lowering, const ControlContext& context, ir::Policy& policy);

} // namespace writ::check
