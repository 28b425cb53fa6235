// SPDX-License-Identifier: MIT
// From inputs to chunks. Lines are streamed through a few buffers; other documents are mapped (files) or read
// whole (streams). Nothing here parses JSON.
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
  explicit ChunkSource(std::span<const Input> inputs);
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
