// SPDX-License-Identifier: MIT
// What the terminal can do.
#pragma once

#include <string>

namespace writ::cli {

/// `choice` is auto, always or never. auto: colour on a terminal, unless NO_COLOR is set or TERM is dumb.
bool use_color(const std::string& choice, int descriptor);
bool is_terminal(int descriptor);
/// SIGPIPE ends quietly: `writ … | head` is not an error.
void ignore_broken_pipes();

} // namespace writ::cli
