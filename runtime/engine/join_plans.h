// SPDX-License-Identifier: MIT
// The joins of all controls of an engine: which types of resources somebody counts.
#pragma once

#include "engine/fold_map.h"
#include "engine/prepared.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace writ {

struct JoinPlan {
  std::uint32_t bundle = 0;
  std::uint32_t join = 0; ///< into Program::joins
};

/// Immutable once made.
class JoinPlans {
public:
  JoinPlans() = default;
  explicit JoinPlans(std::span<const PreparedBundle> bundles);

  std::vector<JoinPlan> plans;

  /// Numbers of the plans that count resources of this type, any case.
  [[nodiscard]] std::span<const std::uint32_t> of_type(std::string_view type) const {
    if (plans.empty()) return {};
    const auto found = by_type_.find(type);
    return found == by_type_.end() ? std::span<const std::uint32_t>() : found->second;
  }
  [[nodiscard]] bool wants(std::uint32_t bundle, std::string_view type) const {
    for (const std::uint32_t number : of_type(type))
      if (plans[number].bundle == bundle) return true;
    return false;
  }
  [[nodiscard]] std::uint32_t number_of(std::uint32_t bundle, std::uint32_t join) const {
    return first_[bundle] + join;
  }

private:
  FoldMap<std::vector<std::uint32_t>> by_type_;
  std::vector<std::uint32_t> first_; // per bundle: number of its first join
};

} // namespace writ
