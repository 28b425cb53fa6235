// SPDX-License-Identifier: MIT
// Files that a command writes, against those that are there: what `--check` does in CI.
#pragma once

#include "writ/compiler.h"
#include "writ/files.h"

#include <string>
#include <string_view>
#include <vector>

namespace writ::cli {

/// Prints what is missing, out of date (with the lines that differ) or there without a reason, and gives the
/// exit code. Nothing is written. Only a file with this ending can be there without a reason, and, where
/// `mark` is not empty, only one that contains it or whose name begins with "writ-".
int check_written(const Files& files, const std::string& folder, const std::vector<EmittedFile>& expected,
                  std::string_view ending, std::string_view mark = {});

/// Writes them below the folder; files of the user that are there stay. The first one that fails is the
/// error.
Status write_all(Files& files, const std::string& folder, const std::vector<EmittedFile>& written);

} // namespace writ::cli
