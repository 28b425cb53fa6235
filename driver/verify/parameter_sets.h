// SPDX-License-Identifier: MIT
// Parameter values under which a definition is compared: its defaults, and other values of each parameter.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace writ::driver::verify {

using json = nlohmann::ordered_json;

/// Name → value of what differs from the defaults; parameters without a default always have a value.
struct ParameterSet {
  json values = json::object();
  /// "effect = \"Deny\"", or "" for defaults.
  [[nodiscard]] std::string text() const;
};

/// The defaults first. Then one parameter at a time: every allowed value; without a list of them, values
/// around the default (both booleans, numbers one off, the empty text and the other case, lists empty, of one
/// element, one short), and the values in `examples`, objects name → value. `declarations`: the member
/// `parameters` of a definition.
std::vector<ParameterSet> parameter_sets(const json& declarations, const std::vector<json>& examples = {});

} // namespace writ::driver::verify
