// SPDX-License-Identifier: MIT
// Strings of a deployment template.
#pragma once

#include <string>
#include <string_view>

namespace writ::emit {

/// As it must stand in a template so that Azure Resource Manager reads it as this text: what begins with '['
/// and ends with ']' is an expression there, unless a second '[' stands in front; any other text is itself.
std::string arm_escaped(std::string_view text);

} // namespace writ::emit
