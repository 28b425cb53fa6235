// SPDX-License-Identifier: MIT
// What is legal in a definition and yet seldom meant, and what Azure would refuse although Writ evaluates it.
#pragma once

#include "azure/json_doc.h"
#include "writ/catalog.h"
#include "writ/diagnostic.h"

namespace writ::azure {

/// Adds warnings about a definition that has been read without mistakes. `body` holds the members beside
/// `policyRule`; for a bare rule it is the rule. None of them changes a verdict.
void lint_definition(const JsonNode& body, const JsonNode& rule, const Catalog& catalog,
                     Diagnostics& diagnostics);

} // namespace writ::azure
