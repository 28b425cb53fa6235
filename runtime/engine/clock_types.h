// SPDX-License-Identifier: MIT
// Which documents may come to something else at another instant: those of a type with a control that calls
// utcNow(). What such a control decides is not kept.
#pragma once

#include "engine/engine_state.h"
#include "engine/fold_map.h"

#include <string_view>
#include <vector>

namespace writ {

class ClockTypes {
public:
  explicit ClockTypes(const Engine::State& state);
  /// Whether something that runs for this type, any case, reads the clock.
  bool reads_clock(std::string_view type);

private:
  [[nodiscard]] bool look_up(std::string_view type) const;
  const Engine::State& state_;
  std::vector<std::vector<bool>> blocks_;   // per bundle: the block or a test that it runs
  std::vector<std::vector<bool>> controls_; // per bundle: any block of the control
  FoldMap<bool> known_;
};

} // namespace writ
