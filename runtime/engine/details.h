// SPDX-License-Identifier: MIT
// The resolved `details` of an effect as JSON text. Source: docs/azure-policy-semantics.md, "Effects".
#pragma once

#include "engine/prepared.h"
#include "vm/vm.h"

#include <string>
#include <string_view>

namespace writ {

/// Begins the reason when an operation or a member of `details` cannot be computed.
inline constexpr std::string_view kUnresolvedDetails = "details cannot be resolved: ";

/// Whether the `condition` of an operation says that it does not take part. One that cannot be computed,
/// because it asks for the request, does not: every operation belongs to what a scan reports.
bool is_false_condition(const Value& value);

/// For the resource that the machine holds. Empty when the control has none. append and modify are put
/// together from their operations; those whose condition is false are left out. The deployment template is
/// left out unless `full`: its expressions belong to the deployment. What cannot be computed prints as null,
/// and `problem` says why.
std::string details_json(vm::Machine& machine, const PreparedBundle& bundle, std::uint32_t control, bool full,
                         std::string& problem);

} // namespace writ
