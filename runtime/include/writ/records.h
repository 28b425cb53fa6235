// SPDX-License-Identifier: MIT
// Runs that leave more behind than findings: results for the next run, or for being put together with others.
//
//   writ::RecordedRun run(std::move(bundles), options, {.cache_folder = "cache"});
//   writ::RunReport report = run.run(inputs, [](const writ::Finding& f) { … });
#pragma once

#include "writ/engine.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace writ {

struct RecordOptions {
  /// Folder where verdicts are kept for later runs, or empty. A document whose bytes are the same is then not
  /// parsed again.
  std::string cache_folder;
  std::uint64_t cache_bytes = std::uint64_t{1} << 30; ///< most that all its files may have
  /// File for the results of this run in a form that can be put together with others (writ/partial.h), or
  /// empty.
  std::string partial_file;
};

/// What went wrong beside the evaluation.
struct RecordProblems {
  /// Why files of the cache were not used or written, for people: no verdict depends on it.
  std::vector<std::string> cache;
  /// The partial result could not be written.
  Diagnostics failures;
};

/// An engine with records. Verdicts and reports are those of Engine.
class RecordedRun {
public:
  RecordedRun(std::vector<Bundle> bundles, EngineOptions options, RecordOptions records);
  ~RecordedRun();
  [[nodiscard]] RunReport run(const std::vector<Input>& inputs, const FindingSink& sink,
                              RecordProblems& problems) const;

private:
  std::unique_ptr<Engine::State> state_;
  RecordOptions records_;
};

} // namespace writ
