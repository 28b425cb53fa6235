// SPDX-License-Identifier: MIT
// Number formats of the function format(): standard specifiers and pictures. Private to this layer.
#pragma once

#include "writ/semantics/value.h"

#include <optional>
#include <string>
#include <string_view>

namespace writ::detail {

/// `number` is an Int or Float; `spec` is not empty. Nothing when the format is not one of the known ones.
std::optional<std::string> format_number(const Value& number, std::string_view spec);

/// A picture of 0 # . , % and quoted text.
std::optional<std::string> format_picture(const Value& number, std::string_view picture);

/// Digits with a comma between groups of three.
std::string group_thousands(std::string_view digits);

} // namespace writ::detail
