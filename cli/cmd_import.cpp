// SPDX-License-Identifier: MIT
#include "args.h"
#include "exit_codes.h"

#include "writ/compiler.h"

#include <CLI/CLI.hpp>
#include <cstdio>

namespace writ::cli {

namespace {

struct ImportArgs {
  std::vector<std::string> files;
  std::string output;
};

int run_import(const ImportArgs& args, const GlobalOptions& global) {
  DiskFiles disk;
  SourceMap sources;
  Diagnostics diagnostics;
  const std::vector<EmittedFile> modules = definitions_to_source(disk, args.files, sources, diagnostics);
  if (print_diagnostics(diagnostics, sources, global)) return kFailed;
  if (modules.empty()) {
    std::fprintf(stderr, "writ: no policy definition and no initiative in these files\n");
    return kFailed;
  }
  if (args.output.empty()) {
    if (modules.size() > 1) {
      std::fprintf(stderr, "writ: definitions of %zu categories; -o DIR writes a file for each\n",
                   modules.size());
      return kFailed;
    }
    std::fputs(modules.front().text.c_str(), stdout);
    return kClean;
  }
  for (const EmittedFile& module : modules)
    if (Status status = disk.write(args.output + "/" + module.path, module.text); !status.ok()) {
      print_problem(status.error(), global);
      return kFailed;
    }
  std::printf("%zu file%s in %s\n", modules.size(), modules.size() == 1 ? "" : "s", args.output.c_str());
  return kClean;
}

} // namespace

Action setup_import(CLI::App& app, const GlobalOptions& global) {
  auto args = std::make_shared<ImportArgs>();
  app.add_option("FILE", args->files, "Azure Policy definitions and initiatives: .json, .jsonc, .ndjson")
      ->required();
  app.add_option("-o,--output", args->output, "folder to write to; without it, one module is printed")
      ->type_name("DIR");
  return [args, &global] { return run_import(*args, global); };
}

} // namespace writ::cli
