// SPDX-License-Identifier: MIT
// What a compilation gives to Azure, before a target decides in which files it stands.
#pragma once

#include "writ/source.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace writ::emit {

enum class DocumentKind : std::uint8_t { Definition, Initiative, Exemption };

/// One resource of Microsoft.Authorization as the body of its REST call.
///
/// A definition or initiative is {"name", "properties"}. A member of an initiative that is a definition of
/// the same emission names it by `own_definition_id(name)`: targets put the scope, or a reference of their
/// own language, in its place. An exemption is {"id", "name", "properties"}; its scope is `id` up to
/// "/providers/Microsoft.Authorization/policyExemptions/".
struct Document {
  DocumentKind kind = DocumentKind::Definition;
  std::string name; ///< of the resource, as in `json`
  nlohmann::ordered_json json;
  std::string control_id;   ///< what the author calls it: of the control, definition, initiative or exemption
  std::string meaning = {}; ///< canonical text of what it means, for its version; empty = not asked for
  Span span = {};           ///< its declaration, for messages; empty = none
};

/// Id of a definition of this emission while its scope is open.
inline constexpr std::string_view kOwnDefinitions =
    "{scope}/providers/Microsoft.Authorization/policyDefinitions/";
inline std::string own_definition_id(std::string_view name) {
  return std::string(kOwnDefinitions) + std::string(name);
}
/// The same for initiatives, which exemptions may name.
inline constexpr std::string_view kOwnInitiatives =
    "{scope}/providers/Microsoft.Authorization/policySetDefinitions/";

} // namespace writ::emit
