// SPDX-License-Identifier: MIT
#include "azure/unique_name.h"

#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::azure {

void make_unique(const ir::PolicySet& set, ir::Policy& policy, Diagnostics& diagnostics) {
  const std::string name = policy.id;
  const auto taken = [&] {
    return std::any_of(set.policies.begin(), set.policies.end(),
                       [&](const ir::Policy& other) { return equal_ascii_fold(other.id, policy.id); });
  };
  for (std::size_t number = 2; taken(); ++number)
    policy.id = fmt::format("{}#{}", name, number);
  if (policy.id != name)
    diagnostics.add(
        Diagnostic(Code::RepeatedPolicyName, policy.span,
                   fmt::format("there is a policy `{}` already; this one is `{}`", name, policy.id)));
}

} // namespace writ::azure
