// SPDX-License-Identifier: MIT
// Chunks over threads, findings in input order.
//
// A worker takes the next chunk under a lock, evaluates it alone and leaves the result; whoever leaves the
// one that is next delivers it and those that follow. Findings leave in the order of the input whatever the
// number of threads. Line numbers inside a file are completed at delivery, when the lines of all earlier
// chunks are known. What depends on the rest of the input is decided at the end.
#include "engine/completion.h"
#include "engine/engine_state.h"
#include "engine/pages.h"
#include "engine/worker.h"
#include "snapshot/source.h"
#include "writ/semantics/datetime.h"
#include "writ/text.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>

namespace writ {

namespace {

/// Adds chunk results to a report, in order. Called by one thread at a time.
class Delivery {
public:
  Delivery(RunReport& report, const FindingSink& sink, const ProgressSink& progress)
      : report_(report), sink_(sink), progress_(progress) {}

  void deliver(snapshot::Chunk& chunk, ChunkResult& result) {
    if (chunk.begins_file) begin_file(chunk);
    const std::uint64_t shift = chunk.lines ? lines_before_ : 0;
    for (ResourceRef& resource : result.resources)
      resource.line += shift;
    for (ChunkResult::Found& found : result.findings) {
      found.finding.resource = &result.resources[found.resource];
      sink_(found.finding);
    }
    set_aside(result, shift);
    for (Diagnostic& diagnostic : chunk.diagnostics) {
      if (chunk.lines && diagnostic.line > 0) diagnostic.line += shift;
      report_.diagnostics.add(std::move(diagnostic));
    }
    for (snapshot::PageNote& note : chunk.pages) {
      note.line += shift;
      pages_.add(note, chunk.file->name);
    }
    note_counts(chunk, result.counts, shift);
    lines_before_ += result.counts.lines;
    if (progress_) progress_(report_.resources);
  }

  /// What only the whole input tells.
  void finish() {
    for (Diagnostic& warning : pages_.finish()) {
      report_.incomplete = true;
      report_.diagnostics.add(std::move(warning));
    }
    const auto warn = [&](const Counted& counted, Code code, const char* what) {
      if (counted.number == 0) return;
      report_.diagnostics.add(
          Diagnostic(code, {}, std::to_string(counted.number) + what).at(counted.file, counted.line));
    };
    warn(untyped_, Code::UntypedResource, " resources have neither `type` nor `id`; the first is here");
    warn(not_exported_, Code::PropertiesNotExported,
         " resources were exported without their properties: what is below is unknown");
    if (report_.resources == 0 && report_.diagnostics.all().empty())
      report_.diagnostics.add(Diagnostic(Code::EmptyInput, {}, "the input holds no resources"));
    if (report_.diagnostics.has_errors()) report_.incomplete = true;
  }

  SetAside& work() { return work_; }

private:
  struct Counted {
    std::uint64_t number = 0;
    std::string file;
    std::uint64_t line = 0;
  };

  void begin_file(const snapshot::Chunk& chunk) {
    lines_before_ = 0;
    InputSeen seen{chunk.file->name, {}, {}, 0};
    report_.inputs.push_back(std::move(seen));
  }

  void set_aside(ChunkResult& result, std::uint64_t shift) {
    for (relate::Candidate& candidate : result.candidates)
      work_.inventory.add(std::move(candidate));
    for (relate::JoinCandidate& candidate : result.join_candidates)
      work_.join_book.add(std::move(candidate));
    for (WaitingJoin& waiting : result.joins) {
      waiting.order += report_.resources;
      waiting.resource.line += shift;
      work_.joins.push_back(std::move(waiting));
    }
    for (ScopeRecord& record : result.scopes)
      work_.scopes.add(std::move(record));
    for (WaitingPrimary& waiting : result.primaries) {
      waiting.order += report_.resources;
      waiting.resource.line += shift;
      work_.primaries.push_back(std::move(waiting));
    }
    for (WaitingResource& waiting : result.waiting) {
      waiting.order += report_.resources;
      waiting.resource.line += shift;
      work_.resources.push_back(std::move(waiting));
    }
  }

  void note_counts(const snapshot::Chunk& chunk, const snapshot::ChunkCounts& counts, std::uint64_t shift) {
    report_.resources += counts.resources;
    report_.skipped += counts.skipped;
    if (counts.damaged > 0) report_.incomplete = true;
    const auto add = [&](Counted& total, std::uint64_t number, std::uint64_t line) {
      if (number > 0 && total.number == 0) {
        total.file = chunk.file->name;
        total.line = line;
      }
      total.number += number;
    };
    add(untyped_, counts.untyped, counts.first_untyped + shift);
    add(not_exported_, counts.not_exported, 0);
    if (chunk.file == nullptr || report_.inputs.empty()) return;
    InputSeen& input = report_.inputs.back();
    input.resources += counts.resources;
    if (chunk.detected) {
      input.format = chunk.detected->format;
      input.reason = chunk.detected->reason;
    }
  }

  RunReport& report_;
  const FindingSink& sink_;
  const ProgressSink& progress_;
  std::uint64_t lines_before_ = 0;
  PageCheck pages_;
  SetAside work_;
  Counted untyped_;
  Counted not_exported_;
};

/// Hands chunks to workers and results to the delivery.
class ChunkQueue {
public:
  ChunkQueue(snapshot::ChunkSource& source, Delivery& delivery, std::size_t threads)
      : source_(source), delivery_(delivery), most_waiting_(2 * threads) {}

  /// One thread's share of the work.
  void work(Worker& worker) {
    try {
      Done done;
      std::uint64_t number = 0;
      while (take(done.chunk, number)) {
        done.result = worker.run(done.chunk);
        leave(number, std::move(done));
        done = {};
      }
    } catch (...) {
      // Only the caller's sink throws (or memory is exhausted): stop, and let the caller see it.
      const std::lock_guard lock(results_lock_);
      if (!failure_) failure_ = std::current_exception();
      delivering_ = false;
      turn_.notify_all();
    }
  }
  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

private:
  struct Done {
    snapshot::Chunk chunk;
    ChunkResult result;
  };

  bool take(snapshot::Chunk& chunk, std::uint64_t& number) {
    const std::lock_guard lock(source_lock_);
    {
      const std::lock_guard results(results_lock_);
      if (failure_) return false;
    }
    if (!source_.next(chunk)) return false;
    number = taken_++;
    return true;
  }

  void leave(std::uint64_t number, Done done) {
    {
      const std::lock_guard lock(source_lock_);
      source_.recycle(done.chunk);
    }
    std::unique_lock lock(results_lock_);
    results_.emplace(number, std::move(done));
    while (!delivering_ && !failure_ && !results_.empty() && results_.begin()->first == delivered_) {
      delivering_ = true;
      auto next = results_.extract(results_.begin());
      lock.unlock();
      delivery_.deliver(next.mapped().chunk, next.mapped().result);
      lock.lock();
      delivering_ = false;
      ++delivered_;
      turn_.notify_all();
    }
    // Not too far ahead of a slow chunk: results take memory.
    turn_.wait(lock, [&] {
      return failure_ || results_.size() < most_waiting_ || results_.begin()->first == delivered_;
    });
  }

  snapshot::ChunkSource& source_;
  Delivery& delivery_;
  const std::size_t most_waiting_;
  std::mutex source_lock_;
  std::uint64_t taken_ = 0;
  std::mutex results_lock_;
  std::condition_variable turn_;
  std::map<std::uint64_t, Done> results_;
  std::uint64_t delivered_ = 0;
  bool delivering_ = false;
  std::exception_ptr failure_;
};

Tally run_chunks(const Engine::State& state, snapshot::ChunkSource& source, Delivery& delivery) {
  const std::size_t threads = std::max(1u, state.options.threads);
  ChunkQueue queue(source, delivery, threads);
  std::vector<std::unique_ptr<Worker>> workers;
  for (std::size_t i = 0; i < threads; ++i)
    workers.push_back(std::make_unique<Worker>(state));
  {
    std::vector<std::jthread> running;
    for (std::size_t i = 1; i < threads; ++i)
      running.emplace_back([&queue, &worker = *workers[i]] { queue.work(worker); });
    queue.work(*workers[0]);
  }
  queue.rethrow();
  Tally total = make_tally(state);
  for (const auto& worker : workers)
    worker->add_to(total);
  return total;
}

void fill_counts(RunReport& report, Tally&& tally) {
  report.controls = std::move(tally.controls);
  for (const auto& [type, number] : tally.types)
    report.types[lower_ascii(type)] += number;
  constexpr auto kNotApplicable = static_cast<std::size_t>(Verdict::NotApplicable);
  for (auto& bundle : report.controls)
    for (ControlSummary& control : bundle) {
      // Controls do not even run for resources of other types.
      control.counts[kNotApplicable] = report.resources - control.applicable;
      for (std::size_t v = 0; v < kVerdictCount; ++v)
        report.counts[v] += control.counts[v];
    }
}

/// policy() outside an initiative has the members about initiatives, and they are null.
Value with_set_members(Arena& arena, const Value& policy) {
  if (!policy.is(ValueKind::Object)) return policy;
  const auto own = policy.as_object();
  std::vector<Member> members(own.begin(), own.end());
  for (const std::string_view key : {"setDefinitionId", "definitionReferenceId"})
    if (find_member(policy, key).is(ValueKind::Missing)) members.push_back({key, Value::null()});
  const auto kept = arena.array<Member>(members.size());
  std::copy(members.begin(), members.end(), kept.begin());
  return Value::object(kept);
}

void read_context(Engine::State& state) {
  SharedContext& context = state.context;
  const auto invalid = [&](std::string what) {
    state.problems.emplace_back(Diagnostic(Code::InvalidRunOption, {}, std::move(what)));
  };
  if (!state.options.now.empty()) {
    if (const auto instant = parse_date(state.options.now))
      context.values.now = Value::string(context.arena.copy(format_instant(*instant)));
    else
      invalid("`" + state.options.now + "` is no RFC 3339 instant");
  }
  if (state.options.context_json.empty()) return;
  Value json;
  JsonError error;
  if (!parse_json(context.arena, state.options.context_json, json, error))
    return invalid("the context is not valid JSON: " + error.reason);
  if (!json.is(ValueKind::Object)) return invalid("the context is not a JSON object");
  const auto member = [&](std::string_view name) {
    const Value value = find_member(json, name);
    if (!value.absent() && !value.is(ValueKind::Object))
      invalid("`" + std::string(name) + "` of the context is not an object");
    return value.is(ValueKind::Object) ? value : Value::missing();
  };
  context.values.subscription = member("subscription");
  context.values.resource_group = member("resourceGroup");
  context.values.request_context = member("requestContext");
  context.values.policy = with_set_members(context.arena, member("policy"));
}

void report_expired(Engine::State& state) {
  for (const PreparedBundle& bundle : state.bundles) {
    const bc::Program& program = bundle.program();
    for (std::size_t i = 0; i < program.exemptions.size(); ++i)
      if (!bundle.active_exemptions[i])
        state.problems.emplace_back(Diagnostic(Code::ExpiredExemption, {},
                                               "exemption `" + program.strings[program.exemptions[i].name] +
                                                   "` expired on " +
                                                   program.strings[program.exemptions[i].expires_on]));
  }
}

} // namespace

Engine::Engine(std::vector<Bundle> bundles, EngineOptions options) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  read_context(*state_);
  for (Bundle& bundle : bundles)
    state_->bundles.push_back(prepare(bundle.state(), state_->context.values));
  report_expired(*state_);
  state_->relations = RelationPlans(state_->bundles);
  state_->joins = JoinPlans(state_->bundles);
  for (const PreparedBundle& bundle : state_->bundles)
    for (const ControlPlan& control : bundle.controls)
      state_->needs_scopes = state_->needs_scopes || control.condition_needs_scope ||
                             control.description_needs_scope || control.existence_needs_scope;
}

Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

RunReport Engine::run(const std::vector<Input>& inputs, const FindingSink& sink) const {
  RunReport report;
  const auto add_problems = [&](bool errors) {
    for (const Diagnostic& problem : state_->problems)
      if ((problem.severity == Severity::Error) == errors) report.diagnostics.add(problem);
  };
  add_problems(true);
  Delivery delivery(report, sink, state_->options.progress);
  const std::size_t chunk_bytes = state_->options.chunk_bytes;
  snapshot::ChunkSource source(inputs, chunk_bytes == 0 ? snapshot::kChunkBytes : chunk_bytes);
  Tally tally = run_chunks(*state_, source, delivery);
  for (LateFinding& late : complete(*state_, delivery.work(), tally)) {
    late.finding.resource = &late.resource;
    sink(late.finding);
  }
  delivery.finish();
  add_problems(false); // what is worth knowing does not count as a problem of the input
  fill_counts(report, std::move(tally));
  return report;
}

RunReport Engine::run_one(std::string_view json, const FindingSink& sink) const {
  return run({Input::of_text("<resource>", std::string(json))}, sink);
}

} // namespace writ
