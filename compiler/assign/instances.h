// SPDX-License-Identifier: MIT
// What is evaluated: one instance for each policy of each assignment, and for what nobody assigns.
// Source: docs/azure-policy-semantics.md, "What is evaluated".
#pragma once

#include "ir/policy.h"
#include "writ/catalog.h"
#include "writ/diagnostic.h"
#include "writ/semantics/compare.h"

#include <string>
#include <vector>

namespace writ::assign {

/// The instances of a linked set, in this order: assignments, initiatives that no assignment names, policies
/// that neither names. A policy or initiative that something refers to is evaluated through it only.
///
/// Arguments are literals, converted to the types of the policy's parameters. A value that does not fit makes
/// the instance a `problem` and is reported (MemberParameter). Values that an assignment gives to an
/// initiative must fit the initiative: otherwise AssignedParameter, and the assignment is left out.
///
/// `wanted`: names of initiatives; not empty: nothing else is evaluated, and an unknown one is
/// UnknownInitiative. Otherwise an initiative that is there on request gives no instances, and its members
/// are evaluated as if it were not there.
std::vector<ir::PolicyInstance> instances_of(ir::PolicySet& set, const Catalog& catalog,
                                             const SemanticsOptions& semantics, Diagnostics& diagnostics,
                                             const std::vector<std::string>& wanted = {});

/// Puts into the policies of `set.instances` what differs from the policy as it was read: the effect of an
/// override, and the answer of policy(). Such an instance gets a policy of its own, at the end of
/// `set.policies`.
void specialise(ir::PolicySet& set);

} // namespace writ::assign
