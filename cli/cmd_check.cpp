// SPDX-License-Identifier: MIT
#include "args.h"
#include "exit_codes.h"

#include <CLI/CLI.hpp>
#include <cstdio>

namespace writ::cli {

Action setup_check(CLI::App& app, const GlobalOptions& global) {
  auto args = std::make_shared<SourceArgs>();
  auto targets = std::make_shared<bool>(false);
  app.add_option("PATH", args->policies,
                 "controls: .writ files, Azure Policy JSON (.json, .jsonc, .ndjson), folders of them, "
                 "bundles, or std")
      ->required();
  app.add_flag("--targets", *targets, "say for each control whether it can become Azure Policy, and why not");
  args->add_to(app, false);
  return [args, targets, &global] {
    driver::SourceRequest request;
    if (!args->to_request(request)) return int{kFailed};
    const driver::LoadedPolicies loaded = driver::load_policies(DiskFiles(), request);
    if (print_problems(loaded, global)) return int{kFailed};
    std::size_t controls = 0;
    for (const Bundle& bundle : loaded.bundles)
      controls += bundle.control_count();
    if (*targets && loaded.compilation)
      for (const ControlInfo& control : loaded.compilation->controls())
        std::printf("%-16s %s\n", control.id.c_str(),
                    control.emittable ? "local, azure-policy"
                                      : ("local only: " + control.not_emittable_because).c_str());
    std::printf("%zu control%s, %zu warning%s\n", controls, controls == 1 ? "" : "s",
                loaded.compilation ? loaded.compilation->diagnostics().warnings() : 0,
                loaded.compilation && loaded.compilation->diagnostics().warnings() == 1 ? "" : "s");
    return int{kClean};
  };
}

} // namespace writ::cli
