// SPDX-License-Identifier: MIT
// The wildcards of `like` and the position patterns of `match`. Source: "Text family".
#pragma once

#include <string_view>

namespace writ::reference {

/// Whole text, ignoring case; `*` is any run, also empty. `question_mark`: `?` is one character.
bool like(std::string_view text, std::string_view pattern, bool question_mark);
/// Same length; `#` digit, `?` ASCII letter, `.` anything; `fold_case` folds the other characters one by one.
bool match(std::string_view text, std::string_view pattern, bool fold_case);

} // namespace writ::reference
