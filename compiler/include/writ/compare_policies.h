// SPDX-License-Identifier: MIT
// Whether two policies, each of a compilation of its own, are the same after normalisation.
#pragma once

#include "writ/compiler.h"

#include <string>
#include <string_view>
#include <vector>

namespace writ {

/// What of a policy differs.
enum class PolicyPart : std::uint8_t {
  Rule,          ///< the condition under which a resource violates the policy
  Existence,     ///< the condition about related resources
  Applicability, ///< which resources Azure Policy counts as looked at
  Mode,
  Effect,
  Parameters, ///< names, types, defaults, allowed values
  Details,    ///< everything below `details` but the existence condition
  Evaluation  ///< whether a snapshot can decide the policy at all
};
std::string_view to_text(PolicyPart part);
/// Differences of conditions may still mean the same; in every other part a difference is one of meaning.
constexpr bool is_condition(PolicyPart part) {
  return part == PolicyPart::Rule || part == PolicyPart::Existence || part == PolicyPart::Applicability;
}

struct PolicyDifference {
  PolicyPart part = PolicyPart::Rule;
  std::string name; ///< of the parameter, member or operation; empty where the part is one thing
  std::string left; ///< as IR text, conditions cut down to the smallest part that differs
  std::string right;
};

/// Compares what Azure Policy can say of two policies, in one graph, so that equal means the same node.
/// Normal form: negations pushed to the tests, constants folded, nested allOf and anyOf flattened, equal
/// members once, names and resource types in the catalogue's spelling. The order of members, of allowed
/// values and of parameters plays no part. A control without an effect parameter is emitted with one: it is
/// the same when its default is the control's effect. Titles, descriptions and other metadata are not
/// compared: they have no meaning. Unknown ids give one difference of Evaluation.
std::vector<PolicyDifference> compare_policies(const Compilation& left, std::string_view left_id,
                                               const Compilation& right, std::string_view right_id);

} // namespace writ
