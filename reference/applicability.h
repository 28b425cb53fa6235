// SPDX-License-Identifier: MIT
// Which resources a definition is about. Source: "Applicability".
#pragma once

#include "effects.h"

#include <optional>
#include <string>

namespace writ::reference {

/// The upper approximation of the condition by its type, name and kind leaves.
bool may_apply(const json& condition, Environment& env);
/// The same with a fixed choice of leaves: data-plane modes look at the type, and some at the name.
bool may_apply_by(const json& condition, bool by_type, bool by_name, Environment& env);

/// Why the mode does not look at this resource, if so.
std::optional<std::string> outside_of_mode(ModeKind mode, const json& resource, const Catalogue& catalogue);

bool is_subscription(const json& resource);
bool is_resource_group(const json& resource);
/// Does the rule contain a condition on the location, also through the function field()?
bool mentions_location(const json& node, ExpressionCache& cache);

} // namespace writ::reference
