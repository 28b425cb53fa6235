// SPDX-License-Identifier: MIT
// Groups of options that several commands share, so that a flag means the same everywhere.
#pragma once

#include "commands.h"
#include "writ/diagnostic.h"
#include "writ/driver/sources.h"
#include "writ/source.h"

#include <memory>
#include <string>
#include <vector>

namespace writ::cli {

/// -p, --aliases, --unknown-alias, --missing-mode, --semantics, --param, --param-file, --control,
/// --initiative,
/// --severity.
struct SourceArgs {
  std::vector<std::string> policies;
  std::vector<std::string> aliases;
  std::string unknown_alias = "error";
  std::string missing_mode = "indexed";
  std::vector<std::string> semantics;
  std::vector<std::string> params;
  std::string param_file;
  std::vector<std::string> controls;
  std::vector<std::string> initiatives;
  std::string severity;

  void add_to(CLI::App& app, bool policy_option);
  /// False (with a message on stderr) when a parameter cannot be read.
  bool to_request(driver::SourceRequest& request) const;
};

/// Prints what was reported. True when there are errors.
bool print_diagnostics(const Diagnostics& diagnostics, const SourceMap& sources, const GlobalOptions& global);
/// Both parts of loaded policies. True when there are errors.
bool print_problems(const driver::LoadedPolicies& loaded, const GlobalOptions& global);
/// One problem without a position in a source.
void print_problem(const Diagnostic& problem, const GlobalOptions& global);
/// The clock, once: RFC 3339 with seconds.
std::string current_time();

} // namespace writ::cli
