// SPDX-License-Identifier: MIT
#include "args.h"
#include "exit_codes.h"
#include "written_files.h"

#include <CLI/CLI.hpp>
#include <cstdio>

namespace writ::cli {

namespace {

struct DocArgs {
  SourceArgs sources;
  std::string output;
  bool check = false;
};

int run_doc(const DocArgs& args, const GlobalOptions& global) {
  driver::SourceRequest request;
  if (!args.sources.to_request(request)) return kFailed;
  if (request.policies.empty()) {
    std::fprintf(stderr, "writ: no controls; give -p PATH or -p std\n");
    return kFailed;
  }
  driver::LoadedPolicies loaded = driver::load_policies(DiskFiles(), request);
  if (print_problems(loaded, global)) return kFailed;
  if (!loaded.compilation) {
    std::fprintf(stderr, "writ: pages are written from sources, not from bundles\n");
    return kFailed;
  }
  const std::vector<EmittedFile> pages = loaded.compilation->document();
  DiskFiles disk;
  if (args.check) return check_written(disk, args.output, pages, ".md");
  for (const EmittedFile& page : pages)
    if (Status status = disk.write(args.output + "/" + page.path, page.text); !status.ok()) {
      print_problem(status.error(), global);
      return kFailed;
    }
  std::printf("%zu pages in %s\n", pages.size(), args.output.c_str());
  return kClean;
}

} // namespace

Action setup_doc(CLI::App& app, const GlobalOptions& global) {
  auto args = std::make_shared<DocArgs>();
  app.add_option("-o,--output", args->output, "folder to write to")->required()->type_name("DIR");
  app.add_flag("--check", args->check, "write nothing; exit 1 when a page on disk is not as it should be");
  args->sources.add_to(app, true);
  return [args, &global] { return run_doc(*args, global); };
}

} // namespace writ::cli
