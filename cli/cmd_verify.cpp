// SPDX-License-Identifier: MIT
#include "args.h"
#include "commands.h"
#include "exit_codes.h"
#include "writ/driver/compile_request.h"
#include "writ/driver/self_test.h"
#include "writ/driver/verify_report.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <iterator>

namespace writ::cli {

namespace {

struct VerifyArgs {
  SourceArgs sources;
  std::size_t pairs = driver::VerifyRequest().pairs;
  std::uint32_t seed = driver::VerifyRequest().seed;
  std::vector<std::string> snapshots;
  std::string context;
  std::string now = "2026-01-01T00:00:00Z";
  std::string format = "text";
  std::string table;
  std::string emitted;
  std::vector<std::string> targets;
  bool assume_complete = false;
  bool strict = false;
  bool no_proof = false;
  bool self_test = false;
  std::size_t mutants = driver::SelfTestRequest().most_per_operator;
};

/// Everything that holds policies: exemptions are no part of what a control means.
std::vector<std::string> all_targets() {
  std::vector<std::string> out;
  for (const EmitTargetInfo& target : emit_targets())
    if (target.name != "exemptions") out.emplace_back(target.name);
  return out;
}

/// A folder without more words holds definitions, as `writ emit azure-policy` writes them.
std::vector<std::string> targets_of(const VerifyArgs& args) {
  if (args.targets.empty()) return args.emitted.empty() ? all_targets() : std::vector<std::string>{};
  const bool all = std::find(args.targets.begin(), args.targets.end(), "all") != args.targets.end();
  return all ? all_targets() : args.targets;
}

bool to_verify_request(const VerifyArgs& args, driver::VerifyRequest& out) {
  out.pairs = args.pairs;
  out.seed = args.seed;
  out.now = args.now;
  out.assume_complete = args.assume_complete;
  out.emitted_folder = args.emitted;
  out.targets = targets_of(args);
  out.symbolic = !args.no_proof;
  out.controls = args.sources.controls;
  out.least_severity = args.sources.severity;
  for (const std::string& path : args.snapshots) {
    if (path != "-") {
      out.snapshot.push_back(Input::path(path));
      continue;
    }
    // It is read more than once.
    std::string text((std::istreambuf_iterator<char>(std::cin)), std::istreambuf_iterator<char>());
    out.snapshot.push_back(Input::of_text("standard input", std::move(text)));
  }
  if (args.context.empty()) return true;
  Result<std::string> text = DiskFiles().read(args.context);
  if (!text.ok()) {
    std::fprintf(stderr, "writ: %s\n", text.error().message.c_str());
    return false;
  }
  out.context_json = std::move(*text);
  return true;
}

/// The command as it stands in the table: what decides its contents.
std::string command_of(const VerifyArgs& args) {
  std::string out = "writ verify";
  for (const std::string& policy : args.sources.policies)
    out += " " + policy;
  if (args.self_test) out += " --self-test --mutants " + std::to_string(args.mutants);
  return out + " --table " + args.table;
}

int run_self_test(const VerifyArgs& args, Compilation& compilation, const CompileRequest& compile,
                  const driver::VerifyRequest& request, const GlobalOptions& global) {
  const driver::SelfTestReport report =
      driver::run_self_test(DiskFiles(), compilation, compile, {request, args.mutants});
  const std::string text = args.format == "json" ? driver::to_json(report) : driver::to_text(report);
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (report.controls == 0) {
    std::fprintf(stderr, "writ: none of the selected controls can be emitted\n");
    return kFailed;
  }
  if (!args.table.empty()) {
    Status status = DiskFiles().write(args.table, driver::to_table(report, command_of(args)));
    if (!status.ok()) {
      print_problem(status.error(), global);
      return kFailed;
    }
  }
  return report.complete() ? kClean : kViolations;
}

int run_verify(const VerifyArgs& args, const GlobalOptions& global) {
  driver::SourceRequest sources;
  driver::VerifyRequest request;
  if (!args.sources.to_request(sources) || !to_verify_request(args, request)) return kFailed;
  const CompileRequest compile = driver::compile_request(sources);
  if (compile.sources.size() != sources.policies.size()) {
    std::fprintf(stderr, "writ: what is verified is emitted from sources, not from bundles\n");
    return kFailed;
  }
  DiskFiles disk;
  Compilation compilation = Compilation::compile(disk, compile);
  if (print_diagnostics(compilation.diagnostics(), compilation.sources(), global)) return kFailed;
  if (args.self_test) return run_self_test(args, compilation, compile, request, global);
  const driver::VerifyReport report = driver::run_verification(disk, compilation, compile, request);
  print_diagnostics(report.problems, SourceMap(), global);
  if (report.controls.empty()) {
    std::fprintf(stderr,
                 "writ: no control is selected; check --control and --severity against `writ check`\n");
    return kFailed;
  }
  const std::string text = args.format == "json" ? driver::to_json(report) : driver::to_text(report);
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (!args.table.empty())
    if (Status status = disk.write(args.table, driver::to_table(report, command_of(args))); !status.ok()) {
      print_problem(status.error(), global);
      return kFailed;
    }
  const bool other_target = report.count(driver::TargetOutcome::Different) > 0 ||
                            report.count(driver::TargetOutcome::Missing) > 0 ||
                            !report.target_problems.empty();
  if (report.count(driver::VerifyOutcome::Different) > 0 || other_target) return kViolations;
  if (report.count(driver::VerifyOutcome::Failed) > 0) return kFailed;
  const bool undecided = std::any_of(
      report.controls.begin(), report.controls.end(), [](const driver::ControlVerification& control) {
        return control.outcome == driver::VerifyOutcome::NotEmitted ||
               (control.outcome == driver::VerifyOutcome::Tested && !control.same_ir);
      });
  return report.problems.has_errors() || (args.strict && undecided) ? kIncomplete : kClean;
}

} // namespace

Action setup_verify(CLI::App& app, const GlobalOptions& global) {
  auto args = std::make_shared<VerifyArgs>();
  app.add_option("PATH", args->sources.policies,
                 "controls: .writ files, Azure Policy JSON, folders of them, or std")
      ->required();
  args->sources.add_to(app, false);
  app.add_option("--pairs", args->pairs, "situations to compare each control on under its defaults")
      ->capture_default_str()
      ->check(CLI::Range(1, 1'000'000));
  app.add_option("--seed", args->seed, "of what is generated: the same seed gives the same situations")
      ->capture_default_str();
  app.add_option("--snapshot", args->snapshots, "compare on these resources as well (repeatable; - is stdin)")
      ->type_name("INPUT")
      ->allow_extra_args(false);
  app.add_flag("--assume-complete", args->assume_complete,
               "a related resource that the snapshot lacks does not exist");
  app.add_option("--context", args->context, "JSON file: what a live request would tell")->type_name("FILE");
  app.add_option("--now", args->now, "what utcNow() stands for, RFC 3339")->capture_default_str();
  app.add_option("--format", args->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  app.add_option("--table", args->table, "also write the table of results, as Markdown")->type_name("FILE");
  app.add_option("--emitted", args->emitted,
                 "compare with the definitions in this folder, instead of emitting them anew")
      ->type_name("DIR");
  std::vector<std::string> names = all_targets();
  names.emplace_back("all");
  app.add_option(
         "--target", args->targets,
         "read these targets back (repeatable): all, which is the default without --emitted, or names")
      ->allow_extra_args(false)
      ->check(CLI::IsMember(names));
  app.add_flag("--no-proof", args->no_proof, "compare and test only")->excludes("--table");
  app.add_flag("--strict", args->strict,
               "exit 3 when a control is not emitted, or neither of the same IR nor proved");
  app.add_flag("--self-test", args->self_test,
               "break the emitted definitions on purpose; exit 1 when a change of meaning is not noticed");
  app.add_option("--mutants", args->mutants,
                 "of each kind of damage, how many places in a definition are tried; 0 = all")
      ->capture_default_str()
      ->needs("--self-test");
  return [args, &global] { return run_verify(*args, global); };
}

} // namespace writ::cli
