// SPDX-License-Identifier: MIT
#include "args.h"
#include "exit_codes.h"
#include "written_files.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace writ::cli {

namespace {

struct EmitArgs {
  SourceArgs sources;
  std::string target;
  std::string output;
  bool partial = false;
  bool split = false;
  bool check = false;
};

/// What `az policy definition create --rules --params` wants.
bool write_split(Files& files, const std::string& folder, const EmittedFile& file,
                 const GlobalOptions& global) {
  const auto document = nlohmann::ordered_json::parse(file.text, nullptr, false);
  const std::string stem = folder + "/az/" + file.path.substr(0, file.path.size() - 5);
  for (const auto& [suffix, key] :
       {std::pair{".rules.json", "policyRule"}, std::pair{".parameters.json", "parameters"}})
    if (Status status = files.write(stem + suffix, document["properties"][key].dump(2) + "\n");
        !status.ok()) {
      print_problem(status.error(), global);
      return false;
    }
  return true;
}

int run_emit(const EmitArgs& args, const GlobalOptions& global) {
  driver::SourceRequest request;
  if (!args.sources.to_request(request)) return kFailed;
  if (request.policies.empty()) {
    std::fprintf(stderr, "writ: no controls; give -p PATH or -p std\n");
    return kFailed;
  }
  driver::LoadedPolicies loaded = driver::load_policies(DiskFiles(), request);
  if (print_problems(loaded, global)) return kFailed;
  if (!loaded.compilation) {
    std::fprintf(stderr, "writ: definitions are emitted from sources, not from bundles\n");
    return kFailed;
  }
  std::vector<std::string> keep;
  for (const Bundle& bundle : loaded.bundles)
    for (std::size_t i = 0; i < bundle.control_count(); ++i)
      keep.emplace_back(bundle.control(i).id);
  Diagnostics refused;
  const std::vector<EmittedFile> files = loaded.compilation->emit_azure_policy(refused, keep);
  if (refused.has_errors() && !args.partial) {
    print_diagnostics(refused, loaded.compilation->sources(), global);
    std::fprintf(stderr, "writ: nothing was written; --partial writes the other %zu\n", files.size());
    return kFailed;
  }
  DiskFiles disk;
  if (args.check) return check_written(disk, args.output, files, ".json");
  for (const EmittedFile& file : files) {
    if (Status status = disk.write(args.output + "/" + file.path, file.text); !status.ok()) {
      print_problem(status.error(), global);
      return kFailed;
    }
    if (args.split && !write_split(disk, args.output, file, global)) return kFailed;
  }
  std::printf("%zu definition%s in %s\n", files.size(), files.size() == 1 ? "" : "s", args.output.c_str());
  for (const Diagnostic& d : refused.all())
    std::printf("left out: %s\n", d.message.c_str());
  return kClean;
}

} // namespace

Action setup_emit(CLI::App& app, const GlobalOptions& global) {
  auto args = std::make_shared<EmitArgs>();
  app.add_option("TARGET", args->target, "azure-policy")->required()->check(CLI::IsMember({"azure-policy"}));
  app.add_option("-o,--output", args->output, "folder to write to")->required()->type_name("DIR");
  app.add_flag("--partial", args->partial, "leave out what cannot be emitted instead of failing");
  app.add_flag("--split", args->split,
               "also write rule and parameters apart, as `az policy definition create` takes them");
  app.add_flag("--check", args->check,
               "write nothing; exit 1 when files on disk are missing, out of date or superfluous")
      ->excludes("--split");
  args->sources.add_to(app, true);
  return [args, &global] { return run_emit(*args, global); };
}

} // namespace writ::cli
