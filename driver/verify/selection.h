// SPDX-License-Identifier: MIT
// Which controls of a compilation a request is about, and their emitted files.
#pragma once

#include "writ/driver/verify.h"

#include <string>
#include <vector>

namespace writ::driver::verify {

bool is_selected(const ControlInfo& control, const VerifyRequest& request);
/// Files of the selected controls that can be emitted.
std::vector<EmittedFile> emit_selected(Compilation& compilation, const VerifyRequest& request);

} // namespace writ::driver::verify
