// SPDX-License-Identifier: MIT
// A policy as an Azure Policy definition document.
#pragma once

#include "azure/template_text.h"
#include "ir/policy.h"
#include "writ/result.h"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace writ::azure {

/// What the catalogue adds: whether every type of the policy supports tags and location (mode Indexed).
struct DefinitionOptions {
  bool indexed = false;
};

/// The definition as {"name", "properties": {…}}, or the diagnostic NotEmittable that names the part and the
/// reason. For a control: if = applicable and some violation; `where` and `require` are one rule.
Result<nlohmann::ordered_json>
emit_definition(ir::Graph& graph, const ir::Policy& policy, const DefinitionOptions& options,
                const std::unordered_map<std::uint32_t, Span>* node_spans = nullptr);

/// A text of a control that is emitted shorter than it is: Azure takes so much and no more.
struct CutText {
  std::string_view member; ///< "displayName"
  std::size_t length = 0;
  std::size_t most = 0;
};
/// Empty for definitions: they are what they are.
std::vector<CutText> cut_texts(const ir::Policy& policy);

/// The `if` of the rule: applicable and some violation; for an imported definition the `if` it came with.
ir::NodeId rule_condition(ir::Graph& graph, const ir::Policy& policy);

/// Name of the definition resource: the control id in lower case, other characters than letters, digits and
/// '-' replaced.
std::string definition_name(const ir::Policy& policy);

/// What a control with this effect lets its effect parameter be; empty for an unknown one.
std::vector<std::string_view> exchangeable_effects(std::string_view effect);

/// Canonical bytes: two-space indent, keys in the order of Azure's documentation, line end at the end.
std::string to_canonical_text(const nlohmann::ordered_json& document);

} // namespace writ::azure
