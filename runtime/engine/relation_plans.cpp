// SPDX-License-Identifier: MIT
#include "engine/relation_plans.h"

namespace writ {

RelationPlans::RelationPlans(std::span<const PreparedBundle> bundles) {
  for (std::uint32_t b = 0; b < bundles.size(); ++b) {
    const bc::Program& program = bundles[b].program();
    numbers_.emplace_back(program.controls.size(), bc::kNone);
    for (std::uint32_t c = 0; c < program.controls.size(); ++c) {
      const ControlPlan& control = bundles[b].controls[c];
      // A control that has nothing to say, or fails for every resource, asks for nobody.
      if (!control.uses_relation || !control.never.empty() || !control.problem.empty()) continue;
      const bc::RelationInfo& relation = program.relations[program.controls[c].relation];
      const auto number = static_cast<std::uint32_t>(plans.size());
      numbers_[b][c] = number;
      plans.push_back({{b, c}, relation.condition, control.existence_decided_early});
      if (control.related_type.empty())
        any_type_.push_back(number);
      else
        by_type_[control.related_type].push_back(number);
    }
  }
  for (auto& [type, numbers] : by_type_)
    numbers.insert(numbers.end(), any_type_.begin(), any_type_.end());
}

} // namespace writ
