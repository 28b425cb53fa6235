// SPDX-License-Identifier: MIT
// The relations of all controls of an engine: which types of resources somebody looks for.
#pragma once

#include "engine/fold_map.h"
#include "engine/prepared.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

/// A control of a bundle.
struct ControlNumber {
  std::uint32_t bundle = 0;
  std::uint32_t control = 0;
};

struct RelationPlan {
  ControlNumber control;
  std::uint32_t condition = bc::kNone; ///< block of the existence condition
  bool decided_early = true;           ///< ControlPlan::existence_decided_early
};

/// Immutable once made.
class RelationPlans {
public:
  RelationPlans() = default;
  explicit RelationPlans(std::span<const PreparedBundle> bundles);

  std::vector<RelationPlan> plans;

  /// Numbers of the plans that look for resources of this type, any case.
  [[nodiscard]] std::span<const std::uint32_t> of_type(std::string_view type) const {
    if (plans.empty()) return {};
    const auto found = by_type_.find(type);
    return found == by_type_.end() ? any_type_ : found->second;
  }
  [[nodiscard]] bool wants(std::uint32_t bundle, std::string_view type) const {
    for (const std::uint32_t number : of_type(type))
      if (plans[number].control.bundle == bundle) return true;
    return false;
  }
  /// The control must have a relation and be able to hold; kNone for others.
  [[nodiscard]] std::uint32_t number_of(ControlNumber control) const {
    return numbers_[control.bundle][control.control];
  }
  [[nodiscard]] const RelationPlan& plan_of(ControlNumber control) const { return plans[number_of(control)]; }

private:
  FoldMap<std::vector<std::uint32_t>> by_type_;
  std::vector<std::uint32_t> any_type_; // the type depends on the resource: every resource may be looked for
  std::vector<std::vector<std::uint32_t>> numbers_;
};

} // namespace writ
