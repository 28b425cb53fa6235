// SPDX-License-Identifier: MIT
#include "args.h"
#include "exit_codes.h"
#include "report_targets.h"
#include "terminal.h"
#include "writ/driver/evaluate.h"
#include "writ/driver/exemption_ledger.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <fstream>
#include <unistd.h>

namespace writ::cli {

namespace {

struct EvalArgs {
  SourceArgs sources;
  std::vector<std::string> inputs;
  std::string input_format = "auto";
  std::vector<std::string> formats;
  std::vector<std::string> verdicts;
  std::vector<std::string> exemptions;
  std::string context;
  std::string now;
  std::string details = "summary";
  std::string manual = "unknown";
  std::string fail_on;
  bool no_fail = false;
  bool fail_on_unknown = false;
  bool fail_on_empty = false;
  bool assume_complete = false;
  bool unordered = false;
  unsigned threads = 1;
  std::string cache;
  std::uint64_t cache_mib = 1024;
  std::string partial;
};

bool parse_verdicts(const std::vector<std::string>& words, std::set<Verdict>& out) {
  for (const std::string& list : words)
    for (const std::string& word : CLI::detail::split(list, ',')) {
      bool known = word == "all" || word == "none"; // none: counts only
      for (std::size_t i = 0; i < kVerdictCount; ++i) {
        const auto verdict = static_cast<Verdict>(i);
        if (word != "all" && word != to_text(verdict)) continue;
        out.insert(verdict);
        known = true;
      }
      if (!known) {
        std::fprintf(stderr,
                     "writ: no verdict `%s`; there are compliant, noncompliant, not-applicable, exempt, "
                     "unknown, error, all, none\n",
                     word.c_str());
        return false;
      }
    }
  if (words.empty())
    out = {Verdict::Compliant, Verdict::NonCompliant, Verdict::Exempt, Verdict::Unknown, Verdict::Error};
  return true;
}

bool collect_inputs(const EvalArgs& args, std::vector<Input>& inputs) {
  for (const std::string& path : args.inputs)
    inputs.push_back(Input::path(path));
  if (inputs.empty()) {
    if (is_terminal(STDIN_FILENO)) {
      std::fprintf(stderr, "writ: no input; name a file or folder, or pipe a snapshot in\n");
      return false;
    }
    inputs.push_back(Input::path("-"));
  }
  for (Input& input : inputs)
    input.format = args.input_format == "lines"       ? InputFormat::Lines
                   : args.input_format == "documents" ? InputFormat::Documents
                                                      : InputFormat::Auto;
  return true;
}

int run_eval(const EvalArgs& args, const GlobalOptions& global) {
  driver::SourceRequest request;
  if (!args.sources.to_request(request)) return kFailed;
  if (request.policies.empty()) {
    std::fprintf(stderr, "writ: no controls; give -p PATH or -p std\n");
    return kFailed;
  }
  driver::EvaluateRequest run;
  if (!parse_verdicts(args.verdicts, run.verdicts) || !collect_inputs(args, run.inputs)) return kFailed;
  std::deque<std::ofstream> files;
  if (!open_reports(args.formats, global, files, run.reports)) return kFailed;
  request.go_on_without_alias = true;
  driver::LoadedPolicies loaded = driver::load_policies(DiskFiles(), request);
  const bool left_out = print_problems(loaded, global);
  if (left_out && (loaded.bundles.empty() || loaded.problems.has_errors())) return kFailed;
  const bool nothing_left = std::all_of(loaded.bundles.begin(), loaded.bundles.end(),
                                        [](const Bundle& bundle) { return bundle.control_count() == 0; });
  if (nothing_left) {
    std::fprintf(stderr, "writ: no control is left to evaluate\n");
    return kFailed;
  }
  Diagnostics ledger;
  run.exemptions = driver::read_ledgers(DiskFiles(), args.exemptions, ledger);
  if (print_diagnostics(ledger, SourceMap(), global)) return kFailed;
  run.bundles = loaded.bundles;
  run.options.threads = args.threads;
  run.options.now = args.now.empty() ? current_time() : args.now;
  run.options.assume_complete = args.assume_complete;
  run.options.details_full = args.details == "full";
  run.options.manual_default = args.manual == "default";
  run.options.all_not_applicable = run.verdicts.contains(Verdict::NotApplicable);
  run.records.cache_folder = args.cache;
  run.records.cache_bytes = args.cache_mib << 20;
  run.records.partial_file = args.partial;
  run.sorted = !args.unordered;
  run.fail_on = args.fail_on;
  if (!args.context.empty()) {
    Result<std::string> text = DiskFiles().read(args.context);
    if (!text.ok()) {
      std::fprintf(stderr, "writ: %s\n", text.error().message.c_str());
      return kFailed;
    }
    run.options.context_json = *text;
  }
  // Progress is for people who wait: on a terminal, once in a while, and gone when the report comes.
  const bool progress = is_terminal(STDERR_FILENO);
  std::uint64_t shown = 0;
  if (progress)
    run.options.progress = [&shown](std::uint64_t resources) {
      if (resources < shown + 20'000) return;
      shown = resources;
      std::fprintf(stderr, "\r%llu resources", static_cast<unsigned long long>(resources));
    };
  const driver::EvaluateOutcome outcome = driver::evaluate(std::move(run));
  if (shown > 0) std::fprintf(stderr, "\r\x1b[K");
  print_diagnostics(outcome.run.diagnostics, SourceMap(), global);
  for (const std::string& problem : outcome.problems.cache)
    std::fprintf(stderr, "writ: warning: %s\n", problem.c_str());
  if (print_diagnostics(outcome.problems.failures, SourceMap(), global)) return kFailed;
  if (left_out || (outcome.run.resources == 0 && outcome.run.diagnostics.has_errors())) return kFailed;
  return exit_code_of(outcome, args.no_fail, args.fail_on_unknown, args.fail_on_empty);
}

} // namespace

Action setup_eval(CLI::App& app, const GlobalOptions& global) {
  auto args = std::make_shared<EvalArgs>();
  app.add_option("INPUT", args->inputs,
                 "snapshots: files, folders, patterns, - for standard input (the default when piped)");
  args->sources.add_to(app, true);
  app.add_option("--input-format", args->input_format, "auto, lines (NDJSON) or documents")
      ->check(CLI::IsMember({"auto", "lines", "documents"}));
  app.add_option("--format", args->formats, "text, json or ndjson, optionally =FILE (repeatable)")
      ->type_name("FORMAT[=FILE]")
      ->allow_extra_args(false);
  app.add_option(
         "--verdicts", args->verdicts,
         "which verdicts are written: a list, all, or none (counts only; default: all but not-applicable)")
      ->type_name("LIST")
      ->allow_extra_args(false);
  app.add_option("--exemptions", args->exemptions,
                 "ledger of agreed exceptions (YAML, repeatable): what they cover is exempt")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app.add_option("--context", args->context, "JSON of subscription, resourceGroup, requestContext, policy")
      ->type_name("FILE");
  app.add_option("--now", args->now, "what utcNow() stands for, RFC 3339 (default: the clock, read once)")
      ->type_name("TIME");
  app.add_option("--details", args->details, "summary or full (with deployment templates)")
      ->check(CLI::IsMember({"summary", "full"}));
  app.add_option("--manual", args->manual, "manual effects: unknown, or their default state")
      ->check(CLI::IsMember({"unknown", "default"}));
  app.add_option("--fail-on", args->fail_on, "gate: lowest severity that gives exit code 1 (default: any)")
      ->check(CLI::IsMember({"info", "low", "medium", "high", "critical"}));
  app.add_flag("--no-fail", args->no_fail, "violations give exit code 0");
  app.add_flag("--fail-on-unknown", args->fail_on_unknown, "unknown verdicts give exit code 3");
  app.add_flag("--fail-on-empty", args->fail_on_empty, "a control that matched nothing gives exit code 3");
  app.add_flag("--assume-complete", args->assume_complete,
               "a related resource that the snapshot lacks does not exist");
  app.add_flag("--unordered", args->unordered, "write verdicts in input order, as they come");
  app.add_option("--cache", args->cache,
                 "keep results here and use them again: what did not change is not evaluated a second time")
      ->type_name("DIR");
  app.add_option("--cache-size", args->cache_mib, "most that the cache may take, in MiB (default: 1024)")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 30))
      ->type_name("MIB");
  app.add_option("--partial-result", args->partial,
                 "also write what `writ merge` needs to put this part together with others")
      ->type_name("FILE");
  app.add_option("--threads", args->threads, "threads that evaluate")->check(CLI::Range(1, 256));
  return [args, &global] { return run_eval(*args, global); };
}

} // namespace writ::cli
