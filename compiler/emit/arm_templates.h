// SPDX-License-Identifier: MIT
// Deployment templates as they are sent: what ARM files hold, and what Bicep files are compiled to.
#pragma once

#include "emit/document.h"
#include "emit/target.h"

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

namespace writ::emit {

struct ArmTemplate {
  std::string name; ///< "policies" or "exemptions"
  nlohmann::ordered_json body;
};

/// Definitions and initiatives in one, exemptions in another; none that is empty.
std::vector<ArmTemplate> arm_templates(std::span<const Document> documents, const RenderOptions& options);

} // namespace writ::emit
