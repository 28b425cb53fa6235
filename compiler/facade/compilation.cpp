// SPDX-License-Identifier: MIT
#include "assign/instances.h"
#include "assign/link.h"
#include "codegen/codegen.h"
#include "facade/state.h"
#include "passes/pass.h"

#include <unordered_set>

namespace writ {

Compilation::Compilation(std::unique_ptr<State> state) : state_(std::move(state)) {}
Compilation::~Compilation() = default;
Compilation::Compilation(Compilation&&) noexcept = default;
Compilation& Compilation::operator=(Compilation&&) noexcept = default;

Compilation Compilation::compile(const Files& files, const CompileRequest& request) {
  auto state = std::make_unique<State>();
  state->request = request;
  read_sources(files, *state);
  for (const auto& [key, text] : request.parameters)
    set_parameter(state->project, key, text, request.initiatives, state->diagnostics);
  assign::link(state->project.set, state->diagnostics, request.initiatives);
  state->instances = assign::instances_of(state->project.set, state->catalog, request.semantics,
                                          state->diagnostics, request.initiatives);

  for (std::size_t i = 0; i < state->project.set.policies.size(); ++i) {
    const ir::Policy& policy = state->project.set.policies[i];
    ControlInfo info{policy.id,
                     policy.symbol,
                     policy.title,
                     policy.severity,
                     policy.category,
                     policy.span,
                     true,
                     {},
                     state->project.included_only[i]};
    Result<nlohmann::ordered_json> emitted = emit_one(*state, i);
    if (!emitted.ok()) {
      info.emittable = false;
      info.not_emittable_because = emitted.error().message;
      if (state->project.target_azure[i]) state->diagnostics.add(emitted.take_error());
    }
    state->controls.push_back(std::move(info));
  }
  for (const ir::PolicyInstance& instance : state->instances) {
    ControlInfo info = state->controls[instance.policy];
    if (!instance.label.empty()) info.id = instance.label;
    state->evaluated.push_back(std::move(info));
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
    info.resource_id = std::move(test.resource_id);
    info.given = std::move(test.given);
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

const std::vector<ControlInfo>& Compilation::evaluated() const { return state_->evaluated; }

namespace {

bc::Program generate(Compilation::State& state, std::vector<ir::PolicyInstance> instances,
                     bool open_parameters) {
  codegen::Options options;
  options.open_parameters = open_parameters;
  options.sources = &state.sources;
  options.catalog = &state.catalog;
  options.semantics = state.request.semantics;
  // Without instances the generator would take every policy.
  if (instances.empty()) return codegen::generate(ir::PolicySet{}, options, state.diagnostics);
  // The passes rewrite the policies for these instances; emitters and later programs need them as they were.
  ir::PolicySet& set = state.project.set;
  const std::vector<ir::Policy> policies = set.policies;
  set.instances = std::move(instances);
  assign::specialise(set);
  passes::Options pass_options;
  pass_options.optimise = state.request.optimise;
  pass_options.open_parameters = open_parameters;
  pass_options.catalog = &state.catalog;
  pass_options.semantics = state.request.semantics;
  passes::run(set, pass_options, state.diagnostics);
  bc::Program program = codegen::generate(set, options, state.diagnostics);
  set.policies = policies;
  set.instances.clear();
  return program;
}

} // namespace

bc::Program Compilation::program(bool open_parameters, const std::vector<std::string>& keep) {
  const std::unordered_set<std::string> kept(keep.begin(), keep.end());
  std::vector<ir::PolicyInstance> instances;
  for (std::size_t i = 0; i < state_->instances.size(); ++i)
    if (kept.empty() || kept.contains(state_->evaluated[i].id)) instances.push_back(state_->instances[i]);
  return generate(*state_, std::move(instances), open_parameters);
}

bc::Program Compilation::control_program(const std::string& id) {
  std::vector<ir::PolicyInstance> instances;
  for (std::size_t i = 0; i < state_->project.set.policies.size(); ++i)
    if (state_->project.set.policies[i].id == id) instances.push_back({i, {}, {}});
  return generate(*state_, std::move(instances), true);
}

} // namespace writ
