// SPDX-License-Identifier: MIT
// JSON values as Bicep.
// Source: learn.microsoft.com/azure/azure-resource-manager/bicep/data-types.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace writ::emit {

/// 'text' with escapes for quotes, backslashes, `${` and control characters.
std::string bicep_string(std::string_view text);
/// A name of an object's property: as it is when it is an identifier, else a string.
std::string bicep_key(std::string_view key);

/// Another expression in the place of a string; empty = the string itself.
using BicepReference = std::function<std::string(std::string_view text)>;

/// A value over several lines, `indent` being the column of the line that it begins on. Bicep has no literal
/// for a number with a fraction or beyond 64 bits: it stands in json().
std::string bicep_value(const nlohmann::ordered_json& value, std::size_t indent,
                        const BicepReference& reference = {});

} // namespace writ::emit
