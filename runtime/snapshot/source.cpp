// SPDX-License-Identifier: MIT
#include "snapshot/source.h"

#include "snapshot/file_reader.h"

#include <deque>

namespace writ::snapshot {

struct ChunkSource::State {
  ExpandedInputs inputs;
  std::size_t next_input = 0;
  bool diagnostics_sent = false;
  std::deque<SourceFile> files; // chunks point here
  BufferPool pool;
  std::size_t chunk_bytes = kChunkBytes;
  std::unique_ptr<FileReader> reader;
};

ChunkSource::ChunkSource(std::span<const Input> inputs, std::size_t chunk_bytes)
    : state_(std::make_unique<State>()) {
  state_->chunk_bytes = chunk_bytes;
  state_->inputs = expand(inputs);
}

ChunkSource::~ChunkSource() = default;

bool ChunkSource::next(Chunk& chunk) {
  State& state = *state_;
  chunk = Chunk();
  if (!state.diagnostics_sent) {
    state.diagnostics_sent = true;
    chunk.diagnostics = std::move(state.inputs.diagnostics);
    if (!chunk.diagnostics.empty()) return true;
  }
  for (;;) {
    if (state.reader == nullptr) {
      if (state.next_input == state.inputs.inputs.size()) return false;
      const Input& input = state.inputs.inputs[state.next_input];
      state.files.push_back({input.name, static_cast<std::uint32_t>(state.next_input)});
      state.reader = std::make_unique<FileReader>(input, state.files.back(), state.pool, state.chunk_bytes);
      ++state.next_input;
    }
    if (state.reader->next(chunk)) return true;
    chunk = Chunk();
    state.reader = nullptr;
  }
}

void ChunkSource::recycle(Chunk& chunk) {
  forget_pages(chunk.forgettable);
  chunk.forgettable = {};
  chunk.bytes = {};
  chunk.items.clear();
  chunk.owner = nullptr;
  state_->pool.give_back(std::move(chunk.buffer));
  chunk.buffer = {};
}

} // namespace writ::snapshot
