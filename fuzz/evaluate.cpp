// SPDX-License-Identifier: MIT
// Snapshots from anywhere, evaluated: reader, extractor and virtual machine never crash, and the fused
// program says the same as the plain way, whatever the size of the pieces. The bundle is named by
// WRIT_BUNDLE.
#include "writ/engine.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <vector>

using namespace writ;

namespace {

Bundle load_bundle() {
  const char* path = std::getenv("WRIT_BUNDLE");
  std::ifstream in(path == nullptr ? "" : path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  Result<Bundle> bundle = Bundle::load(std::as_bytes(std::span(bytes.data(), bytes.size())), "bundle");
  if (!bundle.ok()) {
    std::fputs("WRIT_BUNDLE must name a bundle: writ build -p std -o std.writb\n", stderr);
    std::exit(2);
  }
  return *bundle;
}

Engine make_engine(const Bundle& bundle, bool plain, std::size_t chunk_bytes) {
  EngineOptions options;
  options.now = "2026-01-01T00:00:00Z";
  options.plain = plain;
  options.chunk_bytes = chunk_bytes;
  return {{bundle}, options};
}

std::string transcript(const Engine& engine, const std::string& text, InputFormat format) {
  Input input = Input::of_text("fuzz.json", text);
  input.format = format;
  std::string said;
  const RunReport report = engine.run({input}, [&](const Finding& f) {
    said += std::string(f.control->id) + ' ' + f.resource->id + ' ' + std::to_string(f.resource->line) + ' ' +
            std::to_string(f.resource->byte_begin) + ' ' + std::string(to_text(f.verdict)) + ' ' + f.reason;
    for (const std::string& message : f.messages)
      said += '|' + message;
    for (const Evidence& e : f.evidence)
      said += '(' + e.pointer + ' ' + e.actual + ' ' + e.expected + ')';
    said += '\n';
  });
  for (const Diagnostic& d : report.diagnostics.all())
    said += std::to_string(d.line) + ':' + std::to_string(d.column) + ' ' + d.message + '\n';
  return said + std::to_string(report.resources) + ' ' + std::to_string(report.skipped);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Bundle bundle = load_bundle();
  static const Engine fused = make_engine(bundle, false, 0);
  static const Engine pieces = make_engine(bundle, false, 64);
  static const Engine plain = make_engine(bundle, true, 0);
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const InputFormat format : {InputFormat::Auto, InputFormat::Lines, InputFormat::Documents}) {
    const std::string said = transcript(fused, text, format);
    if (said != transcript(plain, text, format) || said != transcript(pieces, text, format)) std::abort();
  }
  return 0;
}
