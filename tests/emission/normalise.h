// SPDX-License-Identifier: MIT
// The normalisations of docs/emission.md, "Definitions", applied to JSON: what may differ between a
// definition and what is emitted for it, and nothing else. Knows nothing of the IR.
#pragma once

#include "writ/catalog.h"

#include <nlohmann/json.hpp>

namespace writ::test {

/// {"name", "properties"} of a published definition, normalised.
nlohmann::json normalised(const nlohmann::json& definition, const Catalog& catalog);

/// JSON pointer and both values where two documents differ first; empty = equal. The case of the names of
/// value counts is left aside: equal counts have one.
std::string first_difference(nlohmann::json wanted, nlohmann::json found);

} // namespace writ::test
