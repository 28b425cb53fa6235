// SPDX-License-Identifier: MIT
// What Azure allows an operation to change, as far as the catalogue knows.
#pragma once

#include "emit/document.h"
#include "writ/catalog.h"

#include <string>

namespace writ::emit {

/// The first operation of a definition that changes what cannot be changed, and why; empty = none. Aliases
/// that the catalogue does not describe are taken to be right. Source: docs/azure-policy-semantics.md,
/// "Effects", modify.
std::string forbidden_operation(const nlohmann::ordered_json& definition, const Catalog& catalog);

} // namespace writ::emit
