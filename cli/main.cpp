// SPDX-License-Identifier: MIT
// Parses the command line, runs one command, returns its exit code.
#include "commands.h"
#include "exit_codes.h"
#include "terminal.h"
#include "writ/version.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <map>

int main(int argc, char** argv) {
  using namespace writ::cli;
  ignore_broken_pipes();
  CLI::App app{"Writ: policy as code for AI workloads on Azure"};
  app.name("writ");
  app.set_version_flag("--version", std::string("writ ") + writ::kVersion);
  app.require_subcommand(1);
  app.fallthrough();
  app.footer("Exit codes: 0 clean, 1 violations, 2 the run failed, 3 incomplete.\nRun `writ COMMAND --help` "
             "for examples.");
  GlobalOptions global;
  app.add_option("--color", global.color, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  app.add_option("--diagnostics", global.diagnostics, "how errors are printed: text or json")
      ->check(CLI::IsMember({"text", "json"}));
  std::map<const CLI::App*, Action> actions;
  for (const Command& command : all_commands()) {
    CLI::App* sub = app.add_subcommand(command.name, command.summary);
    sub->footer(std::string("Examples:\n") + command.examples);
    actions[sub] = command.setup(*sub, global);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    const int code = app.exit(e); // prints help or the error
    return code == 0 ? kClean : kFailed;
  }
  try {
    for (const CLI::App* chosen : app.get_subcommands())
      return actions[chosen]();
  } catch (const std::exception& e) {
    std::fprintf(stderr, "writ: internal error: %s\n", e.what());
  }
  return kFailed;
}
