// SPDX-License-Identifier: MIT
// What the terminal can do.
#pragma once

#include <string>
#include <string_view>

namespace writ::cli {

/// `choice` is auto, always or never. auto: colour on a terminal, unless NO_COLOR is set or TERM is dumb.
bool use_color(const std::string& choice, int descriptor);
bool is_terminal(int descriptor);
/// The text without what would steer a terminal: control characters but tabs and line ends are '?'.
std::string printable(std::string_view text);
/// SIGPIPE ends quietly: `writ … | head` is not an error.
void ignore_broken_pipes();

} // namespace writ::cli
