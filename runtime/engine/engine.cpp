// SPDX-License-Identifier: MIT
// Chunks over threads, findings in input order.
//
// A worker takes the next chunk under a lock, evaluates it alone, and then waits for its turn to deliver:
// findings leave in the order of the input whatever the number of threads. Line numbers inside a file are
// completed at delivery, when the lines of all earlier chunks are known.
#include "engine/engine_state.h"
#include "snapshot/chunk_reader.h"
#include "snapshot/source.h"
#include "writ/semantics/datetime.h"
#include "writ/text.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace writ {

namespace {

/// A finding that waits for its turn.
struct WaitingFinding {
  Finding finding;
  std::size_t resource = 0;
};

/// Everything one chunk contributes.
struct ChunkResult {
  std::vector<ResourceRef> resources;
  std::vector<WaitingFinding> findings;
  std::vector<std::vector<ControlSummary>> controls;
  std::array<std::uint64_t, kVerdictCount> counts{};
  std::map<std::string, std::uint64_t, std::less<>> types;
  snapshot::ChunkCounts chunk;
};

/// Evaluates the resources of one chunk with all bundles.
class ChunkWorker final : public snapshot::ResourceVisitor {
public:
  explicit ChunkWorker(const Engine::State& state) : options_(state.options) {
    for (const Bundle& bundle : state.bundles)
      evaluators_.push_back(std::make_unique<Evaluator>(bundle.state(), state.options, state.context.values));
  }

  ChunkResult run(snapshot::Chunk& chunk) {
    result_ = {};
    for (const auto& evaluator : evaluators_)
      result_.controls.emplace_back(evaluator->program().controls.size());
    file_ = chunk.file ? &chunk.file->name : nullptr;
    result_.chunk = reader_.read(chunk, *this);
    return std::move(result_);
  }

  void visit(const snapshot::ResourceRoot& root, const snapshot::Place& place, Arena& arena) override {
    if (auto found = result_.types.find(root.type()); found != result_.types.end())
      ++found->second;
    else
      result_.types.emplace(root.type(), 1);
    resource_ = kNoResource;
    for (std::size_t b = 0; b < evaluators_.size(); ++b) {
      Evaluator& evaluator = *evaluators_[b];
      evaluator.begin(root, arena);
      decided_.assign(options_.all_not_applicable ? evaluator.program().controls.size() : 0, false);
      evaluator.decide([&](const Decision& decision) {
        if (!decided_.empty()) decided_[decision.control] = true;
        take(decision, b, root, place);
      });
      for (std::size_t c = 0; c < decided_.size(); ++c) {
        Decision other;
        other.control = static_cast<std::uint32_t>(c);
        other.reason = "another resource type";
        if (!decided_[c]) take(other, b, root, place);
      }
    }
  }

private:
  static constexpr std::size_t kNoResource = static_cast<std::size_t>(-1);

  void take(const Decision& decision, std::size_t bundle, const snapshot::ResourceRoot& root,
            const snapshot::Place& place) {
    Decision final = decision;
    if (final.needs_related) {
      final.verdict = Verdict::Unknown;
      final.reason = "related resources are not looked up yet";
    }
    const auto index = static_cast<std::size_t>(final.verdict);
    ++result_.counts[index];
    ControlSummary& summary = result_.controls[bundle][final.control];
    ++summary.counts[index];
    if (final.verdict != Verdict::NotApplicable) ++summary.applicable;
    if (!(options_.deliver >> index & 1)) return;
    if (resource_ == kNoResource) {
      resource_ = result_.resources.size();
      result_.resources.push_back({std::string(root.id()), std::string(root.type()), std::string(root.name()),
                                   file_ ? *file_ : std::string(), place.line, place.byte_begin,
                                   place.byte_end});
    }
    WaitingFinding waiting;
    waiting.resource = resource_;
    evaluators_[bundle]->describe(final, waiting.finding);
    result_.findings.push_back(std::move(waiting));
  }

  const EngineOptions& options_;
  std::vector<std::unique_ptr<Evaluator>> evaluators_;
  snapshot::ChunkReader reader_;
  ChunkResult result_;
  std::vector<bool> decided_;
  const std::string* file_ = nullptr;
  std::size_t resource_ = kNoResource;
};

/// Adds chunk results to a report, in order. Called by one thread at a time.
class Delivery {
public:
  Delivery(RunReport& report, const FindingSink& sink) : report_(report), sink_(sink) {}

  void deliver(snapshot::Chunk& chunk, ChunkResult& result) {
    if (chunk.begins_file) lines_before_ = 0;
    const std::uint64_t shift = chunk.lines ? lines_before_ : 0;
    for (ResourceRef& resource : result.resources)
      resource.line += shift;
    for (WaitingFinding& waiting : result.findings) {
      waiting.finding.resource = &result.resources[waiting.resource];
      sink_(waiting.finding);
    }
    for (Diagnostic& d : chunk.diagnostics) {
      if (chunk.lines && d.line > 0) d.line += shift;
      report_.diagnostics.add(std::move(d));
    }
    for (std::size_t b = 0; b < result.controls.size(); ++b)
      for (std::size_t c = 0; c < result.controls[b].size(); ++c) {
        ControlSummary& total = report_.controls[b][c];
        for (std::size_t v = 0; v < kVerdictCount; ++v)
          total.counts[v] += result.controls[b][c].counts[v];
        total.applicable += result.controls[b][c].applicable;
      }
    for (std::size_t v = 0; v < kVerdictCount; ++v)
      report_.counts[v] += result.counts[v];
    for (const auto& [type, count] : result.types)
      report_.types[lower_ascii(type)] += count;
    report_.resources += result.chunk.resources;
    if (result.chunk.damaged > 0) report_.incomplete = true;
    lines_before_ += result.chunk.lines;
  }

private:
  RunReport& report_;
  const FindingSink& sink_;
  std::uint64_t lines_before_ = 0;
};

RunReport empty_report(const Engine::State& state) {
  RunReport report;
  for (const Bundle& bundle : state.bundles)
    report.controls.emplace_back(bundle.control_count());
  return report;
}

void run_in_order(const Engine::State& state, snapshot::ChunkSource& source, Delivery& delivery) {
  std::mutex source_lock;
  std::mutex delivery_lock;
  std::condition_variable turn;
  std::uint64_t next_taken = 0;
  std::uint64_t next_delivered = 0;
  auto work = [&] {
    ChunkWorker worker(state);
    snapshot::Chunk chunk;
    while (true) {
      std::uint64_t number = 0;
      {
        const std::lock_guard lock(source_lock);
        chunk = {};
        if (!source.next(chunk)) return;
        number = next_taken++;
      }
      ChunkResult result = worker.run(chunk);
      {
        std::unique_lock lock(delivery_lock);
        turn.wait(lock, [&] { return next_delivered == number; });
        delivery.deliver(chunk, result);
        ++next_delivered;
      }
      turn.notify_all();
      const std::lock_guard lock(source_lock);
      source.recycle(chunk);
    }
  };
  if (state.options.threads <= 1) return work();
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < state.options.threads; ++i)
    threads.emplace_back(work);
  for (std::thread& thread : threads)
    thread.join();
}

} // namespace

Engine::Engine(std::vector<Bundle> bundles, EngineOptions options) : state_(std::make_unique<State>()) {
  state_->bundles = std::move(bundles);
  state_->options = std::move(options);
  SharedContext& context = state_->context;
  if (const auto instant = parse_date(state_->options.now))
    context.values.now = Value::string(context.arena.copy(format_instant(*instant)));
  if (!state_->options.context_json.empty()) {
    Value json;
    JsonError error;
    if (parse_json(context.arena, state_->options.context_json, json, error)) {
      context.values.subscription = find_member(json, "subscription");
      context.values.resource_group = find_member(json, "resourceGroup");
      context.values.request_context = find_member(json, "requestContext");
      context.values.policy = find_member(json, "policy");
    }
  }
}

Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

RunReport Engine::run(const std::vector<Input>& inputs, const FindingSink& sink) const {
  RunReport report = empty_report(*state_);
  Delivery delivery(report, sink);
  snapshot::ChunkSource source(inputs);
  run_in_order(*state_, source, delivery);
  if (report.diagnostics.has_errors()) report.incomplete = true;
  return report;
}

RunReport Engine::run_one(std::string_view json, const FindingSink& sink) const {
  return run({Input::of_text("<resource>", std::string(json))}, sink);
}

} // namespace writ
