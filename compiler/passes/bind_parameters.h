// SPDX-License-Identifier: MIT
// Arguments and defaults in place of parameters.
#pragma once

#include "ir/policy.h"
#include "passes/fold.h"
#include "writ/diagnostic.h"

namespace writ::passes {

/// One policy per instance, its conditions specialised in the shared graph, instance i on policy i with its
/// arguments as literals. Policies nobody instantiates are dropped; without instances each policy is its own.
/// An argument is a literal or an expression of literals; anything else is ParameterNotAllowed. A null given
/// for a parameter becomes null(): on a right side a computed null is an error, a literal one is not.
/// Returns how many policies changed.
std::size_t bind_parameters(ir::PolicySet& set, Folder& fold, Diagnostics& diagnostics);

} // namespace writ::passes
