// SPDX-License-Identifier: MIT
// Makes a situation that two evaluators disagree on as small as it can be.
#pragma once

#include "verify/boundary_situation.h"

#include <functional>
#include <string>
#include <vector>

namespace writ::driver::verify {

using Differs = std::function<bool(const Situation&)>;

/// Takes rows, members and elements away and shortens texts, one at a time, as long as `differs` still holds;
/// repeats until nothing more can be taken away. Ids and types of rows stay. `most`: how often it may ask.
Situation shrink(Situation situation, const Differs& differs, std::size_t most = 3000);

/// JSON pointers of the members of a row that are no containers, but those that every resource has (id, type,
/// name): of a shrunk row, what the difference rests on. A row without any gives the pointer of the type.
std::vector<std::string> deciding_pointers(const json& row);

} // namespace writ::driver::verify
