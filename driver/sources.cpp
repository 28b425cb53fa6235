// SPDX-License-Identifier: MIT
#include "writ/driver/sources.h"
#include "writ/bytecode/program.h"
#include "writ/driver/compile_request.h"
#include "writ/semantics/pattern.h"
#include "writ/semantics/switches.h"
#include "writ/text.h"

#include <algorithm>
#include <array>

namespace writ::driver {

namespace {

constexpr std::array<std::string_view, 5> kSeverityOrder = {"info", "low", "medium", "high", "critical"};

void load_bundle(const Files& files, const std::string& path, const SourceRequest& request,
                 LoadedPolicies& out) {
  Result<std::string> bytes = files.read(path);
  if (!bytes.ok()) return out.problems.add(bytes.take_error());
  Result<Bundle> bundle = Bundle::load(std::as_bytes(std::span(bytes->data(), bytes->size())), path);
  if (!bundle.ok()) {
    Diagnostic d = bundle.take_error();
    if (d.file.empty()) d.file = path;
    return out.problems.add(std::move(d));
  }
  for (const auto& [key, value] : request.parameters) {
    const std::size_t dot = key.rfind('.');
    const std::string control = dot == std::string::npos ? std::string() : key.substr(0, dot);
    Status status =
        bundle->set_parameter(control, dot == std::string::npos ? key : key.substr(dot + 1), value);
    // A parameter may belong to another source of the same command.
    if (!status.ok() && (status.error().code != Code::UnknownParameter || request.policies.size() == 1))
      out.problems.add(status.take_error());
  }
  out.bundles.push_back(std::move(*bundle));
}

/// Every mistake is an unknown alias of a definition or an assignment of something unknown, and something is
/// left to evaluate.
bool lacks_aliases_only(const Compilation& compilation) {
  if (compilation.evaluated().empty()) return false;
  const auto& all = compilation.diagnostics().all();
  return std::all_of(all.begin(), all.end(), [](const Diagnostic& d) {
    return d.severity != Severity::Error || d.code == Code::UnknownPolicyField ||
           d.code == Code::UnknownAssignedPolicy;
  });
}

} // namespace

int severity_rank(std::string_view severity) {
  const auto* found = std::find(kSeverityOrder.begin(), kSeverityOrder.end(), lower_ascii(severity));
  return found == kSeverityOrder.end() ? -1 : static_cast<int>(found - kSeverityOrder.begin());
}

bool is_selected(std::string_view id, std::string_view severity, const SourceRequest& request) {
  if (!request.least_severity.empty() && severity_rank(severity) < severity_rank(request.least_severity))
    return false;
  if (request.controls.empty()) return true;
  return std::any_of(request.controls.begin(), request.controls.end(),
                     [&](const std::string& glob) { return glob_matches(id, glob); });
}

bool glob_matches(std::string_view text, std::string_view pattern) { return like(text, pattern, true); }

std::vector<std::string> semantics_switches() {
  std::vector<std::string> names;
  for (const SemanticsSwitch& row : kSemanticsSwitches)
    names.emplace_back(row.name);
  return names;
}

CompileRequest compile_request(const SourceRequest& request) {
  CompileRequest compile;
  compile.alias_files = request.alias_files;
  compile.unknown_alias = request.unknown_alias;
  for (const SemanticsSwitch& row : kSemanticsSwitches)
    if (std::find(request.semantics.begin(), request.semantics.end(), row.name) != request.semantics.end())
      compile.semantics.*row.option = true;
  compile.missing_mode_is_all = request.missing_mode_is_all;
  compile.parameters = request.parameters;
  compile.initiatives = request.initiatives;
  for (const std::string& policy : request.policies)
    if (!policy.ends_with(".writb")) compile.sources.push_back(policy);
  return compile;
}

LoadedPolicies load_policies(const Files& files, const SourceRequest& request) {
  LoadedPolicies out;
  CompileRequest compile = compile_request(request);
  for (const std::string& policy : request.policies)
    if (policy.ends_with(".writb")) load_bundle(files, policy, request, out);
  if (compile.sources.empty()) return out;
  if (!out.bundles.empty()) compile.parameters.clear(); // they were meant for the bundles, which checked them
  out.compilation = Compilation::compile(files, compile);
  const auto usable = [&] {
    return out.compilation->ok() || (request.go_on_without_alias && lacks_aliases_only(*out.compilation));
  };
  if (!usable() || request.sources_only) return out;
  std::vector<std::string> keep;
  for (const ControlInfo& control : out.compilation->evaluated())
    if (is_selected(control.id, control.severity, request)) keep.push_back(control.id);
  if (keep.empty()) {
    out.problems.add(Diagnostic(Code::NoControls, {}, "no control is selected")
                         .note("check --control and --severity against `writ check`"));
    return out;
  }
  Result<Bundle> bundle = Bundle::from_program(out.compilation->program(false, keep), "compiled");
  if (!bundle.ok())
    out.problems.add(bundle.take_error());
  else if (usable())
    out.bundles.push_back(std::move(*bundle));
  return out;
}

} // namespace writ::driver
