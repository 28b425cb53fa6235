// SPDX-License-Identifier: MIT
// Texts from files and snapshots on a terminal: whatever they hold, they must not steer it.
#pragma once

#include <string>
#include <string_view>

namespace writ::report {

/// The text with tabs and line ends as blanks, and control characters, invalid bytes and marks that turn the
/// direction of writing as U+FFFD. Every character stays one character.
std::string printable(std::string_view text);

} // namespace writ::report
