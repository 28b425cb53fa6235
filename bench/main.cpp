// SPDX-License-Identifier: MIT
// The benchmark table. Every figure is a ratio of two measurements of the same run, or carries its unit; each
// is the best of several repetitions, because the machine's noise only ever adds.
#include "snapshot_text.h"
#include "writ/bytecode/bundle.h"
#include "writ/compiler.h"
#include "writ/engine.h"

#include <chrono>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <simdjson.h>

namespace {

using namespace writ;

double best_of(int repetitions, const std::function<void()>& work) {
  double best = 1e99;
  for (int i = 0; i < repetitions; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

/// simdjson's DOM parser over the same lines: the yardstick.
std::size_t parse_lines(const simdjson::padded_string& text) {
  simdjson::dom::parser parser;
#ifdef SIMDJSON_THREADS_ENABLED
  parser.threaded = false; // one thread against one thread
#endif
  std::size_t count = 0;
  simdjson::dom::document_stream stream;
  if (parser.parse_many(text, 1 << 20).get(stream)) return 0;
  for (auto document : stream)
    count += document.error() ? 0U : 1U;
  return count;
}

std::uint64_t evaluate(const Bundle& bundle, const std::string& path, unsigned threads) {
  EngineOptions options;
  options.threads = threads;
  options.now = "2026-01-01T00:00:00Z";
  options.deliver = 0; // findings are counted
  options.evidence = false;
  const Engine engine({bundle}, options);
  return engine.run({Input::path(path)}, [](const Finding&) {})
      .counts[static_cast<std::size_t>(Verdict::NonCompliant)];
}

} // namespace

int main(int argc, char** argv) {
  std::size_t resources = 200'000;
  std::string json_file;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--resources") == 0) resources = std::stoul(argv[i + 1]);
    if (std::strcmp(argv[i], "--json") == 0) json_file = argv[i + 1];
  }
  nlohmann::ordered_json rows;
  auto row = [&](const char* name, double value, const char* unit) {
    rows[name] = value;
    fmt::print("{:<28} {:>10.3f} {}\n", name, value, unit);
  };
  CompileRequest request;
  request.sources = {"std"};

  // --- compiler
  std::size_t source_lines = 0;
  const double compile = best_of(5, [&] {
    Compilation c = Compilation::compile(DiskFiles(), request);
    source_lines = 0;
    for (std::uint32_t i = 0; i < c.sources().size(); ++i) {
      const std::string_view text = c.sources().text({i});
      source_lines += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    }
  });
  row("parse_check_ms_per_1000_lines", compile * 1e6 / static_cast<double>(source_lines),
      "ms (whole library, catalogue load included)");
  Compilation compilation = Compilation::compile(DiskFiles(), request);
  std::string bytes;
  row("compile_library_ms",
      best_of(5,
              [&] {
                Compilation c = Compilation::compile(DiskFiles(), request);
                bytes = bc::store_program(c.program());
              }) *
          1e3,
      "ms (target 300)");
  row("load_bundle_ms",
      best_of(20,
              [&] { (void)Bundle::load(std::as_bytes(std::span(bytes.data(), bytes.size())), "b").ok(); }) *
          1e3,
      "ms (target 5)");

  // --- evaluation
  Result<Bundle> bundle = Bundle::from_program(compilation.program(), "std");
  if (!bundle.ok()) return 2;
  const std::string text =
      bench::make_snapshot(std::string(WRIT_SOURCE_DIR) + "/samples/halden/snapshot.ndjson", resources);
  const std::string path = "/tmp/writ-bench.ndjson";
  std::ofstream(path, std::ios::binary) << text;
  const simdjson::padded_string padded(text);
  std::size_t parsed = 0;
  std::uint64_t findings = 0;
  const double dom = best_of(5, [&] { parsed = parse_lines(padded); });
  const double one = best_of(5, [&] { findings = evaluate(*bundle, path, 1); });
  const double two = best_of(5, [&] { findings = evaluate(*bundle, path, 2); });
  std::remove(path.c_str());
  if (parsed != resources) fmt::print("warning: the yardstick read {} of {} lines\n", parsed, resources);
  fmt::print("snapshot: {} resources, {:.1f} MB, {} findings\n", resources,
             static_cast<double>(text.size()) / 1e6, findings);
  row("library_over_dom", one / dom, "x simdjson DOM parse of the same bytes, one thread (target 1.5)");
  row("two_threads_speedup", one / two, "x one thread (target 1.8)");
  row("resources_per_ms", static_cast<double>(resources) / (one * 1e3),
      "resources evaluated a millisecond, one thread");
  row("dom_megabytes_per_second", static_cast<double>(text.size()) / 1e6 / dom, "MB/s of the yardstick");
  if (!json_file.empty()) std::ofstream(json_file) << rows.dump(2) << '\n';
  return 0;
}
