// SPDX-License-Identifier: MIT
// Files of a target back to REST bodies: the reading side of each target's language, written apart from the
// writing side.
#pragma once

#include "writ/compiler.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace writ::driver::targets {

using json = nlohmann::ordered_json;

/// What was written, and what is wrong with how it was written.
struct TargetContents {
  std::vector<json> bodies; ///< {"id" (exemptions), "name", "properties"}, own ids as "{scope}/…"
  std::vector<std::string> problems;
};

TargetContents read_target(const std::string& target, const std::vector<EmittedFile>& files);

} // namespace writ::driver::targets
