// SPDX-License-Identifier: MIT
// Files that a command writes, against those that are there: what `--check` does in CI.
#pragma once

#include "writ/compiler.h"
#include "writ/files.h"

#include <string>
#include <string_view>
#include <vector>

namespace writ::cli {

/// Prints what is missing, out of date (with the first line that differs) or there without a reason, and
/// gives the exit code. Nothing is written. Of the folder only files with this ending are looked at.
int check_written(const Files& files, const std::string& folder, const std::vector<EmittedFile>& expected,
                  std::string_view ending);

} // namespace writ::cli
