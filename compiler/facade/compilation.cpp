// SPDX-License-Identifier: MIT
#include "codegen/codegen.h"
#include "facade/state.h"
#include "passes/pass.h"

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

bc::Program Compilation::program(bool open_parameters, const std::vector<std::string>& keep) {
  codegen::Options options;
  options.open_parameters = open_parameters;
  options.sources = &state_->sources;
  options.catalog = &state_->catalog;
  options.semantics = state_->request.semantics;
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
  pass_options.semantics = state_->request.semantics;
  passes::run(set, pass_options, state_->diagnostics);
  bc::Program program = codegen::generate(set, options, state_->diagnostics);
  set.policies = policies;
  set.instances.clear();
  return program;
}

} // namespace writ
