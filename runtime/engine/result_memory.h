// SPDX-License-Identifier: MIT
// What one thread of a run knows from earlier runs. A document whose text is the same gives the same verdicts
// and leaves the same facts for related resources and joins; where it stands does not matter. What is decided
// by looking at the whole input is decided anew in every run.
#pragma once

#include "cache/store.h"
#include "engine/clock_types.h"
#include "engine/worker.h"
#include "snapshot/document_memory.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace writ {

class ResultMemory final : public snapshot::DocumentMemory {
public:
  /// The memory works on the result and the number of the current resource in the chunk.
  ResultMemory(const Engine::State& state, cache::Store& store, ChunkResult& result, std::uint64_t& order);

  void begin_chunk(const std::string* file) { file_ = file; }
  [[nodiscard]] bool knows_most() const override { return store_.known_classes() > 0; }
  bool recall(const snapshot::DocumentText& document, snapshot::DocumentOutcome& outcome) override;
  void remember(const snapshot::DocumentText& document, const snapshot::DocumentOutcome& outcome) override;

  // --- of the resource at hand
  void note_type(std::string_view type) {
    type_ = type;
    clock_read_ = clock_read_ || clock_.reads_clock(type);
  }
  void note_verdict(ControlNumber control, Verdict verdict) { verdicts_.push_back({control, verdict}); }

  /// Moves the counts of everything that was recalled into the totals.
  void move_to(Tally& total);

private:
  struct Told {
    ControlNumber control;
    Verdict verdict = Verdict::NotApplicable;
  };
  std::uint32_t outcome_number(bool not_exported);

  const Engine::State& state_;
  ClockTypes clock_;
  cache::Store& store_;
  ChunkResult& result_;
  std::uint64_t& order_;
  const std::string* file_ = nullptr;
  cache::Known hint_;
  struct KnownClass {
    std::uint64_t hits = 0;
    bool not_exported = false;
  };
  std::vector<KnownClass> classes_; // of earlier runs
  std::unordered_map<std::string, std::uint32_t> own_classes_;
  // The document that is being read.
  cache::Digest hash_;
  std::uint64_t first_order_ = 0;
  ChunkResult before_; // of the chunk
  std::string type_;
  std::vector<Told> verdicts_;
  bool clock_read_ = false;
  std::string class_text_;
};

} // namespace writ
