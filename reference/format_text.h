// SPDX-License-Identifier: MIT
// Composite formatting of the function format(). Source: "format(fmt, item0, …)".
#pragma once

#include "functions.h"

#include <string_view>

namespace writ::reference {

Outcome format_composite(std::string_view format, Arguments items);

} // namespace writ::reference
