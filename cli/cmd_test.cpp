// SPDX-License-Identifier: MIT
#include "args.h"
#include "exit_codes.h"
#include "writ/driver/test_runner.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>

namespace writ::cli {

Action setup_test(CLI::App& app, const GlobalOptions& global) {
  struct Args {
    SourceArgs sources;
    bool allow_no_tests = false;
    bool quiet = false;
    std::string now;
  };
  auto args = std::make_shared<Args>();
  app.add_option("PATH", args->sources.policies, "controls with test blocks: .writ files, folders, or std")
      ->required();
  app.add_flag("--allow-no-tests", args->allow_no_tests, "no test at all is no error");
  app.add_flag("-q,--quiet", args->quiet, "print failures and totals only");
  app.add_option("--now", args->now, "clock of cases without `at`, RFC 3339")->type_name("TIME");
  args->sources.add_to(app, false);
  return [args, &global] {
    driver::SourceRequest request;
    if (!args->sources.to_request(request)) return int{kFailed};
    driver::LoadedPolicies loaded = driver::load_policies(DiskFiles(), request);
    if (print_problems(loaded, global) || !loaded.compilation) return int{kFailed};
    Compilation& compilation = *loaded.compilation;
    if (compilation.tests().empty() && !args->allow_no_tests) {
      Diagnostics problems;
      problems.add(Diagnostic(Code::NoTests, {}, "no test found").note("--allow-no-tests accepts that"));
      print_diagnostics(problems, compilation.sources(), global);
      return int{kFailed};
    }
    const driver::TestReport report =
        driver::run_tests(compilation, args->now.empty() ? current_time() : args->now);
    std::string last;
    for (const driver::TestResult& result : report.results) {
      if (args->quiet && result.passed) continue;
      if (result.test->control_id != last) {
        last = result.test->control_id;
        fmt::print("{}\n", last);
      }
      fmt::print("  {} {}\n", result.passed ? "ok  " : "FAIL", result.test->title);
      if (result.passed) continue;
      const LineColumn at = compilation.sources().position(result.test->span.begin);
      fmt::print("       {}\n       {}:{}\n", result.problem,
                 compilation.sources().path(compilation.sources().source_of(result.test->span)), at.line);
    }
    for (const std::string& id : report.untested)
      fmt::print("no test: {}\n", id);
    for (const driver::UndecidedCondition& condition : report.undecided)
      fmt::print("not covered: {} `{}` was never {}\n", condition.control_id, condition.condition,
                 condition.never_true && condition.never_false ? "decided"
                 : condition.never_true                        ? "true"
                                                               : "false");
    fmt::print("{} passed, {} failed; {} of {} conditions decided both ways\n",
               report.results.size() - report.failures(), report.failures(), report.decided_both_ways,
               report.conditions);
    return report.failures() > 0 ? int{kViolations} : int{kClean};
  };
}

} // namespace writ::cli
