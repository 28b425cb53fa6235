// SPDX-License-Identifier: MIT
// The JSON reader behind parse_json and the functions json and base64ToJson. Private to this layer.
#pragma once

#include "writ/semantics/value.h"

namespace writ::detail {

enum class JsonQuotes { Strict, SingleToo };

enum class JsonOutcome { Ok, Invalid, TooDeep };

inline constexpr int kMaxJsonDepth = 128;

/// As parse_json; SingleToo also takes strings and keys in apostrophes (with \' inside), as the template
/// language does.
JsonOutcome read_json(Arena& arena, std::string_view text, JsonQuotes quotes, Value& out, JsonError& error);

} // namespace writ::detail
