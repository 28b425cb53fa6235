// SPDX-License-Identifier: MIT
#include "writ/records.h"

#include "engine/delivery.h"
#include "engine/partial_file.h"
#include "engine/run_key.h"

#include <optional>

namespace writ {

RecordedRun::RecordedRun(std::vector<Bundle> bundles, EngineOptions options, RecordOptions records)
    : state_(make_engine_state(std::move(bundles), std::move(options))), records_(std::move(records)) {}

RecordedRun::~RecordedRun() = default;

RunReport RecordedRun::run(const std::vector<Input>& inputs, const FindingSink& sink,
                           RecordProblems& problems) const {
  std::optional<cache::Store> store;
  if (!records_.cache_folder.empty())
    store.emplace(records_.cache_folder, run_key(*state_), records_.cache_bytes);
  std::optional<PartialWriter> partial;
  if (!records_.partial_file.empty()) partial.emplace(*state_, records_.partial_file);
  RunReport report =
      run_engine(*state_, inputs, sink, {store ? &*store : nullptr, partial ? &*partial : nullptr});
  if (store) {
    store->finish();
    problems.cache = store->problems();
  }
  if (partial)
    if (Status written = partial->finish(); !written.ok()) problems.failures.add(written.take_error());
  return report;
}

} // namespace writ
