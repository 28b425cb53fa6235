// SPDX-License-Identifier: MIT
// How two texts differ, line by line, as people read it.
#pragma once

#include <string>
#include <string_view>

namespace writ::cli {

/// Hunks as `diff -u` prints them: "@@ -3,7 +3,8 @@" and lines that begin with ' ', '-' or '+', two spaces in
/// front of each. At most `most_lines`; how many are left out is said. Empty when the texts are equal.
std::string text_difference(std::string_view before, std::string_view after, std::size_t most_lines = 60);

} // namespace writ::cli
