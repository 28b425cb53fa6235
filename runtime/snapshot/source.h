// SPDX-License-Identifier: MIT
// From inputs to chunks, in bounded memory: files are mapped and their pages given back, streams go through a
// few buffers. Only one element of an array, or one document that is no array, is ever held at once. Nothing
// here parses JSON.
#pragma once

#include "snapshot/chunk.h"
#include "writ/input.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace writ::snapshot {

/// Paths that an input means, in a stable order: a folder's files, a pattern's matches, or itself.
/// An input that names nothing yields a diagnostic.
struct ExpandedInputs {
  std::vector<Input> inputs;
  std::vector<Diagnostic> diagnostics;
};
ExpandedInputs expand(std::span<const Input> inputs);
/// `*` and `?` within a path segment, `**` across segments.
bool matches_pattern(std::string_view pattern, std::string_view path);

/// Hands out the chunks of all inputs in order. Not thread-safe; the engine guards it.
class ChunkSource {
public:
  /// Descriptors and texts are borrowed until the last chunk is done.
  /// Chunks have about `chunk_bytes`, but at least one document.
  explicit ChunkSource(std::span<const Input> inputs, std::size_t chunk_bytes = kChunkBytes);
  ~ChunkSource();
  ChunkSource(const ChunkSource&) = delete;
  ChunkSource& operator=(const ChunkSource&) = delete;

  /// False when there is no more. A chunk may carry diagnostics only; then its file may be null.
  bool next(Chunk& chunk);
  /// Gives the memory of a chunk back whose resources were visited; what else it says stays.
  void recycle(Chunk& chunk);

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace writ::snapshot
