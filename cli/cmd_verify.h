// SPDX-License-Identifier: MIT
// The command `verify`.
#pragma once

#include "commands.h"

namespace writ::cli {

Action setup_verify(CLI::App& app, const GlobalOptions& global);

} // namespace writ::cli
