// SPDX-License-Identifier: MIT
// Part by part: what two policies of one graph say.
#pragma once

#include "compare/normal_form.h"
#include "ir/policy.h"
#include "writ/compare_policies.h"

namespace writ::compare {

/// `emitted_mode`: the mode that a definition made of the policy has.
struct Side {
  ir::Policy policy;
  std::string emitted_mode;
};

std::vector<PolicyDifference> compare(ir::Graph& graph, NormalForm& normal, const Side& left,
                                      const Side& right);

} // namespace writ::compare
