// SPDX-License-Identifier: MIT
#include "prove/question.h"

#include "ir/dump.h"
#include "prove/collect.h"
#include "prove/types.h"
#include "writ/text.h"

#include <fmt/format.h>

namespace writ::prove {

namespace {

std::string literal_text(const ir::Graph& graph, ir::NodeId id) {
  if (!id.valid() || graph.node(id).kind != ir::NodeKind::Literal) return {};
  const Value& value = graph.constant_value(id);
  return value.is(ValueKind::String) ? std::string(value.as_string()) : std::string();
}

bool is_false(const Store& store, FormulaId id) {
  return store.formula(id).kind == FormulaKind::Constant && !store.formula(id).truth;
}

/// No resource of the type is reported, or an error.
bool is_silent(const Store& store, Question question, const Verdict& side) {
  if (is_false(store, side.applicable)) return true;
  return question != Question::DifferFully && is_false(store, side.violated) &&
         store.formula(side.applicable).kind == FormulaKind::Constant;
}

} // namespace

Answer TypeQuestion::ask(Question question, unsigned timeout_ms, std::set<std::string>& assumptions) {
  Verdict left = lower(left_, bound_left_);
  Verdict right = lower(right_, bound_right_);
  add_relations(left, right);
  assumptions.insert(notes_.assumptions.begin(), notes_.assumptions.end());
  Answer answer;
  const bool same = left.applicable == right.applicable && left.violated == right.violated &&
                    left.related == right.related && left.satisfied == right.satisfied;
  const bool silent_left = is_silent(store_, question, left);
  const bool silent_right = is_silent(store_, question, right);
  if (same || (question == Question::OnlyLeft && silent_left) ||
      (question == Question::OnlyRight && silent_right) || (silent_left && silent_right))
    return answer;
  if (shape_.has_arrays()) assumptions.insert(fmt::format("arrays have at most {} elements", shape_.bound()));
  divide(left, right);
  Solver solver(store_, shape_, left_.semantics, {timeout_ms});
  const Found found = solver.find(question, left, right);
  switch (found.answer) {
  case Found::Answer::None:
    break;
  case Found::Answer::Open:
    answer.kind = Answer::Kind::Open;
    answer.reasons.insert(found.reasons.begin(), found.reasons.end());
    break;
  case Found::Answer::Model:
    answer.kind = Answer::Kind::Model;
    answer.witness = write(found.choice, found.candidate && (left.related || right.related));
    break;
  }
  return answer;
}

void TypeQuestion::divide(const Verdict& left, const Verdict& right) {
  Collector collector(store_, shape_);
  for (const Verdict& side : {left, right})
    for (FormulaId root : {side.applicable, side.violated, side.satisfied, side.eligible})
      collector.add(root);
  collector.finish();
  shape_.build_cells(store_.arena());
}

Verdict TypeQuestion::lower(const Side& side, const ir::Policy& bound) {
  Lowerer::Options options;
  options.type = type_name();
  options.type_cell = type_;
  options.vacuous_missing = side.semantics.vacuous_missing;
  Lowerer lowerer(*side.graph, store_, shape_, notes_, options);
  Verdict verdict;
  verdict.applicable = bound.applicable.valid() ? lowerer.condition(bound.applicable) : store_.truth(true);
  std::vector<FormulaId> violations;
  for (const ir::Violation& violation : bound.violations)
    violations.push_back(lowerer.condition(violation.when));
  verdict.violated = store_.any_of(violations);
  verdict.satisfied = verdict.eligible = store_.truth(true);
  switch (mode_says(side, bound, type_)) {
  case ModeSays::Inside:
    break;
  case ModeSays::Outside:
    verdict.applicable = store_.truth(false);
    break;
  case ModeSays::Depends: {
    // Mode Indexed looks at resources with a location where the catalogue does not know the type.
    const TermId location = store_.place(shape_.text(Subject::Resource, "location"));
    const FormulaId nowhere =
        store_.test(Operator::Equals, location, store_.constant(Value::string("")), false);
    verdict.applicable = store_.all_of({verdict.applicable, store_.negate(nowhere)});
    break;
  }
  }
  return verdict;
}

std::vector<TermId> TypeQuestion::choice_of_related(const Side& side, const ir::Existence& existence) {
  Lowerer::Options options;
  options.type = type_name();
  options.type_cell = type_;
  Lowerer lowerer(*side.graph, store_, shape_, notes_, options);
  std::vector<TermId> out;
  for (ir::NodeId id : {existence.type, existence.name, existence.kind, existence.resource_group})
    out.push_back(id.valid() ? lowerer.operand(id) : store_.opaque("nothing"));
  // A subscription is in no group, so nothing but itself can be the place where one looks.
  const bool of_subscription = equal_ascii_fold(type_name(), "Microsoft.Resources/subscriptions");
  if (of_subscription && existence.scope.valid())
    notes_.assumptions.insert("related resources of a subscription are in no resource group");
  out.push_back(existence.scope.valid() && !of_subscription ? lowerer.operand(existence.scope)
                                                            : store_.opaque("nothing"));
  return out;
}

bool TypeQuestion::looks_by_own_name(const Side& side, const ir::Existence& existence) {
  if (!existence.name.valid()) return false;
  const ir::Node& name = side.graph->node(existence.name);
  return name.kind == ir::NodeKind::FieldValue && name.binder == ir::kUnbound &&
         side.graph->field_info(name.field).kind == ir::FieldKind::Name;
}

bool TypeQuestion::finds_itself(const Side& side, const ir::Existence& existence) const {
  const bool any_name = !existence.name.valid() || looks_by_own_name(side, existence);
  return any_name && equal_ascii_fold(literal_text(*side.graph, existence.type), type_name()) &&
         !existence.kind.valid() && !existence.resource_group.valid();
}

FormulaId TypeQuestion::satisfied(const Side& side, const ir::Existence& existence, Subject candidate) {
  if (!existence.condition.valid()) return store_.truth(true);
  Lowerer::Options options;
  options.type = literal_text(*side.graph, existence.type);
  if (options.type.empty())
    return store_.opaque_formula("a condition about related resources of a computed type",
                                 ir::dump(*side.graph, existence.condition));
  options.type_cell.kind = CellKind::String;
  options.type_cell.one_folding = true;
  options.primary_type = type_name();
  options.primary_type_cell = type_;
  options.subject = candidate;
  options.vacuous_missing = side.semantics.vacuous_missing;
  Lowerer lowerer(*side.graph, store_, shape_, notes_, options);
  return lowerer.condition(existence.condition);
}

void TypeQuestion::add_relations(Verdict& left, Verdict& right) {
  left.related = looks_for_related(left_);
  right.related = looks_for_related(right_);
  if (!left.related && !right.related) return;
  const bool both = left.related && right.related;
  const bool alike = both && choice_of_related(left_, *bound_left_.effect.existence) ==
                                 choice_of_related(right_, *bound_right_.effect.existence);
  const auto fill = [&](Verdict& verdict, const Side& side, const ir::Policy& bound, std::string_view which) {
    if (!verdict.related) return;
    const ir::Existence& existence = *bound.effect.existence;
    // Among the resources of its type in its group a resource finds itself; by its own name nothing else.
    const bool by_name = looks_by_own_name(side, existence);
    if (finds_itself(side, existence))
      verdict.violated =
          store_.all_of({verdict.violated, store_.negate(satisfied(side, existence, Subject::Resource))});
    if (by_name && finds_itself(side, existence)) {
      verdict.satisfied = store_.truth(false);
      return;
    }
    if (!both || alike) {
      verdict.satisfied = satisfied(side, existence);
      candidate_ = {literal_text(*side.graph, existence.type), literal_text(*side.graph, existence.name),
                    literal_text(*side.graph, existence.kind)};
    } else {
      // Two ways to choose: what each finds is a question of its own.
      verdict.satisfied = store_.opaque_formula("the different choice of related resources", which);
    }
  };
  fill(left, left_, bound_left_, "left");
  fill(right, right_, bound_right_, "right");
}

Witness TypeQuestion::write(const Choice& choice, bool candidate) {
  Arena arena;
  Evaluation evaluation(store_, shape_, arena, left_.semantics, true);
  WitnessWriter writer(shape_, evaluation, choice);
  Witness witness;
  witness.resource_json = writer.resource(type_.representative.as_string());
  if (candidate && !candidate_.type.empty())
    witness.beside_json.push_back(writer.candidate(type_.representative.as_string(), candidate_));
  return witness;
}

std::vector<Witness> TypeQuestion::sample(std::size_t count, std::mt19937& random) {
  Verdict left = lower(left_, bound_left_);
  Verdict right = lower(right_, bound_right_);
  add_relations(left, right);
  divide(left, right);
  std::vector<Witness> out;
  const auto below = [&](std::size_t limit) { return random() % limit; };
  for (std::size_t n = 0; n < count; ++n) {
    Choice choice(shape_.size(), 0);
    // Parents come before their children.
    for (PlaceId id = 0; id < shape_.size(); ++id) {
      const Place& place = shape_[id];
      std::vector<std::uint16_t> fitting;
      for (std::uint16_t c = 0; c < place.cells.size(); ++c) {
        const Cell& cell = place.cells[c];
        bool missing_only = false;
        bool present_only = false;
        if (place.parent != kNoPlace) {
          const Cell& above = shape_[place.parent].cells[choice[place.parent]];
          const bool element = place.role == PlaceRole::Element;
          const bool there = element ? above.kind == CellKind::Array && above.length > place.index
                                     : above.kind == CellKind::Object;
          missing_only = !there;
          present_only = there && (element || place.envelope);
        }
        const bool missing = cell.kind == CellKind::Missing;
        if ((missing_only && !missing) || (present_only && missing)) continue;
        fitting.push_back(c);
        // Most of the time something further down is there to be looked at.
        const bool deeper = (cell.kind == CellKind::Object && !place.members.empty()) ||
                            (cell.kind == CellKind::Array && cell.length > 0);
        if (deeper) fitting.insert(fitting.end(), place.cells.size() / 2 + 1, c);
      }
      choice[id] = fitting.empty() ? std::uint16_t{0} : fitting[below(fitting.size())];
    }
    out.push_back(write(choice, (left.related || right.related) && below(4) != 0));
  }
  return out;
}

} // namespace writ::prove
