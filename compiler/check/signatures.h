// SPDX-License-Identifier: MIT
// What functions of the template language take and give, as far as it can be known before they run.
#pragma once

#include "check/types.h"
#include "writ/semantics/functions.h"

#include <cstddef>
#include <span>
#include <string>

namespace writ::check {

/// Whether an argument of this type can be right. Any always can. Positions behind the last described one are
/// like it.
bool accepts_argument(Function function, std::size_t position, const Type& type);
/// What `position` takes, for messages: "a string", "an array or a string", …
std::string argument_kind(Function function, std::size_t position);
/// Type of the result for arguments of these types.
Type result_type(Function function, std::span<const Type> arguments);
/// False for functions that Writ has another spelling for (field, current, parameters).
bool has_signature(Function function);

} // namespace writ::check
