// SPDX-License-Identifier: MIT
// `details` of an effect as the JSON of a policy rule.
// Source: docs/azure-policy-semantics.md, "Effects", "Related resources".
#pragma once

#include "azure/emit_condition.h"
#include "ir/policy.h"

namespace writ::azure {

/// The whole `details`: members, operations, existence condition, deployment template. Null when the effect
/// has none. What cannot be said is among the failures of the writer.
nlohmann::ordered_json details_json(const ir::Graph& graph, const ir::Effect& effect,
                                    ConditionWriter& conditions);

} // namespace writ::azure
