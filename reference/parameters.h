// SPDX-License-Identifier: MIT
// Declared parameters and the values they get. Source: "Parameters".
#pragma once

#include "environment.h"
#include "truth.h"

#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace writ::reference {

enum class ParameterType { String, Array, Object, Boolean, Integer, Float, DateTime };

struct ParameterDeclaration {
  std::string name;
  ParameterType type = ParameterType::String;
  std::optional<json> default_value;
  std::optional<json> allowed_values; ///< an array
};
using ParameterDeclarations = std::vector<ParameterDeclaration>;

/// From the member `parameters` of a definition or an initiative; nullptr or null = none.
std::variant<ParameterDeclarations, Failure> read_parameters(const json* declarations);
std::set<std::string> lower_names(const ParameterDeclarations& declarations);

/// Values by declared name; `given` is an object name → value.
std::variant<ParameterValues, Failure> bind_parameters(const ParameterDeclarations& declarations,
                                                       const json& given);

} // namespace writ::reference
