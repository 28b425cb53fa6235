// SPDX-License-Identifier: MIT
// Files that tests read, and what Microsoft publishes, which lies beside the project.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace writ::testing {

/// The bytes of a file; nothing when it cannot be read.
std::optional<std::string> read_file(const std::string& path);
/// A file of ../shared/azure. Where it is not there, says on standard output that something is skipped.
std::optional<std::string> read_published(std::string_view name);
/// Lines without their ends.
std::vector<std::string> lines_of(const std::string& text);

} // namespace writ::testing
