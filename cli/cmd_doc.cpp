// SPDX-License-Identifier: MIT
#include "args.h"
#include "exit_codes.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <set>

namespace writ::cli {

namespace {

struct DocArgs {
  SourceArgs sources;
  std::string output;
  bool check = false;
};

/// The pages as they are on disk against the pages as they should be; nothing is written.
int compare(const Files& files, const std::string& folder, const std::vector<EmittedFile>& pages) {
  std::size_t stale = 0;
  std::set<std::string> expected;
  for (const EmittedFile& page : pages) {
    const std::string path = folder + "/" + page.path;
    expected.insert(path);
    const Result<std::string> text = files.read(path);
    if (text.ok() && *text == page.text) continue;
    std::printf("%s: %s\n", path.c_str(), text.ok() ? "out of date" : "missing");
    ++stale;
  }
  if (const Result<std::vector<std::string>> present = files.list(folder); present.ok())
    for (const std::string& path : *present)
      if (path.ends_with(".md") && !expected.contains(path)) {
        std::printf("%s: no control has this page\n", path.c_str());
        ++stale;
      }
  if (stale == 0) return kClean;
  std::fprintf(stderr, "writ: %zu page%s to renew; run the command without --check\n", stale,
               stale == 1 ? "" : "s");
  return kViolations;
}

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
  if (args.check) return compare(disk, args.output, pages);
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
