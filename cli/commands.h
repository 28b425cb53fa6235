// SPDX-License-Identifier: MIT
// One table of commands: each file cmd_*.cpp adds its options to a CLI11 subcommand and says what to run.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace writ::cli {

/// Set by the command line before the command runs.
struct GlobalOptions {
  std::string color = "auto";
  std::string diagnostics = "text"; ///< text or json
};

/// What a parsed command does; gives an exit code.
using Action = std::function<int()>;

struct Command {
  const char* name;
  const char* summary;
  const char* examples; ///< shown at the end of --help
  /// Adds options; the action reads what they were set to.
  Action (*setup)(CLI::App& app, const GlobalOptions& global);
};
std::span<const Command> all_commands();

Action setup_check(CLI::App& app, const GlobalOptions& global);
Action setup_test(CLI::App& app, const GlobalOptions& global);
Action setup_eval(CLI::App& app, const GlobalOptions& global);
Action setup_merge(CLI::App& app, const GlobalOptions& global);
Action setup_explain(CLI::App& app, const GlobalOptions& global);
Action setup_emit(CLI::App& app, const GlobalOptions& global);
Action setup_doc(CLI::App& app, const GlobalOptions& global);
Action setup_import(CLI::App& app, const GlobalOptions& global);
Action setup_build(CLI::App& app, const GlobalOptions& global);
Action setup_disasm(CLI::App& app, const GlobalOptions& global);
Action setup_diff(CLI::App& app, const GlobalOptions& global);
Action setup_verify(CLI::App& app, const GlobalOptions& global);
Action setup_aliases(CLI::App& app, const GlobalOptions& global);
Action setup_completion(CLI::App& app, const GlobalOptions& global);

} // namespace writ::cli
