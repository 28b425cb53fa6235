// SPDX-License-Identifier: MIT
// The pattern languages of `like` and `match`. Source: docs/azure-policy-semantics.md, "Patterns".
#pragma once

#include <string_view>

namespace writ {

/// Whole-string match ignoring case; `*` stands for any run. `question_mark` lets `?` match one character.
/// Time O(n·m), no recursion.
bool like(std::string_view text, std::string_view pattern, bool question_mark = false);
/// Position by position over code points: `#` digit, `?` ASCII letter, `.` anything, else the same character.
bool match(std::string_view text, std::string_view pattern, bool ignore_case);

} // namespace writ
