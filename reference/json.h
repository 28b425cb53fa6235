// SPDX-License-Identifier: MIT
// The JSON tree of the reference interpreter: document order of members is kept.
#pragma once

#include <nlohmann/json.hpp>

namespace writ::reference {
using json = nlohmann::ordered_json;
} // namespace writ::reference
