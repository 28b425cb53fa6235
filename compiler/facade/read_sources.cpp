// SPDX-License-Identifier: MIT
#include "azure/definition_block.h"
#include "azure/import.h"
#include "facade/state.h"
#include "passes/dead_rules.h"
#include "writ/embedded.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ {

namespace {

bool is_policy_json(std::string_view path) {
  const std::string folded = lower_ascii(path);
  return folded.ends_with(".json") || folded.ends_with(".jsonc") || folded.ends_with(".ndjson");
}

/// A JSON file that was found, not named: only what looks like a policy document is taken for one.
bool holds_definition(const Files& files, const std::string& path) {
  const Result<std::string> text = files.read(path);
  if (!text.ok()) return false;
  const std::string folded = lower_ascii(*text);
  for (const std::string_view key :
       {"\"policyrule\"", "\"policydefinitions\"", "\"policydefinitionid\"", "\"policyassignmentid\""})
    if (folded.find(key) != std::string::npos) return true;
  return false;
}

/// .writ files and Azure Policy JSON of the requested sources, each once; folders are searched.
void collect_sources(const Files& files, const CompileRequest& request, modules::LoadRequest& load,
                     std::vector<std::string>& definitions, Diagnostics& diagnostics) {
  const auto add_definitions = [&](const std::string& path) {
    if (std::find(definitions.begin(), definitions.end(), path) == definitions.end())
      definitions.push_back(path);
  };
  for (const std::string& source : request.sources) {
    if (source == "std") {
      load.standard_library = true;
      continue;
    }
    switch (files.kind(source)) {
    case Files::Kind::Absent:
      diagnostics.add(
          Diagnostic(Code::FileUnreadable, {}, fmt::format("no file or folder `{}`", source)).at(source));
      break;
    case Files::Kind::Folder: {
      Result<std::vector<std::string>> list = files.list(source);
      if (!list.ok()) {
        diagnostics.add(list.take_error());
        break;
      }
      std::size_t found = 0;
      for (const std::string& path : *list)
        if (path.ends_with(".writ")) {
          load.files.push_back(path);
          ++found;
        } else if (is_policy_json(path) && holds_definition(files, path)) {
          add_definitions(path);
          ++found;
        }
      if (found == 0)
        diagnostics.add(
            Diagnostic(Code::UnknownSource, {},
                       fmt::format("folder `{}` holds no .writ file and no policy definition", source))
                .at(source));
      break;
    }
    case Files::Kind::File:
      if (source.ends_with(".writ"))
        load.files.push_back(source);
      else if (is_policy_json(source))
        add_definitions(source);
      else
        diagnostics.add(
            Diagnostic(Code::UnknownSource, {}, fmt::format("`{}` is not a policy source", source))
                .note("sources are .writ files, Azure Policy JSON, folders of them, and std")
                .at(source));
      break;
    }
  }
}

void load_catalog(const Files& files, const CompileRequest& request, Catalog& catalog,
                  Diagnostics& diagnostics) {
  for (const embedded::File& file : embedded::builtin_catalog())
    if (Status status = catalog.add_compact(file.text, std::string(file.path)); !status.ok())
      diagnostics.add(status.take_error());
  for (const std::string& path : request.alias_files) {
    Result<std::string> text = files.read(path);
    if (!text.ok()) {
      diagnostics.add(text.take_error());
      continue;
    }
    if (Status status = catalog.add_provider_export(*text, path); !status.ok())
      diagnostics.add(status.take_error());
  }
}

azure::ImportOptions import_options(const CompileRequest& request) {
  azure::ImportOptions options;
  options.unknown_alias = request.unknown_alias;
  options.missing_mode_is_all = request.missing_mode_is_all;
  options.innermost_current = request.semantics.innermost_current;
  return options;
}

/// Appends the policies of Azure Policy JSON to those of the .writ sources.
void import_definitions(const Files& files, const CompileRequest& request,
                        const std::vector<std::string>& paths, Compilation::State& state) {
  const azure::ImportOptions options = import_options(request);
  for (const std::string& path : paths) {
    Result<std::string> text = files.read(path);
    if (!text.ok()) {
      state.diagnostics.add(text.take_error());
      continue;
    }
    const SourceId source = state.sources.add(path, std::move(*text));
    azure::import_policies(state.sources, source, state.catalog, options, state.project.set,
                           state.diagnostics);
  }
  state.project.target_azure.resize(state.project.set.policies.size(), false);
  state.project.local_record.resize(state.project.set.policies.size(), false);
  state.project.included_only.resize(state.project.set.policies.size(), false);
}

/// Definition blocks of the requested modules.
void import_blocks(const modules::ModuleGraph& graph, Compilation::State& state) {
  const azure::ImportOptions options = import_options(state.request);
  for (std::size_t i = 0; i < graph.modules.size(); ++i)
    if (graph.is_root[i])
      azure::import_definition_blocks(state.sources, graph.modules[i], state.catalog, options,
                                      state.project.set, state.diagnostics);
  state.project.target_azure.resize(state.project.set.policies.size(), false);
  state.project.local_record.resize(state.project.set.policies.size(), false);
  state.project.included_only.resize(state.project.set.policies.size(), false);
}

} // namespace

void read_sources(const Files& files, Compilation::State& state) {
  load_catalog(files, state.request, state.catalog, state.diagnostics);
  modules::LoadRequest load;
  load.library = embedded::standard_library();
  std::vector<std::string> definitions;
  collect_sources(files, state.request, load, definitions, state.diagnostics);
  const modules::ModuleGraph graph = modules::load_modules(files, state.sources, load, state.diagnostics);
  // Names that a broken file would have declared are not missing: only whole files are checked.
  const bool complete = std::all_of(graph.modules.begin(), graph.modules.end(),
                                    [](const syntax::Module& m) { return m.complete; });
  if (complete) state.project = check::check_project(graph, state.catalog, state.diagnostics);
  if (complete) passes::warn_dead_rules(state.project.set, {}, &state.catalog, state.diagnostics);
  if (complete) import_blocks(graph, state);
  import_definitions(files, state.request, definitions, state);
}

} // namespace writ
