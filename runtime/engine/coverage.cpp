// SPDX-License-Identifier: MIT
// The leaf conditions of a control's code, and how tests made them come out.
#include "engine/engine_state.h"
#include "engine/pair_machine.h"
#include "engine/resource_walk.h"
#include "engine/scope_book.h"
#include "writ/text.h"

#include <set>

namespace writ {

namespace {

/// Text of a test instruction: field, operator, right side where it is a constant or parameter.
std::string condition_text(const bc::Program& program, const bc::Block& block, std::uint32_t at) {
  const bc::Instruction& test = program.code[at];
  std::string left = "value";
  if (test.opcode == bc::Opcode::TestField || test.opcode == bc::Opcode::TestBound)
    left = program.strings[program.fields[test.d].name];
  std::string right = "…";
  for (std::uint32_t i = at; i-- > block.start;) {
    const bc::Instruction& before = program.code[i];
    if (test.opcode == bc::Opcode::TestCount && left == "value" &&
        (before.opcode == bc::Opcode::CountField || before.opcode == bc::Opcode::CountBound) &&
        before.a == test.c)
      left = "count of " + program.strings[program.fields[before.d].name];
    const bool loads =
        before.opcode == bc::Opcode::LoadConstant || before.opcode == bc::Opcode::LoadParameter;
    if (right == "…" && loads && before.a == test.b)
      right = before.opcode == bc::Opcode::LoadConstant
                  ? to_json(program.constants[before.d])
                  : "parameter " + program.strings[program.parameters[before.d].name];
  }
  return left + " " + std::string(info(static_cast<Operator>(test.x)).azure_name) + " " + right;
}

/// Whether a test compares the number of other resources: it is decided after the run, where nothing traces.
bool counts_others(const bc::Program& program, const bc::Block& block, std::uint32_t at) {
  if (program.code[at].opcode != bc::Opcode::TestValue || at == block.start) return false;
  const bc::Instruction& before = program.code[at - 1];
  return before.opcode == bc::Opcode::LoadJoin && before.a == program.code[at].c;
}

void collect_conditions(const bc::Program& program, std::uint32_t block_index, std::set<std::uint32_t>& seen,
                        std::vector<Engine::Condition>& out) {
  const bc::Block& block = program.blocks[block_index];
  for (std::uint32_t i = block.start; i < block.start + block.length; ++i) {
    const bc::Instruction& instruction = program.code[i];
    if (instruction.opcode == bc::Opcode::RunTest) {
      collect_conditions(program, program.tests[instruction.d], seen, out);
      continue;
    }
    const bool test =
        instruction.opcode == bc::Opcode::TestField || instruction.opcode == bc::Opcode::TestBound ||
        instruction.opcode == bc::Opcode::TestValue || instruction.opcode == bc::Opcode::TestDynamic ||
        instruction.opcode == bc::Opcode::TestCount;
    if (!test || !seen.insert(i).second) continue;
    if (counts_others(program, block, i)) continue;
    // The type is what selects the control: no case of its own tests can make it false.
    if (instruction.opcode == bc::Opcode::TestField &&
        program.fields[instruction.d].kind == bc::FieldKind::Type)
      continue;
    out.push_back({i, condition_text(program, block, i)});
  }
}

/// Whether a block counts other resources, itself or in a test that it runs.
bool counts_others(const bc::Program& program, std::uint32_t block_index) {
  const bc::Block& block = program.blocks[block_index];
  for (std::uint32_t i = block.start; i < block.start + block.length; ++i) {
    const bc::Instruction& instruction = program.code[i];
    if (instruction.opcode == bc::Opcode::LoadJoin) return true;
    if (instruction.opcode == bc::Opcode::RunTest && counts_others(program, program.tests[instruction.d]))
      return true;
  }
  return false;
}

void collect_outcomes(const vm::TraceNode& node, std::vector<Engine::Outcome>& out) {
  if ((node.kind == vm::TraceKind::Test || node.kind == vm::TraceKind::Count) && decided(node.truth))
    out.push_back({node.instruction, node.truth == Truth::True});
  for (const vm::TraceNode& child : node.children)
    collect_outcomes(child, out);
}

/// The existence condition of the control, or none.
std::uint32_t existence_condition(const bc::Program& program, const bc::Control& control) {
  return control.relation == bc::kNone ? bc::kNone : program.relations[control.relation].condition;
}

/// How the existence condition came out on the candidates, whatever their place: coverage asks what tests
/// try.
void collect_existence(const PreparedBundle& bundle, const EngineOptions& options,
                       const EvaluationContext& context, const bc::RelationInfo& relation,
                       std::string_view primary_json, const std::vector<std::string>& others,
                       std::vector<Engine::Outcome>& out) {
  PairMachine machine(bundle, options, context);
  KeptResource primary;
  KeptResource candidate;
  if (!primary.load(primary_json, {})) return;
  for (const std::string& other : others) {
    if (!candidate.load(other, {})) continue;
    if (relation.static_type != bc::kNone &&
        !equal_ascii_fold(candidate.root.type(), bundle.program().strings[relation.static_type]))
      continue;
    std::string reason;
    vm::TraceNode trace;
    machine.run(relation.condition, primary, candidate, context, reason, &trace);
    collect_outcomes(trace, out);
  }
}

} // namespace

std::vector<Engine::Condition> Engine::conditions(std::string_view control_id) const {
  std::vector<Condition> out;
  for (const PreparedBundle& bundle : state_->bundles) {
    const bc::Program& program = bundle.program();
    for (const bc::Control& control : program.controls) {
      if (!equal_ascii_fold(program.strings[control.id], control_id)) continue;
      std::set<std::uint32_t> seen;
      collect_conditions(program, control.applicable, seen, out);
      for (std::uint32_t v = 0; v < control.violation_count; ++v)
        collect_conditions(program, program.violations[control.first_violation + v].condition, seen, out);
      if (const std::uint32_t condition = existence_condition(program, control); condition != bc::kNone)
        collect_conditions(program, condition, seen, out);
    }
  }
  return out;
}

std::vector<Engine::Outcome> Engine::outcomes(std::string_view json, const std::vector<std::string>& others,
                                              std::string_view control_id) const {
  std::vector<Outcome> out;
  ScopeBook scopes;
  for (const PreparedBundle& bundle : state_->bundles) {
    Evaluator evaluator(bundle, state_->options, state_->context.values);
    const bc::Program& program = bundle.program();
    for_each_resource({Input::of_text("<resource>", std::string(json))},
                      [&](const snapshot::ResourceRoot& root, Arena& arena) {
                        const EvaluationContext context = scopes.context(root.id(), state_->context.values);
                        evaluator.set_context(context);
                        evaluator.begin(root, arena);
                        for (const bc::Control& control : program.controls) {
                          if (!equal_ascii_fold(program.strings[control.id], control_id)) continue;
                          vm::TraceNode trace;
                          const Truth applicable = evaluator.machine().trace_truth(control.applicable, trace);
                          collect_outcomes(trace, out);
                          // Whether others select the resource is known after the run only; what is then
                          // required is tried by the case either way.
                          const bool open =
                              !decided(applicable) && counts_others(program, control.applicable);
                          if (applicable != Truth::True && !open) continue;
                          for (std::uint32_t v = 0; v < control.violation_count; ++v) {
                            vm::TraceNode rule;
                            evaluator.machine().trace_truth(
                                program.violations[control.first_violation + v].condition, rule);
                            collect_outcomes(rule, out);
                          }
                          if (existence_condition(program, control) != bc::kNone)
                            collect_existence(bundle, state_->options, context,
                                              program.relations[control.relation], json, others, out);
                        }
                      });
  }
  return out;
}

} // namespace writ
