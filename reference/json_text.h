// SPDX-License-Identifier: MIT
// JSON as the functions json() and base64ToJson() read it: strings and keys may stand in single quotes.
#pragma once

#include "json.h"

#include <optional>
#include <string_view>

namespace writ::reference {

/// One JSON value; nothing when the text is none.
std::optional<json> parse_json_text(std::string_view text);

} // namespace writ::reference
