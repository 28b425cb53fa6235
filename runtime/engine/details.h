// SPDX-License-Identifier: MIT
// The resolved `details` of an effect as JSON text. Source: docs/azure-policy-semantics.md, "Effects".
#pragma once

#include "engine/prepared.h"
#include "vm/vm.h"

#include <string>

namespace writ {

/// For the resource that the machine holds. Empty when the control has none. append and modify are put
/// together from their operations; those whose condition is false are left out. The deployment template is
/// left out unless `full`: its expressions belong to the deployment. What cannot be computed prints as null,
/// and `problem` says why.
std::string details_json(vm::Machine& machine, const PreparedBundle& bundle, std::uint32_t control, bool full,
                         std::string& problem);

} // namespace writ
