// SPDX-License-Identifier: MIT
// What resources contribute to a run, as bytes: the cache keeps it for one resource, partial results for a
// whole chunk. The format is private to one build of the program for the cache, and versioned by
// kPartialVersion for partial results.
#pragma once

#include "engine/worker.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace writ {

/// Where the encoded resources stand. Positions are stored relative to it, and a text that is the same is not
/// stored at all, so that a resource that moved is still the same bytes.
struct ResultPlace {
  std::string_view text; ///< of the document, or empty
  std::uint64_t line = 0;
  std::uint64_t byte = 0;
  std::uint64_t order = 0;
  const std::string* file = nullptr; ///< decoding: the name in findings
};

/// Appends everything of the result but its counts.
void encode_result(std::string& out, const ChunkResult& result, const Engine::State& state,
                   const ResultPlace& place);
/// Adds what was encoded to `into`. False, with `into` as before, when the bytes are damaged or name controls
/// that the engine does not have.
bool decode_result(std::string_view bytes, ChunkResult& into, const Engine::State& state,
                   const ResultPlace& place);

} // namespace writ
