// SPDX-License-Identifier: MIT
#include "args.h"
#include "exit_codes.h"
#include "report_targets.h"
#include "writ/driver/exemption_ledger.h"

#include <CLI/CLI.hpp>
#include <cstdio>

namespace writ::cli {

namespace {

struct MergeArgs {
  std::vector<std::string> files;
  std::vector<std::string> formats;
  std::vector<std::string> exemptions;
  std::string partial;
  std::string fail_on;
  bool no_fail = false;
  bool fail_on_unknown = false;
  bool fail_on_empty = false;
  bool unordered = false;
};

int run_merge(const MergeArgs& args, const GlobalOptions& global) {
  Result<PartialResults> partial = PartialResults::open(args.files);
  if (!partial.ok()) {
    print_problem(partial.error(), global);
    return kFailed;
  }
  if (!args.partial.empty()) {
    if (const Status written = partial->write(args.partial); !written.ok()) {
      print_problem(written.error(), global);
      return kFailed;
    }
    if (args.formats.empty()) return kClean;
  }
  driver::EvaluateRequest run;
  Diagnostics ledger;
  run.exemptions = driver::read_ledgers(DiskFiles(), args.exemptions, ledger);
  if (print_diagnostics(ledger, SourceMap(), global)) return kFailed;
  run.partial = &*partial;
  run.sorted = !args.unordered;
  run.fail_on = args.fail_on;
  std::deque<std::ofstream> files;
  if (!open_reports(args.formats, global, files, run.reports)) return kFailed;
  const driver::EvaluateOutcome outcome = driver::evaluate(std::move(run));
  print_diagnostics(outcome.run.diagnostics, SourceMap(), global);
  if (print_diagnostics(outcome.problems.failures, SourceMap(), global)) return kFailed;
  return exit_code_of(outcome, args.no_fail, args.fail_on_unknown, args.fail_on_empty);
}

} // namespace

Action setup_merge(CLI::App& app, const GlobalOptions& global) {
  auto args = std::make_shared<MergeArgs>();
  app.add_option("FILE", args->files, "partial results, in any order, each as often as you like")->required();
  app.add_option("--format", args->formats, "text, json or ndjson, optionally =FILE (repeatable)")
      ->type_name("FORMAT[=FILE]")
      ->allow_extra_args(false);
  app.add_option("--exemptions", args->exemptions,
                 "ledger of agreed exceptions (YAML, repeatable): what they cover is exempt")
      ->type_name("LEDGER")
      ->allow_extra_args(false);
  app.add_option("--partial-result", args->partial,
                 "write one partial result of them all, for merging in steps; no report without --format")
      ->type_name("FILE");
  app.add_option("--fail-on", args->fail_on, "gate: lowest severity that gives exit code 1 (default: any)")
      ->check(CLI::IsMember({"info", "low", "medium", "high", "critical"}));
  app.add_flag("--no-fail", args->no_fail, "violations give exit code 0");
  app.add_flag("--fail-on-unknown", args->fail_on_unknown, "unknown verdicts give exit code 3");
  app.add_flag("--fail-on-empty", args->fail_on_empty, "a control that matched nothing gives exit code 3");
  app.add_flag("--unordered", args->unordered, "write verdicts in input order, as they come");
  return [args, &global] { return run_merge(*args, global); };
}

} // namespace writ::cli
