// SPDX-License-Identifier: MIT
// Azure's limits, held against what is emitted.
#pragma once

#include "emit/document.h"
#include "ir/limits.h"

#include <span>
#include <string>
#include <vector>

namespace writ::emit {

/// A limit that is exceeded.
struct Excess {
  azure::Limit limit;
  std::size_t count = 0;
  std::string where; ///< the part of the document when there are several of its kind: "`x` in …"; or empty
};

/// Limits of one document, in the order of the table. Source: docs/azure-policy-semantics.md, "Limits".
std::vector<Excess> exceeded_limits(DocumentKind kind, const nlohmann::ordered_json& body);

/// Limits of a deployment template and of the deployments that are nested in it. `name`: what it is called in
/// messages.
std::vector<Excess> exceeded_template_limits(const std::string& name, const nlohmann::ordered_json& body);

/// Limits of a place that holds all of them; exemptions each have their own.
std::vector<Excess> exceeded_limits(std::span<const Document> documents);

/// "21 parameters of a definition; Azure takes 20".
std::string to_text(const Excess& excess);

} // namespace writ::emit
