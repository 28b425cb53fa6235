// SPDX-License-Identifier: MIT
// One thread of a run: evaluates chunks with all bundles, and sets aside what only the whole input can
// decide.
#pragma once

#include "cache/store.h"
#include "engine/alike.h"
#include "engine/engine_state.h"
#include "engine/evaluator.h"
#include "engine/fold_map.h"
#include "engine/join_verdict.h"
#include "engine/scope_book.h"
#include "engine/text_list.h"
#include "engine/type_cache.h"
#include "relate/inventory.h"
#include "relate/selection.h"
#include "snapshot/chunk_reader.h"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace writ {

/// Counts of one thread; adding them up in any order gives the same totals.
struct Tally {
  std::vector<std::vector<ControlSummary>> controls; ///< per bundle, per control
  FoldMap<std::uint64_t> types;                      ///< any spelling
  void add(const Tally& other);
};
Tally make_tally(const Engine::State& state);

/// A resource whose `if` holds: related resources decide.
struct WaitingPrimary {
  std::uint64_t order = 0; ///< of the resource, in the chunk; at delivery in the input
  ControlNumber control;
  relate::Selection selection;
  ResourceRef resource;
  Finding finding;  ///< as it will be when nothing satisfies
  std::string text; ///< JSON, when the condition looks at it
};

/// Resources of one type of whose controls only numbers are wanted, where related resources decide and the
/// condition looks at nothing but them.
struct WaitingCount {
  /// Controls of one bundle. Resources that are alike share the list.
  struct List {
    std::uint32_t bundle = 0;
    std::shared_ptr<const std::vector<std::uint32_t>> controls;
  };
  std::string type;
  std::vector<List> lists;
  TextList ids; ///< of the resources
};

/// A resource whose controls need the record of its subscription or resource group.
struct WaitingResource {
  std::uint64_t order = 0;
  std::vector<ControlNumber> controls;
  ResourceRef resource;
  std::string text;
};

/// A resource whose verdict needs the numbers that joins find.
struct WaitingJoin {
  std::uint64_t order = 0;
  ControlNumber control;
  std::unique_ptr<ResourceRef> resource; ///< null when no finding names it
  JoinResidue residue;
};

/// A document by its contents.
struct DocumentName {
  cache::Digest digest;
  std::uint64_t line = 0;
};

/// Everything one chunk contributes.
struct ChunkResult {
  struct Found {
    Finding finding;
    std::size_t resource = 0; ///< into resources
  };
  std::vector<ResourceRef> resources;
  std::vector<Found> findings;
  std::vector<relate::Candidate> candidates;
  std::vector<ScopeRecord> scopes;
  std::vector<WaitingPrimary> primaries;
  std::vector<WaitingCount> numbers;
  std::vector<relate::JoinCandidate> join_candidates;
  std::vector<WaitingJoin> joins;
  std::vector<WaitingResource> waiting;
  snapshot::ChunkCounts counts;
  std::vector<cache::Record> documents; ///< for the cache
  /// The lists that documents leave, one after the other; of several results, those of the same kind
  /// together.
  static constexpr std::size_t kLists = 9;
  template <class Sink, class... Results> static void for_each_list(Sink&& sink, Results&... results) {
    sink(results.resources...);
    sink(results.findings...);
    sink(results.candidates...);
    sink(results.scopes...);
    sink(results.primaries...);
    sink(results.numbers...);
    sink(results.join_candidates...);
    sink(results.joins...);
    sink(results.waiting...);
  }
  // For a partial result: what was counted, and which documents there are.
  Tally tally;
  std::vector<DocumentName> names;
};

class ResultMemory;
struct RunRecords;

class Worker final : public snapshot::ResourceVisitor,
                     private snapshot::DocumentMemory,
                     private snapshot::TypeFilter {
public:
  Worker(const Engine::State& state, const RunRecords& records);
  ~Worker() override;
  ChunkResult run(snapshot::Chunk& chunk);
  void visit(const snapshot::ResourceRoot& root, const snapshot::Place& place, Arena& arena) override;
  snapshot::TypeFilter* filter() override { return this; }
  void visit_idle() override;
  /// Adds what this thread counted since the last time.
  void move_to(Tally& total);
  /// What this thread kept once for many resources.
  std::vector<WaitingAlike> take_alike() {
    return alike_ == nullptr ? std::vector<WaitingAlike>() : alike_->take();
  }

private:
  [[nodiscard]] bool knows_most() const override;
  bool recall(const snapshot::DocumentText& document, snapshot::DocumentOutcome& outcome) override;
  bool is_idle(std::string_view type) override;
  void remember(const snapshot::DocumentText& document, const snapshot::DocumentOutcome& outcome) override;
  void collect_candidate(const snapshot::ResourceRoot& root, const snapshot::Place& place,
                         std::uint32_t bundle, TypeEntry::InBundle& known);
  void collect_join_facts(const snapshot::ResourceRoot& root, std::uint32_t bundle);
  void note_idle(TypeEntry& type) const;
  void make_plan(TypePlan& plan, std::uint32_t bundle, bool wanted);
  void decide_all(std::uint32_t bundle, const TypePlan& plan, std::uint32_t type);
  void decide_by_looks(std::uint32_t bundle, TypeOutcomes& outcomes);
  void add_evidence(std::uint32_t bundle);
  void take(std::uint32_t bundle, const Decision& decision);
  std::size_t resource_number();
  [[nodiscard]] ResourceRef make_ref() const;
  WaitingResource& waiting_resource();
  /// Where resources of the type wait with `waiting_lists_`.
  WaitingCount& waiting_count(const TypeEntry& type);

  const Engine::State& state_;
  std::vector<std::unique_ptr<Evaluator>> evaluators_;
  snapshot::ChunkReader reader_;
  Tally tally_;
  TypeCache types_;
  ChunkResult result_;
  std::unique_ptr<ResultMemory> memory_; ///< with a cache
  std::unique_ptr<AlikeBook> alike_;     ///< only for numbers, unless documents leave records
  bool keeps_parts_ = false;             ///< for a partial result
  // The resource at hand.
  const snapshot::ResourceRoot* root_ = nullptr;
  const snapshot::Place* place_ = nullptr;
  const std::string* file_ = nullptr;
  TypeEntry* idle_ = nullptr; ///< the type that is_idle() said yes to
  std::uint64_t order_ = 0;
  std::size_t resource_ = 0;
  bool is_candidate_ = false;
  bool is_waiting_ = false;
  bool is_join_candidate_ = false;
  std::vector<WaitingCount::List> waiting_lists_;
  Decision decision_;
  std::unordered_map<std::string, std::size_t> counts_; ///< into result_.numbers, by type and lists
  std::string counts_key_;
  std::vector<Decision> contested_;
  struct Violation {
    Decision decision;
    bool waiting = false;
    std::size_t number = 0; ///< into findings, or into primaries when waiting
  };
  std::vector<Violation> violations_; // of one bundle: evidence is collected when all controls are decided
};

/// What a verdict that rests on joins is going to need.
JoinWords join_words(const EngineOptions& options);
/// Builds the finding of a decision that is final; effect, details and messages only for violations.
void fill_finding(Evaluator& evaluator, const Decision& decision, Finding& finding);

} // namespace writ
