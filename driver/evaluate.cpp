// SPDX-License-Identifier: MIT
#include "writ/driver/evaluate.h"
#include "finding_sorter.h"
#include "writ/driver/ledger_run.h"
#include "writ/driver/sources.h"
#include "writ/version.h"

#include <algorithm>

namespace writ::driver {

namespace {

std::string describe(const Diagnostic& d) {
  std::string text = d.message;
  if (!d.file.empty() && text.find(d.file) == std::string::npos) {
    text = d.file + (d.line ? ":" + std::to_string(d.line) : std::string()) +
           (d.line && d.column ? ":" + std::to_string(d.column) : std::string()) + ": " + text;
  }
  return text;
}

/// The variants of a control that an assignment overrides follow each other; for people they are one.
void add_line(report::RunSummary& summary, const ControlRef& control, const ControlSummary& counts) {
  constexpr auto kNotApplicable = static_cast<std::size_t>(Verdict::NotApplicable);
  const bool variant = !summary.controls.empty() && !control.assignment.empty() &&
                       summary.controls.back().control.id == control.id &&
                       summary.controls.back().control.initiative == control.initiative &&
                       summary.controls.back().control.assignment == control.assignment;
  if (!variant) {
    summary.controls.push_back({control, counts});
    return;
  }
  ControlSummary& total = summary.controls.back().summary;
  for (std::size_t v = 0; v < kVerdictCount; ++v)
    total.counts[v] += counts.counts[v];
  total.applicable += counts.applicable;
  total.counts[kNotApplicable] -= summary.resources;
  summary.counts[kNotApplicable] -= summary.resources;
}

/// Counts are the engine's, which knows no ledger: moves what became exempt, and says what became of the
/// entries.
void apply_ledger(const EvaluateRequest& request, const std::vector<Bundle>& bundles, const LedgerRun& ledger,
                  RunReport& run, report::RunSummary& summary) {
  if (request.exemptions.empty()) return;
  constexpr auto kExempt = static_cast<std::size_t>(Verdict::Exempt);
  std::vector<const ControlRef*> evaluated;
  for (std::size_t b = 0; b < bundles.size(); ++b)
    for (std::size_t c = 0; c < bundles[b].control_count(); ++c) {
      const ControlRef& control = bundles[b].control(c);
      evaluated.push_back(&control);
      const auto excused = ledger.excused(control);
      for (std::size_t v = 0; v < kVerdictCount; ++v) {
        run.controls[b][c].counts[v] -= excused[v];
        run.controls[b][c].counts[kExempt] += excused[v];
        run.counts[v] -= excused[v];
        run.counts[kExempt] += excused[v];
      }
    }
  ledger.report(evaluated, run.diagnostics);
  for (const LedgerLine& line : ledger.lines())
    summary.exemptions.push_back({line.entry->name, line.entry->owner, line.entry->expires,
                                  std::string(to_text(line.state)), line.verdicts});
}

report::RunSummary summarize(const EvaluateRequest& request, const std::vector<Bundle>& bundles,
                             const LedgerRun& ledger, EvaluateOutcome& outcome) {
  const std::string& fail_on = request.fail_on;
  report::RunSummary summary;
  apply_ledger(request, bundles, ledger, outcome.run, summary);
  summary.resources = outcome.run.resources;
  summary.incomplete = outcome.run.incomplete;
  std::copy(outcome.run.counts.begin(), outcome.run.counts.end(), summary.counts);
  for (std::size_t b = 0; b < bundles.size(); ++b)
    for (std::size_t c = 0; c < bundles[b].control_count(); ++c) {
      const ControlRef& control = bundles[b].control(c);
      const ControlSummary& counts = outcome.run.controls[b][c];
      add_line(summary, control, counts);
      if (fail_on.empty() || severity_rank(control.severity) >= severity_rank(fail_on))
        outcome.gated += counts.counts[static_cast<std::size_t>(Verdict::NonCompliant)] +
                         counts.counts[static_cast<std::size_t>(Verdict::Error)];
    }
  for (const report::ControlLine& line : summary.controls)
    if (line.summary.applicable == 0) summary.matched_nothing.emplace_back(line.control.id);
  std::stable_sort(
      summary.controls.begin(), summary.controls.end(),
      [](const report::ControlLine& a, const report::ControlLine& b) { return a.control.id < b.control.id; });
  std::sort(summary.matched_nothing.begin(), summary.matched_nothing.end());
  for (const Diagnostic& d : outcome.run.diagnostics.all())
    summary.warnings.push_back(describe(d));
  return summary;
}

} // namespace

EvaluateOutcome evaluate(EvaluateRequest request) {
  EvaluateOutcome outcome;
  const std::vector<Bundle>& bundles = request.partial ? request.partial->bundles() : request.bundles;
  report::RunInfo info;
  info.version = kVersion;
  info.now = request.partial ? request.partial->options().now : request.options.now;
  for (const Bundle& bundle : bundles)
    info.bundle += (info.bundle.empty() ? "" : "+") + bundle.hash();
  if (request.partial) info.inputs = request.partial->inputs();
  for (const Input& input : request.inputs)
    info.inputs.push_back(input.name);
  std::vector<std::unique_ptr<report::FindingWriter>> writers;
  for (const ReportTarget& target : request.reports) {
    writers.push_back(report::make_finding_writer(target.format, *target.out));
    info.color = target.color;
    writers.back()->begin(info);
  }

  std::uint32_t wanted = 0;
  for (Verdict verdict : request.verdicts)
    wanted |= 1U << static_cast<unsigned>(verdict);
  if (request.partial) wanted = request.partial->options().deliver;
  if (request.partial && !request.exemptions.empty() &&
      (wanted & LedgerRun::kExcused) != LedgerRun::kExcused) {
    outcome.problems.failures.add(Diagnostic(
        Code::LedgerValue, {}, "the partial results leave out verdicts that an exemption could excuse"));
    return outcome;
  }
  LedgerRun ledger(request.exemptions, info.now);
  request.options.deliver = request.exemptions.empty() ? wanted : wanted | LedgerRun::kExcused;
  const auto write = [&](const Finding& finding) {
    for (const auto& writer : writers)
      writer->finding(finding);
  };
  FindingSorter sorter;
  const auto keep = [&](const Finding& finding) {
    if ((wanted >> static_cast<unsigned>(finding.verdict) & 1U) == 0) return;
    if (request.sorted)
      sorter.add(finding);
    else
      write(finding);
  };
  const auto take = [&](const Finding& delivered) {
    if (request.exemptions.empty()) return keep(delivered);
    Finding excused = delivered;
    ledger.apply(excused);
    keep(excused);
  };
  outcome.run = request.partial ? request.partial->merge(take, outcome.problems)
                                : RecordedRun(bundles, request.options, request.records)
                                      .run(request.inputs, take, outcome.problems);
  if (!sorter.each(write))
    outcome.problems.failures.add(
        Diagnostic(Code::FileUnwritable, {}, "findings were lost: " + sorter.problem()));

  const report::RunSummary summary = summarize(request, bundles, ledger, outcome);
  outcome.matched_nothing = summary.matched_nothing;
  for (const auto& writer : writers)
    writer->end(summary);
  return outcome;
}

} // namespace writ::driver
