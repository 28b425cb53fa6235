// SPDX-License-Identifier: MIT
#include "args.h"
#include "exit_codes.h"
#include "terminal.h"
#include "writ/driver/exemption_ledger.h"
#include "written_files.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <fmt/format.h>

namespace writ::cli {

namespace {

constexpr const char* kAll = "all";
/// What definitions of controls say about where they come from.
constexpr std::string_view kMark = "\"source\": \"writ\"";

struct EmitArgs {
  SourceArgs sources;
  std::string target;
  std::string output;
  std::string folder; ///< the second positional: another way to say `output`
  std::string scope = EmitRequest().scope;
  std::string pac_selector = EmitRequest().pac_selector;
  std::vector<std::string> exemptions;
  std::vector<std::string> assignments;
  std::string versions;
  bool partial = false;
  bool split = false;
  bool check = false;
};

/// One target of a call, and what it gave.
struct Output {
  EmitTargetInfo target;
  std::string folder;
  EmitResult result;
};

bool is_target(const std::string& name) {
  const std::vector<EmitTargetInfo> known = emit_targets();
  return name == kAll || std::any_of(known.begin(), known.end(),
                                     [&](const EmitTargetInfo& target) { return target.name == name; });
}

/// `writ emit --check DIR` looks at every target. False, with a message: the arguments do not say what to do.
bool settle(EmitArgs& args) {
  if (args.check && !args.target.empty() && !is_target(args.target) && args.folder.empty()) {
    args.folder = args.target;
    args.target = kAll;
  }
  if (args.target.empty()) {
    std::fprintf(stderr, "writ: which target? `writ emit --help` lists them\n");
    return false;
  }
  if (!is_target(args.target)) {
    std::fprintf(stderr, "writ: there is no target `%s`; `writ emit --help` lists them\n",
                 args.target.c_str());
    return false;
  }
  if (!args.folder.empty() && !args.output.empty()) {
    std::fprintf(stderr, "writ: the folder is given twice: `%s` and `%s`\n", args.folder.c_str(),
                 args.output.c_str());
    return false;
  }
  if (args.output.empty()) args.output = args.folder;
  if (args.output.empty()) {
    std::fprintf(stderr, "writ: which folder? give -o DIR\n");
    return false;
  }
  return true;
}

std::string counted(std::size_t number, const char* word) {
  return number == 0 ? std::string() : fmt::format("{} {}{}", number, word, number == 1 ? "" : "s");
}

std::string contents(const EmitResult& result) {
  std::string out;
  for (const std::string& part :
       {counted(result.definitions, "definition"), counted(result.initiatives, "initiative"),
        counted(result.exemptions, "exemption")})
    if (!part.empty()) out += (out.empty() ? "" : ", ") + part;
  return out.empty() ? "0 definitions" : out;
}

int write(const std::vector<Output>& outputs, bool named, const GlobalOptions& global) {
  DiskFiles disk;
  for (const Output& output : outputs) {
    if (Status status = write_all(disk, output.folder, output.result.files); !status.ok()) {
      print_problem(status.error(), global);
      return kFailed;
    }
    if (named && output.result.files.empty()) continue;
    std::printf("%s%s in %s\n", named ? fmt::format("{}: ", output.target.name).c_str() : "",
                contents(output.result).c_str(), output.folder.c_str());
  }
  return kClean;
}

int check(const std::vector<Output>& outputs) {
  int worst = kClean;
  for (const Output& output : outputs)
    worst =
        std::max(worst, check_written(DiskFiles(), output.folder, output.result.files, output.target.ending,
                                      output.target.shares_folders ? kMark : std::string_view()));
  return worst;
}

/// The version lock of a call: what is on disk, and what it has to be.
struct LockFile {
  std::string path; ///< empty: none
  std::string on_disk;
  std::string now;
  std::vector<VersionChange> changes;

  bool read(const GlobalOptions& global) {
    if (path.empty() || DiskFiles().kind(path) == Files::Kind::Absent) return true; // a new one
    Result<std::string> text = DiskFiles().read(path);
    if (!text.ok()) {
      print_problem(text.error(), global);
      return false;
    }
    on_disk = now = *text;
    return true;
  }

  /// Targets of one call share it: the second finds what the first has changed.
  void add(const EmitResult& result) {
    if (path.empty() || result.version_lock.empty()) return;
    now = result.version_lock;
    changes.insert(changes.end(), result.version_changes.begin(), result.version_changes.end());
  }

  void print_changes() const {
    for (const VersionChange& change : changes) {
      std::string why;
      for (const std::string& reason : change.reasons)
        why += (why.empty() ? ": " : "; ") + reason;
      if (change.bump == VersionBump::First)
        std::printf("  %s %s (new)\n", change.name.c_str(), change.to.c_str());
      else
        std::printf("  %s %s -> %s%s\n", change.name.c_str(), change.from.c_str(), change.to.c_str(),
                    why.c_str());
    }
  }

  [[nodiscard]] int check() const {
    if (now == on_disk) return kClean;
    std::printf("%s: %s\n", path.c_str(), on_disk.empty() ? "missing" : "out of date");
    print_changes();
    return kViolations;
  }

  int write(const GlobalOptions& global) const {
    if (now == on_disk) return kClean;
    DiskFiles disk;
    if (Status status = disk.write(path, now); !status.ok()) {
      print_problem(status.error(), global);
      return kFailed;
    }
    std::printf("%zu version%s in %s\n", changes.size(), changes.size() == 1 ? "" : "s", path.c_str());
    print_changes();
    return kClean;
  }
};

/// The ledger, and the assignments that its entries belong to.
bool read_exemptions(const EmitArgs& args, EmitRequest& emit, const GlobalOptions& global) {
  Diagnostics mistakes;
  emit.exemptions = driver::read_ledgers(DiskFiles(), args.exemptions, mistakes);
  if (print_diagnostics(mistakes, SourceMap(), global)) return false;
  for (const std::string& one : args.assignments) {
    // An id begins with a slash, and so cannot be taken for a name.
    const std::size_t equals = one.starts_with('/') ? std::string::npos : one.find('=');
    if (equals == std::string::npos)
      emit.assignments.emplace_back(std::string(), one);
    else
      emit.assignments.emplace_back(one.substr(0, equals), one.substr(equals + 1));
  }
  return true;
}

int run_emit(EmitArgs args, const GlobalOptions& global) {
  if (!settle(args)) return kFailed;
  driver::SourceRequest request;
  if (!args.sources.to_request(request)) return kFailed;
  if (request.policies.empty()) {
    std::fprintf(stderr, "writ: no controls; give -p PATH or -p std\n");
    return kFailed;
  }
  request.sources_only = true;
  driver::LoadedPolicies loaded = driver::load_policies(DiskFiles(), request);
  if (print_problems(loaded, global)) return kFailed;
  if (!loaded.compilation) {
    std::fprintf(stderr, "writ: definitions are emitted from sources, not from bundles\n");
    return kFailed;
  }
  Compilation& compilation = *loaded.compilation;
  EmitRequest emit;
  emit.scope = args.scope;
  emit.pac_selector = args.pac_selector;
  emit.split = args.split;
  if (!read_exemptions(args, emit, global)) return kFailed;
  LockFile lock{args.versions, {}, {}, {}};
  if (!lock.read(global)) return kFailed;
  for (const ControlInfo& control : compilation.controls())
    if (driver::is_selected(control.id, control.severity, request)) emit.keep.push_back(control.id);

  // To keep none would mean all of them. Where there is no control, initiatives of built-ins are what there
  // is.
  if (emit.keep.empty() && !compilation.controls().empty()) {
    std::fprintf(stderr, "writ: no control is selected\n");
    return kFailed;
  }

  const bool all = args.target == kAll;
  std::vector<Output> outputs;
  Diagnostics refused;
  Diagnostics warnings;
  for (const EmitTargetInfo& target : emit_targets()) {
    if (!all && target.name != args.target) continue;
    emit.target = target.name;
    if (!args.versions.empty()) emit.version_lock = lock.now;
    outputs.push_back(
        {target, all ? fmt::format("{}/{}", args.output, target.name) : args.output, compilation.emit(emit)});
    lock.add(outputs.back().result);
    refused.append(outputs.back().result.not_emittable);
    warnings.append(outputs.back().result.warnings);
  }
  const bool nothing = std::all_of(outputs.begin(), outputs.end(), [](const Output& output) {
    return output.result.definitions + output.result.initiatives + output.result.exemptions == 0;
  });
  if (emit.keep.empty() && nothing && !refused.has_errors()) {
    std::fprintf(stderr, "writ: no control is selected\n");
    return kFailed;
  }
  // Targets say the same about what none of them can hold. One target's order is that of the sources.
  if (all) refused.sort();
  if (all) warnings.sort();
  print_diagnostics(warnings, compilation.sources(), global);
  const bool unusable = std::any_of(refused.all().begin(), refused.all().end(),
                                    [](const Diagnostic& d) { return d.code == Code::UnknownTarget; });
  if (unusable || (refused.has_errors() && !args.partial)) {
    print_diagnostics(refused, compilation.sources(), global);
    std::size_t others = 0;
    for (const Output& output : outputs)
      others =
          std::max(others, output.result.definitions + output.result.initiatives + output.result.exemptions);
    if (!unusable)
      std::fprintf(stderr, "writ: nothing was written; --partial writes the other %zu\n", others);
    return kFailed;
  }
  if (args.check) return std::max(check(outputs), lock.check());
  int code = write(outputs, all, global);
  if (code == kClean) code = lock.write(global);
  if (code == kClean)
    for (const Diagnostic& d : refused.all())
      std::printf("left out: %s\n", printable(d.message).c_str());
  return code;
}

std::string target_list() {
  std::string out = "what to write:\n";
  for (const EmitTargetInfo& target : emit_targets())
    out += fmt::format("  {:<13} {}\n", target.name, target.summary);
  return out + "  all           every target, each in a folder of its name below DIR";
}

} // namespace

Action setup_emit(CLI::App& app, const GlobalOptions& global) {
  auto args = std::make_shared<EmitArgs>();
  app.add_option("TARGET", args->target, target_list());
  app.add_option("DIR", args->folder, "folder to write to, as -o");
  app.add_option("-o,--output", args->output, "folder to write to")->type_name("DIR");
  app.add_option("--scope", args->scope,
                 "where the policies will live: id of a management group or subscription, or the words "
                 "management-group, subscription when that is chosen at deployment")
      ->type_name("SCOPE");
  app.add_option("--pac-selector", args->pac_selector, "environment of Enterprise Policy as Code")
      ->type_name("NAME");
  app.add_option("--exemptions", args->exemptions,
                 "ledger of agreed exceptions (YAML), for the exemptions of Azure")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app.add_option("--assignment", args->assignments,
                 "assignment that exemptions belong to; NAME is its initiative or control (repeatable)")
      ->type_name("[NAME=]ID")
      ->allow_extra_args(false);
  app.add_option("--versions", args->versions,
                 "lock file of semantic versions: kept up to date, and held against the sources by --check")
      ->type_name("FILE");
  app.add_flag("--partial", args->partial, "leave out what cannot be emitted instead of failing");
  app.add_flag("--split", args->split,
               "bodies of REST calls: also their parts as files of their own, as `az policy` takes them");
  app.add_flag("--check", args->check,
               "write nothing; exit 1 when files on disk are missing, out of date or superfluous");
  args->sources.add_to(app, true);
  return [args, &global] { return run_emit(*args, global); };
}

} // namespace writ::cli
