// SPDX-License-Identifier: MIT
// What an engine holds. Private to the engine.
#pragma once

#include "engine/evaluator.h"
#include "writ/engine.h"

namespace writ {

struct Engine::State {
  std::vector<Bundle> bundles;
  EngineOptions options;
  SharedContext context;
};

} // namespace writ
