// SPDX-License-Identifier: MIT
#include "args.h"
#include "exit_codes.h"
#include "writ/engine.h"
#include "writ/text.h"

#include <CLI/CLI.hpp>
#include <cstdio>

namespace writ::cli {

namespace {

struct ExplainArgs {
  SourceArgs sources;
  std::string control;
  std::string resource;
  std::vector<std::string> inputs;
  std::string now;
};

int run_explain(const ExplainArgs& args, const GlobalOptions& global) {
  driver::SourceRequest request;
  if (!args.sources.to_request(request)) return kFailed;
  if (request.policies.empty()) request.policies.push_back("std");
  request.controls.push_back(args.control);
  const driver::LoadedPolicies loaded = driver::load_policies(DiskFiles(), request);
  if (print_problems(loaded, global)) return kFailed;
  std::vector<Input> inputs;
  for (const std::string& path : args.inputs)
    inputs.push_back(Input::path(path));
  if (inputs.empty()) inputs.push_back(Input::path("-"));
  EngineOptions options;
  options.now = args.now.empty() ? current_time() : args.now;
  options.all_not_applicable = true;
  const Engine engine(loaded.bundles, options);
  const std::vector<Engine::Explanation> found = engine.explain(inputs, args.control, args.resource);
  if (found.empty()) {
    std::fprintf(stderr, "writ: no resource with the id or name `%s` in the input\n", args.resource.c_str());
    return kFailed;
  }
  bool violated = false;
  for (const Engine::Explanation& explanation : found) {
    std::fputs(explanation.text.c_str(), stdout);
    violated = violated || explanation.verdict == Verdict::NonCompliant;
  }
  return violated ? kViolations : kClean;
}

} // namespace

Action setup_explain(CLI::App& app, const GlobalOptions& global) {
  auto args = std::make_shared<ExplainArgs>();
  app.add_option("CONTROL", args->control, "id of the control")->required();
  app.add_option("RESOURCE", args->resource, "id (or name) of the resource")->required();
  app.add_option("INPUT", args->inputs, "snapshots; - for standard input (default)");
  app.add_option("--now", args->now, "what utcNow() stands for")->type_name("TIME");
  args->sources.add_to(app, true);
  return [args, &global] { return run_explain(*args, global); };
}

} // namespace writ::cli
