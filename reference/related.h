// SPDX-License-Identifier: MIT
// The resources that auditIfNotExists and deployIfNotExists look for. Source: "Related resources".
#pragma once

#include "conditions.h"

#include <string>
#include <string_view>

namespace writ::reference {

/// Does some candidate satisfy the details? Unknown when the snapshot holds no resource of the type at all.
/// `env` has the resource of the rule as subject and origin; `why` receives the reason of Unknown.
Judgement find_satisfying(const json& details, Environment& env, std::string& why);

/// Does a name, which may be short or end in `?`, pick this full name?
bool name_matches(std::string_view wanted, std::string_view full_name);

} // namespace writ::reference
