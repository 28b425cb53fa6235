// SPDX-License-Identifier: MIT
// The controls of the standard library as IR.
#pragma once

#include "check/project.h"

namespace writ::testing {

/// Parsed and checked from the source tree; throws when it has errors.
CheckedText standard_library();

} // namespace writ::testing
