// SPDX-License-Identifier: MIT
// A policy with values in place of its parameters, and which parameters its conditions read.
#pragma once

#include "ir/policy.h"
#include "writ/catalog.h"
#include "writ/semantics/compare.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace writ::prove {

/// One side of a comparison. The graph grows while it is compared.
struct Side {
  ir::Graph* graph = nullptr;
  const ir::Policy* policy = nullptr;
  const Catalog* catalog = nullptr;
  SemanticsOptions semantics;
};

/// JSON text by lower-cased name of a parameter.
using Settings = std::map<std::string, std::string>;

/// Parameters that conditions, or the choice of related resources, read; lower-cased.
std::set<std::string> read_parameters(const Side& side);
const ir::PolicyParameter* find_parameter(const ir::Policy& policy, const std::string& lower_name);
/// The default as JSON text; empty: none.
std::string default_of(const Side& side, const ir::PolicyParameter& parameter);
/// Same type, default and allowed values.
bool same_parameter(const Side& left, const ir::PolicyParameter& a, const Side& right,
                    const ir::PolicyParameter& b);
/// Puts values in; a parameter without one stays. Constants are folded.
ir::Policy bind(const Side& side, const Settings& settings);
/// What the two say differently outside their conditions.
std::vector<std::string> differences_outside(const Side& left, const Side& right);
/// What the two say differently for people and catalogues: title, severity, mappings …
std::vector<std::string> metadata_differences(const Side& left, const Side& right);
/// Whether the effect looks for related resources, for some value of its parameters.
bool looks_for_related(const Side& side);
/// A setting under which the policy has an effect, when its default has none.
Settings enabling(const Side& side);

} // namespace writ::prove
