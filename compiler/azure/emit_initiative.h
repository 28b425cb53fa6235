// SPDX-License-Identifier: MIT
// An initiative as a policy set definition document.
#pragma once

#include "ir/policy.h"

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace writ::azure {

/// The policy set definition as {"name", "properties": {…}}. `is_left_out`: members that cannot become Azure
/// Policy; the document is about the others. `own_id`: the id of a definition that is emitted beside it, by
/// its name; members of other documents keep the id that is written.
///
/// A reference id that the document did not give stands in it afterwards; null values of parameters are gone.
nlohmann::ordered_json emit_initiative(const ir::PolicySet& set, const ir::Initiative& initiative,
                                       const std::function<bool(const ir::InitiativeMember&)>& is_left_out,
                                       const std::function<std::string(const std::string& name)>& own_id);

} // namespace writ::azure
