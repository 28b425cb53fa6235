// SPDX-License-Identifier: MIT
// Reads inputs the way the engine does, one chunk after the other, and writes down what came out.
#pragma once

#include "snapshot/chunk_reader.h"
#include "snapshot/source.h"

#include <string>
#include <vector>

namespace writ::snapshot::testing {

struct ReadResource {
  std::string id;
  std::string type;
  std::string json; ///< materialised
  std::uint64_t line = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

struct ReadResult {
  std::vector<ReadResource> resources;
  std::vector<Diagnostic> diagnostics;
  std::vector<PageNote> pages;
  std::vector<std::string> formats; ///< of each file
  std::uint64_t skipped = 0;
  std::uint64_t damaged = 0;
  std::uint64_t untyped = 0;
  std::uint64_t not_exported = 0;
  std::uint64_t chunks = 0;
};

class Recorder final : public ResourceVisitor {
public:
  explicit Recorder(ReadResult& result) : result_(result) {}
  std::uint64_t line_shift = 0;
  void visit(const ResourceRoot& resource, const Place& place, Arena& arena) override {
    result_.resources.push_back({std::string(resource.id()), std::string(resource.type()),
                                 to_json(resource.materialise(arena)), place.line + line_shift,
                                 place.byte_begin, place.byte_end});
  }

private:
  ReadResult& result_;
};

inline ReadResult read_all(const std::vector<Input>& inputs) {
  ReadResult result;
  ChunkSource source(inputs);
  ChunkReader reader;
  Recorder recorder(result);
  std::uint64_t lines_before = 0;
  for (Chunk chunk; source.next(chunk); source.recycle(chunk)) {
    ++result.chunks;
    if (chunk.begins_file) lines_before = 0;
    if (chunk.detected) result.formats.push_back(chunk.detected->format);
    recorder.line_shift = chunk.lines ? lines_before : 0;
    const ChunkCounts counts = reader.read(chunk, recorder);
    for (Diagnostic& diagnostic : chunk.diagnostics) {
      if (diagnostic.line > 0) diagnostic.line += recorder.line_shift;
      result.diagnostics.push_back(diagnostic);
    }
    result.pages.insert(result.pages.end(), chunk.pages.begin(), chunk.pages.end());
    result.skipped += counts.skipped;
    result.damaged += counts.damaged;
    result.untyped += counts.untyped;
    result.not_exported += counts.not_exported;
    lines_before += counts.lines;
  }
  return result;
}

} // namespace writ::snapshot::testing
