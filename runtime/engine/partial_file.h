// SPDX-License-Identifier: MIT
// Results of a part of the input, in a file: what every chunk contributed, before anything was decided that
// needs the whole. Reading the files of all parts is then the same as having read the input.
//
//   head: run | chunks, each with its length and checksum | foot: which inputs, and where their chunks stand
//
// Private to the engine; writ/partial.h is the door.
#pragma once

#include "cache/digest.h"
#include "cache/mapped_file.h"
#include "engine/worker.h"
#include "writ/result.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

/// One input of a partial result.
struct PartialInput {
  std::string name;
  cache::Digest contents;  ///< of its documents and where they stand, whatever it is called
  bool has_file = true;    ///< false: only problems with finding inputs
  std::uint64_t begin = 0; ///< of its chunks in the file
  std::uint64_t end = 0;
};

/// What the runs of all parts must have in common, and what is needed to finish them.
struct PartialRun {
  cache::Digest key;
  EngineOptions options;
  struct Program {
    std::string name;
    std::string bytes;
    std::vector<std::pair<std::uint32_t, std::string>> parameters; ///< number, JSON
  };
  std::vector<Program> programs;
};

/// Collects a run. Called by one thread at a time, in input order.
class PartialWriter {
public:
  PartialWriter(const Engine::State& state, const std::string& path);
  /// Before the result is delivered; `shift` is what lines of the chunk lack.
  void add(const snapshot::Chunk& chunk, const ChunkResult& result, std::uint64_t shift);
  /// Copies an input of another partial result.
  void copy(const PartialInput& input, std::string_view chunks);
  Status finish();

private:
  void begin_input(const std::string& name, bool has_file);
  void end_input();

  const Engine::State& state_;
  std::string path_;
  cache::NewFile file_;
  std::vector<PartialInput> inputs_;
  bool in_input_ = false;
  cache::DigestStream contents_;
  std::string bytes_;
};

/// A chunk as it was when it had been evaluated.
struct PartialChunk {
  snapshot::Chunk chunk;
  ChunkResult result;
};

/// One file, opened and tested.
class PartialFile {
public:
  static Result<PartialFile> open(const std::string& path);

  [[nodiscard]] const PartialRun& run() const { return run_; }
  [[nodiscard]] const std::vector<PartialInput>& inputs() const { return inputs_; }
  [[nodiscard]] std::string_view chunks(const PartialInput& input) const {
    return file_->text().substr(input.begin, input.end - input.begin);
  }
  /// Takes the next chunk off the front of `chunks`; false when it is damaged or does not fit the engine.
  static bool next(std::string_view& chunks, const Engine::State& state, const snapshot::SourceFile* file,
                   PartialChunk& chunk);

private:
  std::unique_ptr<cache::MappedFile> file_;
  PartialRun run_;
  std::vector<PartialInput> inputs_;
};

} // namespace writ
