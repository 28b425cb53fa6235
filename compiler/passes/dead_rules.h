// SPDX-License-Identifier: MIT
// Requirements and controls that can never say anything.
#pragma once

#include "ir/policy.h"
#include "writ/catalog.h"
#include "writ/diagnostic.h"
#include "writ/semantics/compare.h"

namespace writ::passes {

/// Warns about controls whose conditions exclude each other whatever parameters are given:
/// NeverApplies for a control that never looks at a resource, NeverViolated for a requirement that always
/// holds where the control applies. Imported definitions are not judged: their authors are elsewhere. To be
/// called once per compilation, on the set as the checker made it (parameters unbound); policies are not
/// changed, the graph grows.
void warn_dead_rules(ir::PolicySet& set, const SemanticsOptions& semantics, const Catalog* catalog,
                     Diagnostics& diagnostics);

} // namespace writ::passes
