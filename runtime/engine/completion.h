// SPDX-License-Identifier: MIT
// The end of a run: verdicts that needed the whole input.
#pragma once

#include "engine/pieces.h"
#include "engine/worker.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace writ {

/// What chunks set aside, in input order.
struct SetAside {
  relate::Inventory inventory;
  ScopeBook scopes;
  relate::JoinBook join_book;
  Pieces<WaitingPrimary> primaries;
  Pieces<WaitingCount> numbers;
  Pieces<WaitingJoin> joins;
  Pieces<WaitingResource> resources;
  Pieces<WaitingAlike> alike;
};

/// A finding that comes after those that could be decided at once.
struct LateFinding {
  std::uint64_t order = 0;
  ControlNumber control;
  ResourceRef resource;
  Finding finding;
};

/// Decides what was set aside, adds it to the tally, and returns the findings in input order, per resource in
/// control order.
std::vector<LateFinding> complete(const Engine::State& state, SetAside& work, Tally& tally);

} // namespace writ
