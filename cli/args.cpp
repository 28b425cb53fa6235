// SPDX-License-Identifier: MIT
#include "args.h"
#include "terminal.h"
#include "writ/report/diagnostics.h"

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace writ::cli {

void SourceArgs::add_to(CLI::App& app, bool policy_option) {
  if (policy_option)
    app.add_option(
           "-p,--policy", policies,
           "controls: .writ files, Azure Policy JSON (.json, .jsonc, .ndjson), folders of them, .writb "
           "bundles, or std (repeatable)")
        ->type_name("PATH")
        ->allow_extra_args(false);
  app.add_option("--aliases", aliases,
                 "more resource types: output of `az provider list --expand resourceTypes/aliases`")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app.add_option("--unknown-alias", unknown_alias, "what an unknown alias means: error, skip or path")
      ->check(CLI::IsMember({"error", "skip", "path"}));
  app.add_option("--missing-mode", missing_mode, "what a definition without mode is: indexed or all")
      ->check(CLI::IsMember({"indexed", "all"}));
  app.add_option("--semantics", semantics, "other readings of Azure Policy (repeatable, or a list)")
      ->type_name("SWITCH")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember(driver::semantics_switches()));
  app.add_option("--param", params, "NAME=VALUE or CONTROL.NAME=VALUE; VALUE is JSON or a word (repeatable)")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--param-file", param_file, "JSON object of parameter values")->type_name("FILE");
  app.add_option("--control", controls, "only controls whose id matches (repeatable, * and ?)")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  app.add_option(
         "--initiative", initiatives,
         "only what this initiative includes (repeatable); those of std are evaluated only when named")
      ->type_name("NAME")
      ->allow_extra_args(false);
  app.add_option("--severity", severity, "only controls of at least this severity")
      ->check(CLI::IsMember({"info", "low", "medium", "high", "critical"}));
}

bool SourceArgs::to_request(driver::SourceRequest& request) const {
  request.policies = policies;
  request.alias_files = aliases;
  request.unknown_alias = unknown_alias == "skip"   ? UnknownAlias::Skip
                          : unknown_alias == "path" ? UnknownAlias::Path
                                                    : UnknownAlias::Error;
  request.missing_mode_is_all = missing_mode == "all";
  request.semantics = semantics;
  request.controls = controls;
  request.initiatives = initiatives;
  request.least_severity = severity;
  if (!param_file.empty()) {
    Result<std::string> text = DiskFiles().read(param_file);
    if (!text.ok()) {
      std::fprintf(stderr, "writ: %s\n", text.error().message.c_str());
      return false;
    }
    const nlohmann::json values = nlohmann::json::parse(*text, nullptr, false);
    if (!values.is_object()) {
      std::fprintf(stderr, "writ: %s is not a JSON object\n", param_file.c_str());
      return false;
    }
    // Assignments write {"name": {"value": …}}; both forms are taken.
    for (const auto& [name, value] : values.items())
      request.parameters.emplace_back(name, value.is_object() && value.size() == 1 && value.contains("value")
                                                ? value["value"].dump()
                                                : value.dump());
  }
  for (const std::string& param : params) {
    const std::size_t equals = param.find('=');
    if (equals == std::string::npos || equals == 0) {
      std::fprintf(stderr, "writ: --param wants NAME=VALUE, got `%s`\n", param.c_str());
      return false;
    }
    request.parameters.emplace_back(param.substr(0, equals), param.substr(equals + 1));
  }
  return true;
}

bool print_diagnostics(const Diagnostics& diagnostics, const SourceMap& sources,
                       const GlobalOptions& global) {
  if (!diagnostics.all().empty()) {
    const std::string text =
        global.diagnostics == "json"
            ? report::to_json(diagnostics, sources)
            : report::to_text(diagnostics, sources, use_color(global.color, STDERR_FILENO));
    std::fwrite(text.data(), 1, text.size(), stderr);
  }
  return diagnostics.has_errors();
}

bool print_problems(const driver::LoadedPolicies& loaded, const GlobalOptions& global) {
  bool errors = false;
  if (loaded.compilation)
    errors = print_diagnostics(loaded.compilation->diagnostics(), loaded.compilation->sources(), global);
  const SourceMap none;
  return print_diagnostics(loaded.problems, loaded.compilation ? loaded.compilation->sources() : none,
                           global) ||
         errors;
}

void print_problem(const Diagnostic& problem, const GlobalOptions& global) {
  Diagnostics one;
  one.add(problem);
  print_diagnostics(one, SourceMap(), global);
}

std::string current_time() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text.data();
}

} // namespace writ::cli
