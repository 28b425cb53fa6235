// SPDX-License-Identifier: MIT
// Exemptions by the place that a deployment must go to.
#pragma once

#include "emit/body.h"
#include "emit/target.h"

#include <span>
#include <vector>

namespace writ::emit {

/// A management group, subscription or resource group, and the exemptions of it and of resources in it.
struct ExemptionPlace {
  Scope container;
  std::vector<const Document*> exemptions;
};

/// Sorted by id, case left aside. Exemptions without a scope are left out: they have a remark.
std::vector<ExemptionPlace> exemption_places(std::span<const Document> documents);

/// What keeps an exemption from being deployed: an id that names no place, or an assignment or initiative
/// whose scope is open.
std::vector<Remark> exemption_remarks(const Document& exemption, const RenderOptions& options);

} // namespace writ::emit
