// SPDX-License-Identifier: MIT
// Parts of REST bodies that several targets look at.
#pragma once

#include "emit/document.h"
#include "emit/scope.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace writ::emit {

/// Parts of an id of this emission whose scope is open:
/// "{scope}/providers/Microsoft.Authorization/<type>/<name>".
struct OwnId {
  std::string type; ///< "policyDefinitions" or "policySetDefinitions"
  std::string name;
};
std::optional<OwnId> own_id(std::string_view text);

/// Own ids with their scope, everywhere in a document. An open scope stays open.
nlohmann::ordered_json with_scope(nlohmann::ordered_json node, const Scope& scope);

/// Names of the definitions of this emission that an initiative lists.
std::vector<std::string> own_members(const nlohmann::ordered_json& initiative);

/// Scope of an exemption; nothing when its id is not one of an exemption.
std::optional<Scope> exemption_scope(const Document& exemption);

/// A text of the body, or empty.
std::string text_of(const nlohmann::ordered_json& object, std::string_view key);

/// Identifiers of a configuration language: letters, digits and '_', a letter first. Different documents get
/// different ones, whatever else is among them: names that would become one carry a hash.
std::vector<std::string> symbols_of(std::span<const Document> documents);

/// Eight hexadecimal digits that depend on the text only, its case left aside.
std::string short_hash(std::string_view text);

/// What can be deployed is a custom policy: a copy of a built-in one says so.
nlohmann::ordered_json deployable(const nlohmann::ordered_json& properties);

} // namespace writ::emit
