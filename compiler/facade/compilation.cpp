// SPDX-License-Identifier: MIT
#include "azure/emit_definition.h"
#include "azure/import.h"
#include "check/check.h"
#include "codegen/codegen.h"
#include "passes/dead_rules.h"
#include "passes/normalise.h"
#include "passes/pass.h"
#include "writ/compiler.h"
#include "writ/embedded.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace writ {

struct Compilation::State {
  SourceMap sources;
  Diagnostics diagnostics;
  Catalog catalog;
  check::CheckedProject project;
  CompileRequest request;
  std::vector<ControlInfo> controls;
  std::vector<TestInfo> tests;
};

namespace {

bool is_policy_json(std::string_view path) {
  const std::string folded = lower_ascii(path);
  return folded.ends_with(".json") || folded.ends_with(".jsonc") || folded.ends_with(".ndjson");
}

/// A JSON file that was found, not named: only what looks like a definition is taken for one.
bool holds_definition(const Files& files, const std::string& path) {
  const Result<std::string> text = files.read(path);
  return text.ok() && lower_ascii(*text).find("\"policyrule\"") != std::string::npos;
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

/// Appends the policies of Azure Policy JSON to those of the .writ sources.
void import_definitions(const Files& files, const CompileRequest& request,
                        const std::vector<std::string>& paths, Compilation::State& state) {
  azure::ImportOptions options;
  options.unknown_alias = request.unknown_alias;
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
}

bool accepts(ir::ParameterType type, const Value& value) {
  switch (type) {
  case ir::ParameterType::Integer:
    return value.is(ValueKind::Int);
  case ir::ParameterType::Float:
    return value.is_number();
  case ir::ParameterType::Boolean:
    return value.is(ValueKind::Bool);
  case ir::ParameterType::Array:
    return value.is(ValueKind::Array);
  case ir::ParameterType::Object:
    return value.is(ValueKind::Object);
  default:
    return value.is(ValueKind::String);
  }
}

bool is_allowed(const ir::Graph& graph, const std::vector<ir::NodeId>& allowed, const Value& value) {
  auto listed = [&](const Value& one) {
    return std::any_of(allowed.begin(), allowed.end(),
                       [&](ir::NodeId id) { return structurally_equal(graph.constant_value(id), one); });
  };
  if (allowed.empty() || listed(value)) return true;
  return value.is(ValueKind::Array) && std::all_of(value.as_array().begin(), value.as_array().end(), listed);
}

void set_parameter(check::CheckedProject& project, const std::string& key, const std::string& text,
                   Diagnostics& diagnostics) {
  const std::size_t dot = key.rfind('.');
  const std::string control = dot == std::string::npos ? std::string() : key.substr(0, dot);
  const std::string name = dot == std::string::npos ? key : key.substr(dot + 1);
  Arena arena;
  Value value;
  JsonError error;
  if (!parse_json(arena, text, value, error)) value = Value::string(text);
  bool found = false;
  std::vector<std::string_view> known;
  for (ir::Policy& policy : project.set.policies) {
    if (!control.empty() && !equal_ascii_fold(policy.id, control)) continue;
    for (ir::PolicyParameter& parameter : policy.parameters) {
      known.push_back(parameter.name);
      if (!equal_ascii_fold(parameter.name, name)) continue;
      found = true;
      // A plain word for a text parameter may look like JSON: --param name=true.
      Value given = value;
      if (!accepts(parameter.type, given) && parameter.type == ir::ParameterType::String)
        given = Value::string(text);
      if (!accepts(parameter.type, given))
        diagnostics.add(Diagnostic(
            Code::ParameterNotAllowed, parameter.span,
            fmt::format("parameter `{}` of {} does not take {}", parameter.name, policy.id, text)));
      else if (!is_allowed(*project.set.graph, parameter.allowed, given))
        diagnostics.add(Diagnostic(
            Code::ParameterNotAllowed, parameter.span,
            fmt::format("parameter `{}` of {} does not allow {}", parameter.name, policy.id, text)));
      else
        parameter.default_value = project.set.graph->literal(given);
    }
  }
  if (found) return;
  Diagnostic d(Code::UnknownParameter, {}, fmt::format("no control has a parameter `{}`", key));
  if (const auto near = nearest(name, known); !near.empty())
    d.notes.push_back(fmt::format("did you mean `{}`?", near.front()));
  diagnostics.add(std::move(d));
}

bool is_kept(const std::vector<std::string>& keep, const std::string& id) {
  return keep.empty() || std::any_of(keep.begin(), keep.end(),
                                     [&](const std::string& one) { return equal_ascii_fold(one, id); });
}

/// The definition, or why there is none, at the sub-expression that prevents it.
Result<nlohmann::ordered_json> emit_one(Compilation::State& state, std::size_t index) {
  const ir::Policy& policy = state.project.set.policies[index];
  // Importing keeps what verdicts need; operations, related resources and deployments are not kept as JSON.
  if (policy.origin == ir::Origin::AzureDefinition)
    return Diagnostic(Code::NotEmittable, policy.span,
                      fmt::format("`{}` is an Azure Policy definition already", policy.id));
  if (state.project.local_record[index])
    return Diagnostic(
        Code::NotEmittable, policy.span,
        fmt::format("`{}` cannot become an Azure Policy definition: {} is a record, not an Azure resource",
                    policy.id, policy.types.front()));
  azure::DefinitionOptions options;
  options.indexed = !policy.types.empty() &&
                    std::all_of(policy.types.begin(), policy.types.end(), [&](const std::string& type) {
                      const ResourceTypeInfo* known = state.catalog.find_type(type);
                      return known && known->tracked == Ternary::Yes;
                    });
  // Negations go down to the tests: `notEquals` reads better than `not` around `equals`, and means the same.
  ir::Policy emitted = policy;
  passes::Normaliser normalise(*state.project.set.graph);
  emitted.applicable = normalise(policy.applicable);
  for (ir::Violation& violation : emitted.violations)
    violation.when = normalise(violation.when);
  return azure::emit_definition(*state.project.set.graph, emitted, options, &state.project.node_spans);
}

} // namespace

Compilation::Compilation(std::unique_ptr<State> state) : state_(std::move(state)) {}
Compilation::~Compilation() = default;
Compilation::Compilation(Compilation&&) noexcept = default;
Compilation& Compilation::operator=(Compilation&&) noexcept = default;

Compilation Compilation::compile(const Files& files, const CompileRequest& request) {
  auto state = std::make_unique<State>();
  state->request = request;
  load_catalog(files, request, state->catalog, state->diagnostics);
  modules::LoadRequest load;
  load.library = embedded::standard_library();
  std::vector<std::string> definitions;
  collect_sources(files, request, load, definitions, state->diagnostics);
  const modules::ModuleGraph graph = modules::load_modules(files, state->sources, load, state->diagnostics);
  // Names that a broken file would have declared are not missing: only whole files are checked.
  const bool complete = std::all_of(graph.modules.begin(), graph.modules.end(),
                                    [](const syntax::Module& m) { return m.complete; });
  if (complete) state->project = check::check_project(graph, state->catalog, state->diagnostics);
  if (complete) passes::warn_dead_rules(state->project.set, {}, &state->catalog, state->diagnostics);
  import_definitions(files, request, definitions, *state);
  for (const auto& [key, text] : request.parameters)
    set_parameter(state->project, key, text, state->diagnostics);

  for (std::size_t i = 0; i < state->project.set.policies.size(); ++i) {
    const ir::Policy& policy = state->project.set.policies[i];
    ControlInfo info{policy.id,       policy.symbol, policy.title, policy.severity,
                     policy.category, policy.span,   true,         {}};
    Result<nlohmann::ordered_json> emitted = emit_one(*state, i);
    if (!emitted.ok()) {
      info.emittable = false;
      info.not_emittable_because = emitted.error().message;
      if (state->project.target_azure[i]) state->diagnostics.add(emitted.take_error());
    }
    state->controls.push_back(std::move(info));
  }
  for (check::TestCase& test : state->project.tests) {
    TestInfo info;
    for (const ControlInfo& control : state->controls)
      if (control.symbol == test.control_symbol) info.control_id = control.id;
    if (info.control_id.empty()) continue; // the control has errors
    info.title = std::move(test.title);
    info.expectation = static_cast<TestExpectation>(test.expectation);
    info.parameters = std::move(test.parameters);
    info.resource_json = std::move(test.resource_json);
    info.now = std::move(test.now);
    info.span = test.span;
    state->tests.push_back(std::move(info));
  }
  state->diagnostics.sort();
  return Compilation(std::move(state));
}

bool Compilation::ok() const { return !state_->diagnostics.has_errors(); }
const Diagnostics& Compilation::diagnostics() const { return state_->diagnostics; }
Diagnostics& Compilation::diagnostics() { return state_->diagnostics; }
const SourceMap& Compilation::sources() const { return state_->sources; }
const Catalog& Compilation::catalog() const { return state_->catalog; }
const std::vector<ControlInfo>& Compilation::controls() const { return state_->controls; }
const std::vector<TestInfo>& Compilation::tests() const { return state_->tests; }

bc::Program Compilation::program(bool open_parameters, const std::vector<std::string>& keep) {
  codegen::Options options;
  options.open_parameters = open_parameters;
  options.sources = &state_->sources;
  ir::PolicySet& set = state_->project.set;
  set.instances.clear();
  for (std::size_t i = 0; i < set.policies.size(); ++i) {
    if (is_kept(keep, set.policies[i].id)) set.instances.push_back({i, {}, {}});
  }
  // Without instances the generator would take every policy.
  if (set.instances.empty()) return codegen::generate(ir::PolicySet{}, options, state_->diagnostics);
  // The passes rewrite the policies for these instances; emitters and later programs need them as they were.
  const std::vector<ir::Policy> policies = set.policies;
  passes::Options pass_options;
  pass_options.optimise = state_->request.optimise;
  pass_options.open_parameters = open_parameters;
  pass_options.catalog = &state_->catalog;
  passes::run(set, pass_options, state_->diagnostics);
  bc::Program program = codegen::generate(set, options, state_->diagnostics);
  set.policies = policies;
  set.instances.clear();
  return program;
}

std::vector<EmittedFile> Compilation::emit_azure_policy(Diagnostics& not_emittable,
                                                        const std::vector<std::string>& keep) {
  std::vector<EmittedFile> files;
  for (std::size_t i = 0; i < state_->project.set.policies.size(); ++i) {
    if (!is_kept(keep, state_->project.set.policies[i].id)) continue;
    Result<nlohmann::ordered_json> definition = emit_one(*state_, i);
    if (!definition.ok()) {
      not_emittable.add(definition.take_error());
      continue;
    }
    const ir::Policy& policy = state_->project.set.policies[i];
    files.push_back(
        {azure::definition_name(policy) + ".json", azure::to_canonical_text(*definition), policy.id});
  }
  std::sort(files.begin(), files.end(),
            [](const EmittedFile& a, const EmittedFile& b) { return a.path < b.path; });
  return files;
}

} // namespace writ
