// SPDX-License-Identifier: MIT
#include "engine/join_plans.h"

namespace writ {

JoinPlans::JoinPlans(std::span<const PreparedBundle> bundles) {
  for (std::uint32_t b = 0; b < bundles.size(); ++b) {
    const bc::Program& program = bundles[b].program();
    first_.push_back(static_cast<std::uint32_t>(plans.size()));
    // Controls that give no verdict count nothing.
    std::vector<bool> used(program.joins.size());
    for (std::uint32_t c = 0; c < program.controls.size(); ++c)
      if (bundles[b].controls[c].never.empty())
        for (std::uint32_t j = 0; j < program.controls[c].join_count; ++j)
          used[program.controls[c].first_join + j] = true;
    for (std::uint32_t j = 0; j < program.joins.size(); ++j) {
      const auto number = static_cast<std::uint32_t>(plans.size());
      plans.push_back({b, j});
      if (used[j]) by_type_[std::string(program.strings[program.joins[j].type])].push_back(number);
    }
  }
}

} // namespace writ
