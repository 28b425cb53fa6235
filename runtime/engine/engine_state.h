// SPDX-License-Identifier: MIT
// What an engine holds. Private to the engine.
#pragma once

#include "engine/join_plans.h"
#include "engine/prepared.h"
#include "engine/relation_plans.h"
#include "writ/engine.h"

#include <optional>

namespace writ {

/// What every evaluation gets, and the memory it lives in.
struct SharedContext {
  Arena arena;
  EvaluationContext values;
};

/// Immutable once made: runs on any thread share it.
struct Engine::State {
  EngineOptions options;
  SharedContext context;
  std::vector<PreparedBundle> bundles;
  RelationPlans relations;
  JoinPlans joins;
  bool needs_scopes = false;        ///< some control reads the record of a subscription or resource group
  std::vector<Diagnostic> problems; ///< options that are not valid; every run repeats them
};

} // namespace writ
