// SPDX-License-Identifier: MIT
// Parameters and texts as definitions and initiatives carry them.
#pragma once

#include "azure/template_text.h"
#include "ir/limits.h"
#include "ir/policy.h"

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace writ::azure {

/// A declaration as a member of `parameters`. `own`: of a control or an initiative of controls, which gets a
/// name for people when it has none.
nlohmann::ordered_json parameter_json(const ir::Graph& graph, const ir::PolicyParameter& parameter, bool own);

/// The text of a JSON object; an empty object when it is none.
nlohmann::ordered_json parsed_or_empty(const std::string& text);

/// A text that is not longer than Azure takes, cut between characters.
std::string clipped(const std::string& text, Limit limit);

} // namespace writ::azure
