// SPDX-License-Identifier: MIT
// Chunk results become a report: in input order, whoever produced them.
#pragma once

#include "cache/store.h"
#include "engine/completion.h"
#include "engine/pages.h"
#include "engine/worker.h"

#include <memory>
#include <vector>

namespace writ {

class PartialWriter;

/// Where the results of a run go besides its findings; each may be null.
struct RunRecords {
  cache::Store* cache = nullptr;
  PartialWriter* partial = nullptr;
};

/// An engine's state, as its constructor makes it.
std::unique_ptr<Engine::State> make_engine_state(std::vector<Bundle> bundles, EngineOptions options);
/// Engine::run, leaving records.
RunReport run_engine(const Engine::State& state, const std::vector<Input>& inputs, const FindingSink& sink,
                     const RunRecords& records);

/// Adds chunk results to a report, in order. Called by one thread at a time.
class Delivery {
public:
  Delivery(RunReport& report, const FindingSink& sink, const ProgressSink& progress, RunRecords records = {})
      : report_(report), sink_(sink), progress_(progress), records_(records) {}

  void deliver(snapshot::Chunk& chunk, ChunkResult& result);
  /// Adds what a thread kept of all its chunks.
  void add(std::vector<WaitingAlike> alike) { work_.alike.add(std::move(alike)); }
  /// Decides what needed the whole input, and says what only the whole input tells.
  void finish(const Engine::State& state, Tally& tally);

private:
  struct Counted {
    std::uint64_t number = 0;
    std::string file;
    std::uint64_t line = 0;
  };
  void begin_file(const snapshot::Chunk& chunk);
  void set_aside(ChunkResult& result, std::uint64_t shift);
  void note_counts(const snapshot::Chunk& chunk, const snapshot::ChunkCounts& counts, std::uint64_t shift);
  void warn_about_input();

  RunReport& report_;
  const FindingSink& sink_;
  const ProgressSink& progress_;
  RunRecords records_;
  std::uint64_t lines_before_ = 0;
  PageCheck pages_;
  SetAside work_;
  Counted untyped_;
  Counted not_exported_;
};

/// What is wrong with the engine's options (errors), or worth knowing (the others).
void add_problems(RunReport& report, const Engine::State& state, Severity severity);
/// The report's counts from the totals.
void fill_counts(RunReport& report, Tally&& tally);

} // namespace writ
