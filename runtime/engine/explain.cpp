// SPDX-License-Identifier: MIT
// Why a verdict: the trace of a control's conditions as text, and the leaf conditions of its code for
// coverage.
#include "engine/engine_state.h"
#include "engine/evaluator.h"
#include "engine/scope_book.h"
#include "snapshot/chunk_reader.h"
#include "snapshot/source.h"
#include "writ/text.h"

#include <functional>
#include <set>

namespace writ {

namespace {

const char* word_of(Truth truth) {
  switch (truth) {
  case Truth::True:
    return "true";
  case Truth::False:
    return "false";
  case Truth::Unknown:
    return "unknown";
  case Truth::Error:
    return "error";
  }
  return "";
}

void append_trace(std::string& out, const vm::TraceNode& node, int depth) {
  const std::string indent(static_cast<std::size_t>(depth) * 2, ' ');
  out += indent;
  switch (node.kind) {
  case vm::TraceKind::Constant:
    out += std::string(word_of(node.truth)) + "\n";
    return;
  case vm::TraceKind::And:
    out += std::string("all of: ") + word_of(node.truth) + "\n";
    break;
  case vm::TraceKind::Or:
    out += std::string("any of: ") + word_of(node.truth) + "\n";
    break;
  case vm::TraceKind::Not:
    out += std::string("not: ") + word_of(node.truth) + "\n";
    break;
  case vm::TraceKind::Test:
    out += (node.field.empty() ? std::string("value") : node.field) + " " +
           std::string(info(node.op).azure_name) + " " + node.expected + ": " + word_of(node.truth);
    if (!node.reason.empty()) out += " (" + node.reason + ")";
    out += "\n";
    for (const vm::TracedValue& value : node.values)
      out += indent + "    " + (value.pointer.empty() ? std::string("value") : value.pointer) + " = " +
             (value.actual.empty() ? std::string("missing") : value.actual) + "\n";
    break;
  case vm::TraceKind::Count:
    out += "count of " + (node.field.empty() ? std::string("values") : node.field) + " is " +
           (node.actual.empty() ? std::string("undecided") : node.actual) + ", " +
           std::string(info(node.op).azure_name) + " " + node.expected + ": " + word_of(node.truth) + "\n";
    for (std::size_t i = 0; i < node.values.size(); ++i) {
      out += indent + "    " +
             (node.values[i].pointer.empty() ? "element " + std::to_string(i) : node.values[i].pointer) +
             ": " + word_of(node.values[i].truth) + "\n";
      if (i < node.children.size()) append_trace(out, node.children[i], depth + 3);
    }
    return;
  }
  for (const vm::TraceNode& child : node.children)
    append_trace(out, child, depth + 1);
}

/// Calls back for every resource of the inputs.
class ResourceCallback final : public snapshot::ResourceVisitor {
public:
  explicit ResourceCallback(std::function<void(const snapshot::ResourceRoot&, Arena&)> callback)
      : callback_(std::move(callback)) {}
  void visit(const snapshot::ResourceRoot& root, const snapshot::Place&, Arena& arena) override {
    callback_(root, arena);
  }

private:
  std::function<void(const snapshot::ResourceRoot&, Arena&)> callback_;
};

void for_each_resource(const std::vector<Input>& inputs,
                       const std::function<void(const snapshot::ResourceRoot&, Arena&)>& callback) {
  snapshot::ChunkSource source(inputs);
  snapshot::ChunkReader reader;
  ResourceCallback visitor(callback);
  for (snapshot::Chunk chunk; source.next(chunk); chunk = {}) {
    reader.read(chunk, visitor);
    source.recycle(chunk);
  }
}

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
    // The type is what selects the control: no case of its own tests can make it false.
    if (instruction.opcode == bc::Opcode::TestField &&
        program.fields[instruction.d].kind == bc::FieldKind::Type)
      continue;
    out.push_back({i, condition_text(program, block, i)});
  }
}

void collect_outcomes(const vm::TraceNode& node, std::vector<Engine::Outcome>& out) {
  if ((node.kind == vm::TraceKind::Test || node.kind == vm::TraceKind::Count) && decided(node.truth))
    out.push_back({node.instruction, node.truth == Truth::True});
  for (const vm::TraceNode& child : node.children)
    collect_outcomes(child, out);
}

} // namespace

std::vector<Engine::Explanation> Engine::explain(const std::vector<Input>& inputs,
                                                 std::string_view control_id,
                                                 std::string_view resource) const {
  std::vector<Explanation> found;
  ScopeBook scopes; // without the snapshot's records: what the id does not tell is unknown
  for (const PreparedBundle& bundle : state_->bundles) {
    Evaluator evaluator(bundle, state_->options, state_->context.values);
    const bc::Program& program = bundle.program();
    for_each_resource(inputs, [&](const snapshot::ResourceRoot& root, Arena& arena) {
      if (!equal_ascii_fold(root.id(), resource) && !equal_ascii_fold(root.name(), resource)) return;
      for (std::uint32_t c = 0; c < program.controls.size(); ++c) {
        const bc::Control& control = program.controls[c];
        if (!equal_ascii_fold(program.strings[control.id], control_id)) continue;
        evaluator.set_context(scopes.context(root.id(), state_->context.values));
        evaluator.begin(root, arena);
        Decision decision;
        decision.control = c;
        decision.reason = "another resource type";
        if (bundle.runs[evaluator.type()][c]) evaluator.decide(c, true, decision);
        Finding finding;
        if (decision.verdict == Verdict::NonCompliant) evaluator.describe(decision, finding);
        Explanation explanation;
        explanation.verdict = decision.verdict;
        explanation.text = std::string(program.strings[control.id]) + " on " +
                           std::string(root.id().empty() ? root.name() : root.id()) + "\n";
        explanation.text += "verdict: " + std::string(to_text(decision.verdict)) +
                            (decision.reason.empty() ? "" : " (" + decision.reason + ")") + "\n";
        for (const std::string& message : finding.messages)
          explanation.text += "  " + message + "\n";
        vm::TraceNode trace;
        evaluator.machine().trace_truth(control.applicable, trace);
        explanation.text += "looks at the resource when\n";
        append_trace(explanation.text, trace, 1);
        if (decision.verdict != Verdict::NotApplicable)
          for (std::uint32_t v = 0; v < control.violation_count; ++v) {
            const bc::ViolationInfo& violation = program.violations[control.first_violation + v];
            vm::TraceNode rule;
            evaluator.machine().trace_truth(violation.condition, rule);
            explanation.text += "violated when" +
                                (violation.span_begin ? " (line " + std::to_string(violation.span_begin) + ")"
                                                      : std::string()) +
                                "\n";
            append_trace(explanation.text, rule, 1);
          }
        found.push_back(std::move(explanation));
      }
    });
  }
  return found;
}

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
    }
  }
  return out;
}

std::vector<Engine::Outcome> Engine::outcomes(std::string_view json, std::string_view control_id) const {
  std::vector<Outcome> out;
  ScopeBook scopes;
  for (const PreparedBundle& bundle : state_->bundles) {
    Evaluator evaluator(bundle, state_->options, state_->context.values);
    const bc::Program& program = bundle.program();
    for_each_resource({Input::of_text("<resource>", std::string(json))},
                      [&](const snapshot::ResourceRoot& root, Arena& arena) {
                        evaluator.set_context(scopes.context(root.id(), state_->context.values));
                        evaluator.begin(root, arena);
                        for (const bc::Control& control : program.controls) {
                          if (!equal_ascii_fold(program.strings[control.id], control_id)) continue;
                          vm::TraceNode trace;
                          const Truth applicable = evaluator.machine().trace_truth(control.applicable, trace);
                          collect_outcomes(trace, out);
                          if (applicable != Truth::True) continue;
                          for (std::uint32_t v = 0; v < control.violation_count; ++v) {
                            vm::TraceNode rule;
                            evaluator.machine().trace_truth(
                                program.violations[control.first_violation + v].condition, rule);
                            collect_outcomes(rule, out);
                          }
                        }
                      });
  }
  return out;
}

} // namespace writ
