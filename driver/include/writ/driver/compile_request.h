// SPDX-License-Identifier: MIT
// What the sources of a command are compiled with, for those who compile them more than once.
#pragma once

#include "writ/driver/sources.h"

namespace writ::driver {

/// Bundles among the policies of the request are left out.
CompileRequest compile_request(const SourceRequest& request);

} // namespace writ::driver
