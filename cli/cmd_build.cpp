// SPDX-License-Identifier: MIT
#include "args.h"
#include "exit_codes.h"
#include "writ/bytecode/bundle.h"

#include <CLI/CLI.hpp>
#include <cstdio>

namespace writ::cli {

Action setup_build(CLI::App& app, const GlobalOptions& global) {
  struct Args {
    SourceArgs sources;
    std::string output;
  };
  auto args = std::make_shared<Args>();
  app.add_option("-o,--output", args->output, "bundle to write")->required()->type_name("FILE.writb");
  args->sources.add_to(app, true);
  return [args, &global] {
    driver::SourceRequest request;
    if (!args->sources.to_request(request)) return int{kFailed};
    if (request.policies.empty()) {
      std::fprintf(stderr, "writ: no controls; give -p PATH or -p std\n");
      return int{kFailed};
    }
    driver::LoadedPolicies loaded = driver::load_policies(DiskFiles(), request);
    if (print_problems(loaded, global) || !loaded.compilation) return int{kFailed};
    std::vector<std::string> keep;
    for (const Bundle& bundle : loaded.bundles)
      for (std::size_t i = 0; i < bundle.control_count(); ++i)
        keep.emplace_back(bundle.control(i).id);
    const bc::Program program = loaded.compilation->program(true, keep);
    const std::string bytes = bc::store_program(program);
    DiskFiles disk;
    if (Status status = disk.write(args->output, bytes); !status.ok()) {
      print_problem(status.error(), global);
      return int{kFailed};
    }
    std::printf("%s: %zu controls, %zu bytes\n", args->output.c_str(), program.controls.size(), bytes.size());
    return int{kClean};
  };
}

} // namespace writ::cli
