// SPDX-License-Identifier: MIT
// A plain walk over inputs, one resource after the other, for what need not be fast.
#pragma once

#include "snapshot/resource_root.h"
#include "writ/arena.h"
#include "writ/input.h"

#include <functional>
#include <vector>

namespace writ {

/// Calls back for every resource of the inputs; the root and its texts live as long as the call.
void for_each_resource(const std::vector<Input>& inputs,
                       const std::function<void(const snapshot::ResourceRoot&, Arena&)>& callback);

} // namespace writ
