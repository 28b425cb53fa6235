// SPDX-License-Identifier: MIT
// Field names that are computed when a resource is evaluated: which aliases they may turn out to be. The
// program carries those, because the catalogue is not there at run time.
#pragma once

#include "ir/policy.h"
#include "writ/catalog.h"

#include <set>
#include <string>
#include <vector>

namespace writ::codegen {

/// What an operand may evaluate to when it is used as a name, lower case.
struct PossibleNames {
  std::set<std::string> names;    ///< these
  std::set<std::string> prefixes; ///< and everything that begins with one of these; "" = anything
};

/// Adds what `operand` may be. Parameters that are still open count with their allowed values.
void add_possible_names(const ir::Graph& graph, const ir::Policy& policy, ir::NodeId operand,
                        PossibleNames& out);

/// The aliases of the catalogue among them, each with every type that lists it.
std::vector<ir::Field> aliases_among(const Catalog& catalog, const PossibleNames& names);

} // namespace writ::codegen
