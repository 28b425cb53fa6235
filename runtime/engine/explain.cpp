// SPDX-License-Identifier: MIT
// Why a verdict: the trace of a control's conditions as text.
#include "engine/engine_state.h"
#include "engine/evaluator.h"
#include "engine/pair_machine.h"
#include "engine/resource_walk.h"
#include "engine/scope_book.h"
#include "writ/text.h"

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
        if (decision.state == Decision::State::Joined) {
          // Only the whole input tells; its resources are read a second time.
          [[maybe_unused]] const RunReport report = run(inputs, [&](const Finding& one) {
            const bool same = one.control == &bundle.control(c) && one.resource->id == root.id() &&
                              (!root.id().empty() || one.resource->name == root.name());
            if (same) finding = one;
          });
          decision.verdict = finding.verdict;
          decision.reason = finding.reason;
        } else if (decision.verdict == Verdict::NonCompliant) {
          evaluator.describe(decision, finding);
        }
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

} // namespace writ
