// SPDX-License-Identifier: MIT
// What verdicts depend on besides the input: two runs with the same key give a document the same verdicts.
#pragma once

#include "cache/digest.h"
#include "engine/engine_state.h"

namespace writ {

/// Programs with their parameters, options, context, and what the clock decides before the first document.
/// The instant itself is no part of it: verdicts that rest on it are not kept.
cache::Digest run_key(const Engine::State& state);

/// The same with the instant, and without what is private to a build of the program: results of several
/// machines may be put together when it is equal.
cache::Digest merge_key(const Engine::State& state);

} // namespace writ
