// SPDX-License-Identifier: MIT
// Chunks over threads, findings in input order.
//
// A worker takes the next chunk under a lock, evaluates it alone and leaves the result; whoever leaves the
// one that is next delivers it and those that follow. Findings leave in the order of the input whatever the
// number of threads. Line numbers inside a file are completed at delivery, when the lines of all earlier
// chunks are known. What depends on the rest of the input is decided at the end.
#include "engine/delivery.h"
#include "engine/engine_state.h"
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

Tally run_chunks(const Engine::State& state, snapshot::ChunkSource& source, Delivery& delivery,
                 const RunRecords& records) {
  const std::size_t threads = std::max(1u, state.options.threads);
  ChunkQueue queue(source, delivery, threads);
  std::vector<std::unique_ptr<Worker>> workers;
  for (std::size_t i = 0; i < threads; ++i)
    workers.push_back(std::make_unique<Worker>(state, records));
  {
    std::vector<std::jthread> running;
    for (std::size_t i = 1; i < threads; ++i)
      running.emplace_back([&queue, &worker = *workers[i]] { queue.work(worker); });
    queue.work(*workers[0]);
  }
  queue.rethrow();
  Tally total = make_tally(state);
  for (const auto& worker : workers) {
    worker->move_to(total);
    delivery.add(worker->take_alike());
  }
  return total;
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

std::unique_ptr<Engine::State> make_engine_state(std::vector<Bundle> bundles, EngineOptions options) {
  auto state = std::make_unique<Engine::State>();
  state->options = std::move(options);
  read_context(*state);
  for (Bundle& bundle : bundles)
    state->bundles.push_back(prepare(bundle.state(), state->context.values));
  report_expired(*state);
  state->relations = RelationPlans(state->bundles);
  state->joins = JoinPlans(state->bundles);
  for (const PreparedBundle& bundle : state->bundles)
    for (const ControlPlan& control : bundle.controls)
      state->needs_scopes = state->needs_scopes || control.condition_needs_scope ||
                            control.words_need_scope || control.choice_needs_scope ||
                            control.existence_needs_scope;
  return state;
}

Engine::Engine(std::vector<Bundle> bundles, EngineOptions options)
    : state_(make_engine_state(std::move(bundles), std::move(options))) {}

Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

RunReport run_engine(const Engine::State& state, const std::vector<Input>& inputs, const FindingSink& sink,
                     const RunRecords& records) {
  RunReport report;
  add_problems(report, state, Severity::Error);
  const EngineOptions& options = state.options;
  Delivery delivery(report, sink, options.progress, records);
  snapshot::ChunkSource source(inputs,
                               options.chunk_bytes == 0 ? snapshot::kChunkBytes : options.chunk_bytes);
  Tally tally = run_chunks(state, source, delivery, records);
  delivery.finish(state, tally);
  add_problems(report, state, Severity::Warning); // what is worth knowing is no problem of the input
  fill_counts(report, std::move(tally));
  return report;
}

RunReport Engine::run(const std::vector<Input>& inputs, const FindingSink& sink) const {
  return run_engine(*state_, inputs, sink, {});
}

RunReport Engine::run_one(std::string_view json, const FindingSink& sink) const {
  return run({Input::of_text("<resource>", std::string(json))}, sink);
}

} // namespace writ
