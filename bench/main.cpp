// SPDX-License-Identifier: MIT
// What is measured inside one process, as Google Benchmark programs. `scripts/bench` makes the inputs, runs
// this, measures what needs a process of its own, and puts the table together.
//
// usage: writ_bench --data DIR [--builtins DIR] [--benchmark_…]
//   DIR holds a.ndjson (the snapshot) and b.ndjson (the same, 1 % changed).
#include "control_sets.h"
#include "writ/bytecode/program.h"
#include "writ/compiler.h"
#include "writ/driver/sources.h"
#include "writ/engine.h"
#include "writ/records.h"

#include <benchmark/benchmark.h>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <simdjson.h>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace writ;
namespace fs = std::filesystem;

/// Inputs and bundles that several benchmarks share.
struct Fixture {
  std::string folder;
  std::string snapshot; ///< path
  std::string changed;  ///< path
  simdjson::padded_string text;
  std::vector<Bundle> library;
  std::vector<Bundle> builtins; ///< empty without the data
  std::vector<Bundle> ten;
  std::vector<Bundle> hundred;
};

std::vector<Bundle> load(const Files& files, const driver::SourceRequest& request) {
  driver::LoadedPolicies loaded = driver::load_policies(files, request);
  if (loaded.bundles.empty()) std::fprintf(stderr, "writ_bench: nothing was compiled\n");
  return std::move(loaded.bundles);
}

std::vector<Bundle> compile_controls(std::size_t count) {
  MemoryFiles files;
  files.contents["bench.writ"] = bench::make_controls(count);
  CompileRequest request;
  request.sources = {"bench.writ"};
  Compilation compilation = Compilation::compile(files, request);
  for (const Diagnostic& diagnostic : compilation.diagnostics().all())
    if (diagnostic.severity == Severity::Error) std::fprintf(stderr, "%s\n", diagnostic.message.c_str());
  Result<Bundle> bundle = Bundle::from_program(compilation.program(), "bench");
  return bundle.ok() ? std::vector<Bundle>{*bundle} : std::vector<Bundle>();
}

EngineOptions counts_only(unsigned threads) {
  EngineOptions options;
  options.threads = threads;
  options.now = "2026-01-01T00:00:00Z";
  options.deliver = 0;
  options.evidence = false;
  return options;
}

void evaluate(benchmark::State& state, const std::vector<Bundle>& bundles, const std::string& path,
              unsigned threads) {
  const Engine engine(bundles, counts_only(threads));
  std::uint64_t resources = 0;
  for (auto _ : state) {
    const RunReport report = engine.run({Input::path(path)}, [](const Finding&) {});
    resources = report.resources;
  }
  state.counters["resources"] = static_cast<double>(resources);
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * fs::file_size(path)));
}

/// The yardstick: simdjson's DOM parser over the same lines, in memory.
void parse_dom(benchmark::State& state, const simdjson::padded_string& text) {
  simdjson::dom::parser parser;
#ifdef SIMDJSON_THREADS_ENABLED
  parser.threaded = false; // one thread against one thread
#endif
  std::size_t count = 0;
  for (auto _ : state) {
    count = 0;
    simdjson::dom::document_stream stream;
    if (parser.parse_many(text, 1 << 20).get(stream)) continue;
    for (auto document : stream)
      count += document.error() ? 0U : 1U;
  }
  state.counters["resources"] = static_cast<double>(count);
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

/// On demand: the type of each resource, and its end.
void parse_on_demand(benchmark::State& state, const simdjson::padded_string& text) {
  simdjson::ondemand::parser parser;
#ifdef SIMDJSON_THREADS_ENABLED
  parser.threaded = false;
#endif
  std::size_t count = 0;
  for (auto _ : state) {
    count = 0;
    simdjson::ondemand::document_stream stream;
    if (parser.iterate_many(text, 1 << 20).get(stream)) continue;
    for (auto document : stream) {
      std::string_view type;
      if (!document["type"].get_string().get(type)) count += type.empty() ? 0U : 1U;
    }
  }
  state.counters["resources"] = static_cast<double>(count);
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

/// A generic tree, on the first 16 MB.
void parse_nlohmann(benchmark::State& state, const simdjson::padded_string& text) {
  const std::string_view part = std::string_view(text).substr(0, std::size_t{16} << 20);
  std::size_t bytes = 0;
  for (auto _ : state) {
    bytes = 0;
    for (std::size_t at = 0;;) {
      const std::size_t end = part.find('\n', at);
      if (end == std::string_view::npos) break;
      benchmark::DoNotOptimize(nlohmann::json::parse(part.substr(at, end - at)));
      bytes += end + 1 - at;
      at = end + 1;
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes));
}

void compile_library(benchmark::State& state) {
  CompileRequest request;
  request.sources = {"std"};
  for (auto _ : state)
    benchmark::DoNotOptimize(Compilation::compile(DiskFiles(), request).program());
}

/// A snapshot of which 1 % changed, after a run over the one before. The cache is put back before each round.
void evaluate_again(benchmark::State& state, const Fixture& fixture, bool with_findings) {
  const std::string before = fixture.folder + "/cache-before";
  const std::string now = fixture.folder + "/cache-now";
  EngineOptions options = counts_only(1);
  std::uint64_t findings = 0;
  if (with_findings) {
    options.deliver = 0xFFFFFFFFu & ~(1u << static_cast<unsigned>(Verdict::NotApplicable));
    options.evidence = true;
  }
  fs::remove_all(before);
  RecordOptions records;
  records.cache_folder = before;
  RecordProblems problems;
  const auto sink = [&](const Finding&) { ++findings; };
  static_cast<void>(
      RecordedRun(fixture.library, options, records).run({Input::path(fixture.snapshot)}, sink, problems));
  records.cache_folder = now;
  for (auto _ : state) {
    state.PauseTiming();
    findings = 0;
    fs::remove_all(now);
    fs::copy(before, now, fs::copy_options::recursive);
    state.ResumeTiming();
    static_cast<void>(
        RecordedRun(fixture.library, options, records).run({Input::path(fixture.changed)}, sink, problems));
  }
  state.counters["findings"] = static_cast<double>(findings);
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * fs::file_size(fixture.changed)));
}

void evaluate_with_findings(benchmark::State& state, const Fixture& fixture) {
  EngineOptions options = counts_only(1);
  options.deliver = 0xFFFFFFFFu & ~(1u << static_cast<unsigned>(Verdict::NotApplicable));
  options.evidence = true;
  std::uint64_t findings = 0;
  for (auto _ : state) {
    findings = 0;
    static_cast<void>(
        Engine(fixture.library, options).run({Input::path(fixture.changed)}, [&](const Finding&) {
          ++findings;
        }));
  }
  state.counters["findings"] = static_cast<double>(findings);
}

} // namespace

int main(int argc, char** argv) {
  Fixture fixture;
  std::string builtins;
  std::vector<char*> rest;
  for (int i = 0; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--data" && i + 1 < argc)
      fixture.folder = argv[++i];
    else if (option == "--builtins" && i + 1 < argc)
      builtins = argv[++i];
    else
      rest.push_back(argv[i]);
  }
  int count = static_cast<int>(rest.size());
  benchmark::Initialize(&count, rest.data());
  if (benchmark::ReportUnrecognizedArguments(count, rest.data()) || fixture.folder.empty()) {
    std::fprintf(stderr, "usage: writ_bench --data DIR [--builtins DIR] [--benchmark_...]\n");
    return 2;
  }
  fixture.snapshot = fixture.folder + "/a.ndjson";
  fixture.changed = fixture.folder + "/b.ndjson";
  if (simdjson::padded_string::load(fixture.snapshot).get(fixture.text)) {
    std::fprintf(stderr, "writ_bench: cannot read %s\n", fixture.snapshot.c_str());
    return 2;
  }
  driver::SourceRequest library;
  library.policies = {"std"};
  fixture.library = load(DiskFiles(), library);
  fixture.ten = compile_controls(10);
  fixture.hundred = compile_controls(100);
  if (!builtins.empty()) {
    driver::SourceRequest request;
    request.policies = {builtins + "/builtins.ndjson"};
    request.alias_files = {builtins + "/aliases.json"};
    request.unknown_alias = UnknownAlias::Skip;
    request.go_on_without_alias = true;
    fixture.builtins = load(DiskFiles(), request);
  }
  if (fixture.library.empty() || fixture.ten.empty() || fixture.hundred.empty()) return 2;

  const auto add = [](const char* name, auto run) {
    return benchmark::RegisterBenchmark(name, run)->Unit(benchmark::kMillisecond)->Iterations(1);
  };
  add("parse/dom", [&](benchmark::State& s) { parse_dom(s, fixture.text); });
  add("parse/on_demand", [&](benchmark::State& s) { parse_on_demand(s, fixture.text); });
  add("parse/nlohmann", [&](benchmark::State& s) { parse_nlohmann(s, fixture.text); });
  add("eval/library", [&](benchmark::State& s) { evaluate(s, fixture.library, fixture.snapshot, 1); });
  add("eval/library_two_threads",
      [&](benchmark::State& s) { evaluate(s, fixture.library, fixture.snapshot, 2); });
  if (!fixture.builtins.empty())
    add("eval/builtins", [&](benchmark::State& s) { evaluate(s, fixture.builtins, fixture.snapshot, 1); });
  add("eval/ten_controls", [&](benchmark::State& s) { evaluate(s, fixture.ten, fixture.snapshot, 1); });
  add("eval/hundred_controls",
      [&](benchmark::State& s) { evaluate(s, fixture.hundred, fixture.snapshot, 1); });
  add("eval/changed", [&](benchmark::State& s) { evaluate(s, fixture.library, fixture.changed, 1); });
  add("cache/changed", [&](benchmark::State& s) { evaluate_again(s, fixture, false); });
  add("eval/changed_findings", [&](benchmark::State& s) { evaluate_with_findings(s, fixture); });
  add("cache/changed_findings", [&](benchmark::State& s) { evaluate_again(s, fixture, true); });
  add("compile/library", compile_library);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
