// SPDX-License-Identifier: MIT
#include "args.h"
#include "exit_codes.h"
#include "writ/driver/diff.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>

namespace writ::cli {

namespace {

struct DiffArgs {
  SourceArgs sources;
  std::string before;
  std::string after;
  std::vector<std::string> snapshots;
  std::string format = "text";
  std::string now;
  unsigned timeout = 10000;
  bool all = false;
  bool assume_complete = false;
};

/// True when one side could not be read.
bool load(const DiffArgs& args, const std::string& path, const GlobalOptions& global,
          driver::LoadedPolicies& out) {
  driver::SourceRequest request;
  if (!args.sources.to_request(request)) return true;
  request.policies = {path};
  request.controls.clear(); // what only the other side has is no mistake
  out = driver::load_policies(DiskFiles(), request);
  return print_problems(out, global);
}

int run_diff(const DiffArgs& args, const GlobalOptions& global) {
  driver::LoadedPolicies before;
  driver::LoadedPolicies after;
  if (load(args, args.before, global, before) || load(args, args.after, global, after)) return kFailed;
  driver::DiffOptions options;
  options.controls = args.sources.controls;
  options.now = args.now.empty() ? current_time() : args.now;
  options.timeout_ms = args.timeout;
  options.assume_complete = args.assume_complete;
  const auto writer = driver::make_diff_writer(args.format, std::cout, args.all);
  bool changed = false;
  std::size_t compared = 0;
  driver::compare_controls(before, after, options, [&](const driver::ControlChange& change) {
    ++compared;
    changed = changed || change.change != driver::Change::Same;
    writer->control(change);
  });
  if (compared == 0) {
    writer->end();
    std::fprintf(stderr, "writ: no control to compare\n");
    return kFailed;
  }
  bool incomplete = false;
  bool unread = false;
  if (!args.snapshots.empty()) {
    std::vector<Input> inputs;
    for (const std::string& path : args.snapshots)
      inputs.push_back(Input::path(path));
    writer->begin_snapshot();
    const driver::SnapshotDiff snapshot =
        driver::compare_verdicts(before, after, inputs, options, [&](const driver::Flip& flip) {
          changed = true;
          writer->flip(flip);
        });
    writer->end_snapshot(snapshot);
    print_diagnostics(snapshot.diagnostics, SourceMap(), global);
    incomplete = snapshot.incomplete;
    unread = snapshot.resources == 0 && snapshot.diagnostics.has_errors();
  }
  writer->end();
  std::cout.flush();
  if (unread) return kFailed;
  if (changed) return kViolations;
  return incomplete ? kIncomplete : kClean;
}

} // namespace

Action setup_diff(CLI::App& app, const GlobalOptions& global) {
  auto args = std::make_shared<DiffArgs>();
  app.add_option("OLD", args->before, "the policies as they were: a .writ file, folder, JSON, bundle, or std")
      ->required();
  app.add_option("NEW", args->after, "the policies as they are")->required();
  app.add_option("--snapshot", args->snapshots,
                 "list the verdicts about these resources that change (repeatable)")
      ->type_name("FILE")
      ->allow_extra_args(false);
  args->sources.add_to(app, false);
  app.add_option("--format", args->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  app.add_option("--now", args->now, "what utcNow() stands for, RFC 3339 (default: the clock, read once)")
      ->type_name("TIME");
  app.add_option("--timeout", args->timeout, "milliseconds for the proof of one control")
      ->check(CLI::Range(1U, 3600000U));
  app.add_flag("--all", args->all, "also list controls that say the same");
  app.add_flag("--assume-complete", args->assume_complete,
               "a related resource that the snapshot lacks does not exist");
  return [args, &global] { return run_diff(*args, global); };
}

} // namespace writ::cli
