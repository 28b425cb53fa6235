// SPDX-License-Identifier: MIT
#include "engine/delivery.h"

#include "engine/partial_file.h"
#include "writ/text.h"

#include <algorithm>

namespace writ {

void Delivery::deliver(snapshot::Chunk& chunk, ChunkResult& result) {
  if (chunk.begins_file) begin_file(chunk);
  const std::uint64_t shift = chunk.lines ? lines_before_ : 0;
  if (records_.partial != nullptr) records_.partial->add(chunk, result, shift);
  if (records_.cache != nullptr)
    for (cache::Record& document : result.documents)
      records_.cache->add(std::move(document));
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

void Delivery::finish(const Engine::State& state, Tally& tally) {
  for (LateFinding& late : complete(state, work_, tally)) {
    late.finding.resource = &late.resource;
    sink_(late.finding);
  }
  warn_about_input();
}

void Delivery::warn_about_input() {
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

void Delivery::begin_file(const snapshot::Chunk& chunk) {
  lines_before_ = 0;
  InputSeen seen{chunk.file->name, {}, {}, 0};
  report_.inputs.push_back(std::move(seen));
}

void Delivery::set_aside(ChunkResult& result, std::uint64_t shift) {
  for (relate::Candidate& candidate : result.candidates)
    work_.inventory.add(std::move(candidate));
  for (relate::JoinCandidate& candidate : result.join_candidates)
    work_.join_book.add(std::move(candidate));
  for (ScopeRecord& record : result.scopes)
    work_.scopes.add(std::move(record));
  const auto place = [&](auto& waiting) {
    waiting.order += report_.resources;
    waiting.resource.line += shift;
  };
  for (WaitingJoin& waiting : result.joins) {
    waiting.order += report_.resources;
    if (waiting.resource != nullptr) waiting.resource->line += shift;
  }
  std::for_each(result.primaries.begin(), result.primaries.end(), place);
  std::for_each(result.waiting.begin(), result.waiting.end(), place);
  work_.joins.add(std::move(result.joins));
  work_.primaries.add(std::move(result.primaries));
  work_.numbers.add(std::move(result.numbers));
  work_.resources.add(std::move(result.waiting));
}

void Delivery::note_counts(const snapshot::Chunk& chunk, const snapshot::ChunkCounts& counts,
                           std::uint64_t shift) {
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

void add_problems(RunReport& report, const Engine::State& state, Severity severity) {
  for (const Diagnostic& problem : state.problems)
    if ((problem.severity == Severity::Error) == (severity == Severity::Error))
      report.diagnostics.add(problem);
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

} // namespace writ
