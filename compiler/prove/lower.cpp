// SPDX-License-Identifier: MIT
// Source: docs/azure-policy-semantics.md, "Array aliases", "Count", "Resolution".
#include "prove/lower.h"

#include "ir/dump.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>

namespace writ::prove {

using ir::Node;
using ir::NodeId;
using ir::NodeKind;

namespace {

/// Rounds of a count over values that are written out; longer ones are not looked into.
constexpr std::size_t kMostRounds = 40;

bool has_no_letters(const Term& pattern) {
  if (pattern.kind != TermKind::Constant || !pattern.value.is(ValueKind::String)) return false;
  const std::string_view text = pattern.value.as_string();
  return std::all_of(text.begin(), text.end(), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return !letter && static_cast<unsigned char>(c) < 0x80;
  });
}

/// Operators to which a value that is missing and one that is null are the same.
bool is_textual(Operator op) {
  return op == Operator::Like || op == Operator::Match || op == Operator::MatchInsensitively ||
         op == Operator::Contains || op == Operator::ContainsKey;
}

std::string joined(const std::vector<TermId>& terms) { return fmt::format("{}", fmt::join(terms, ",")); }

} // namespace

FormulaId Lowerer::condition(NodeId id) {
  const Node& node = graph_.node(id);
  switch (node.kind) {
  case NodeKind::Constant:
    return store_.truth(node.truth);
  case NodeKind::Not:
    return store_.negate(condition(graph_.children(id)[0]));
  case NodeKind::And:
  case NodeKind::Or: {
    std::vector<FormulaId> parts;
    for (NodeId child : graph_.children(id))
      parts.push_back(condition(child));
    return node.kind == NodeKind::And ? store_.all_of(parts) : store_.any_of(parts);
  }
  default:
    return test(id);
  }
}

FormulaId Lowerer::test(NodeId id) {
  const Node& node = graph_.node(id);
  const NodeId left = graph_.children(id)[0];
  const TermId right = operand(graph_.children(id)[1]);
  const Node& subject = graph_.node(left);
  if (node.op == Operator::Exists && store_.term(right).kind == TermKind::Constant) {
    // `exists: false` is the negation of `exists: true` for one value; over [*] it is asked of each member.
    const Value& wanted = store_.term(right).value;
    const bool single = subject.kind != NodeKind::Field && subject.kind != NodeKind::DynamicField;
    const bool no = (wanted.is(ValueKind::Bool) && !wanted.as_bool()) ||
                    (wanted.is(ValueKind::String) && equal_ascii_fold(wanted.as_string(), "false"));
    if (single && no && subject.kind != NodeKind::Count)
      return store_.negate(value_test(node.op, operand(left), store_.constant(Value::boolean(true)), false));
  }
  switch (subject.kind) {
  case NodeKind::Field:
    return field_test(node, subject, right);
  case NodeKind::Count:
    return count_test(node, left, right);
  case NodeKind::DynamicField:
    return store_.opaque_formula(
        "a field whose name is computed",
        fmt::format("{} {} {}", static_cast<int>(node.op), operand(graph_.children(left)[0]), right));
  default:
    return value_test(node.op, operand(left), right, false);
  }
}

FormulaId Lowerer::value_test(Operator op, TermId left, TermId right, bool location) {
  const bool negative = info(op).negated < op;
  Operator positive = negative ? info(op).negated : op;
  // A pattern without letters has no case. A `?` stands for a letter of either case.
  if (positive == Operator::MatchInsensitively && has_no_letters(store_.term(right)))
    positive = Operator::Match;
  const TermId subject = is_textual(positive) ? as_read(left) : left;
  if (positive == Operator::ContainsKey) right = folded(right);
  const FormulaId test = positive == Operator::Contains ? contains_test(subject, right, location)
                                                        : store_.test(positive, subject, right, location);
  return negative ? store_.negate(test) : test;
}

TermId Lowerer::as_read(TermId id) {
  const Term& term = store_.term(id);
  return term.kind == TermKind::Place ? store_.place(term.place) : id;
}

TermId Lowerer::folded(TermId id) {
  const Term& term = store_.term(id);
  if (term.kind != TermKind::Constant || !term.value.is(ValueKind::String)) return id;
  return store_.constant(Value::string(fold_case(term.value.as_string())));
}

FormulaId Lowerer::contains_test(TermId left, TermId right, bool location) {
  const Term subject = store_.term(left);
  const FormulaId whole = store_.test(Operator::Contains, left, right, location);
  const bool texts = store_.term(right).kind == TermKind::Constant;
  if (subject.kind != TermKind::Place || !texts) return whole;
  if (shape_[subject.place].role == PlaceRole::Text) return whole;
  const Value& wanted = store_.term(right).value;
  // Other right sides are errors whatever is on the left.
  if (!wanted.is(ValueKind::String) && !wanted.is(ValueKind::Bool) && !wanted.is_number()) return whole;
  const std::vector<PlaceId> elements = shape_.elements(subject.place);
  std::vector<FormulaId> some;
  for (std::size_t i = 0; i < elements.size(); ++i)
    some.push_back(
        store_.all_of({store_.is_array(subject.place, static_cast<unsigned>(i + 1)),
                       store_.test(Operator::Equals, store_.place(elements[i]), right, location)}));
  const FormulaId array = store_.is_array(subject.place, 0);
  return store_.any_of(
      {store_.all_of({array, store_.any_of(some)}), store_.all_of({store_.negate(array), whole})});
}

PlaceId Lowerer::step(PlaceId at, const ir::PathStep& step, bool& in_element) {
  const bool envelope = in_element && equal_ascii_fold(step.name, "properties");
  in_element = false;
  return step.name.empty() ? at : shape_.member(at, step.name, envelope);
}

FormulaId Lowerer::members(PlaceId at, std::span<const ir::PathStep> steps, bool in_element, Operator op,
                           TermId right, bool location) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    at = step(at, steps[i], in_element);
    if (!steps[i].each) continue;
    const std::vector<PlaceId> elements = shape_.elements(at);
    const FormulaId array = store_.is_array(at, 0);
    std::vector<FormulaId> all;
    for (std::size_t e = 0; e < elements.size(); ++e)
      all.push_back(store_.any_of({store_.negate(store_.is_array(at, static_cast<unsigned>(e + 1))),
                                   members(elements[e], steps.subspan(i + 1), true, op, right, location)}));
    const FormulaId hole =
        options_.vacuous_missing ? store_.truth(true) : value_test(op, absent(), right, location);
    return store_.all_of(
        {store_.any_of({store_.negate(array), store_.all_of(all)}), store_.any_of({array, hole})});
  }
  return value_test(op, store_.place(at), right, location);
}

FormulaId Lowerer::field_test(const Node& test, const Node& field, TermId right) {
  const ir::Field& meant = graph_.field_info(field.field);
  if (meant.kind == ir::FieldKind::Type && field.binder == ir::kUnbound)
    return value_test(test.op, type_operand(test.op, right), right, false);
  const Way way = way_of(meant, false);
  const bool location = meant.kind == ir::FieldKind::Location;
  if (way.missing) return value_test(test.op, absent(), right, location);
  if (field.binder == ir::kUnbound) {
    if (way.ends) return value_test(test.op, store_.place(way.from), right, location);
    return members(way.from, way.steps, false, test.op, right, location);
  }
  const Scope& bound = scope(field);
  if (bound.of_value || bound.places.size() < field.level)
    return value_test(test.op, absent(), right, location);
  return members(bound.places[field.level - 1u], behind(way.steps, field.level), true, test.op, right,
                 location);
}

TermId Lowerer::type_operand(Operator op, TermId right) {
  const Cell& cell = options_.type_cell;
  const Operator positive = std::min(op, info(op).negated);
  const bool constant = store_.term(right).kind == TermKind::Constant;
  bool speaks = cell.single;
  switch (positive) {
  case Operator::Equals:
  case Operator::In:
  case Operator::Exists:
    speaks = speaks || constant;
    break;
  case Operator::Like:
  case Operator::Contains:
    speaks = speaks || (constant && (cell.one_folding || cell.patterns_hold));
    break;
  default:
    break;
  }
  return speaks ? store_.constant(Value::string(options_.type)) : store_.opaque("the type of the resource");
}

std::span<const ir::PathStep> Lowerer::behind(std::span<const ir::PathStep> steps, std::size_t stars) {
  std::size_t seen = 0;
  std::size_t at = 0;
  while (at < steps.size() && seen < stars)
    seen += steps[at++].each ? 1 : 0;
  return steps.subspan(at);
}

Lowerer::Way Lowerer::way_of(const ir::Field& field, bool of_primary) {
  const std::string& type = of_primary ? options_.primary_type : options_.type;
  const Subject subject = of_primary ? Subject::Resource : options_.subject;
  Way way;
  const auto text = [&](std::string_view name) {
    way.from = shape_.text(subject, name);
    way.ends = true;
    return way;
  };
  switch (field.kind) {
  case ir::FieldKind::Name:
    return text("name");
  case ir::FieldKind::FullName:
    return text("fullName");
  case ir::FieldKind::Type:
    return text("type");
  case ir::FieldKind::Id:
    return text("id");
  case ir::FieldKind::ApiVersion:
    return text("apiVersion");
  case ir::FieldKind::ParentId:
    return text("the parent's id");
  case ir::FieldKind::SubscriptionId:
    return text("the subscription's id");
  case ir::FieldKind::ResourceGroupId:
    return text("the resource group's id");
  case ir::FieldKind::Location:
    return text("location");
  case ir::FieldKind::Alias:
    break;
  default:
    way.from = shape_.root(subject);
    way.steps = field.path;
    return way;
  }
  way.collection = ir::star_count(field) > 0;
  for (const ir::Resolution& resolution : field.resolutions) {
    if (!equal_ascii_fold(resolution.type, type)) continue;
    if (!resolution.versions.empty())
      notes_.assumptions.insert("resources have the default API version of their type");
    if (!resolution.pattern_phrase.empty()) {
      way.steps = resolution.path;
      return text(fmt::format("the part {} of {}", resolution.pattern_phrase, ir::to_text(resolution.path)));
    }
    way.steps = resolution.path;
    way.from = shape_.root(subject, resolution.below_root_or_properties ? "record" : "");
    return way;
  }
  way.missing = true;
  return way;
}

// --- operands

TermId Lowerer::operand(NodeId id) {
  const Node& node = graph_.node(id);
  std::vector<TermId> children;
  const auto lower_children = [&] {
    for (NodeId child : graph_.children(id))
      children.push_back(operand(child));
  };
  switch (node.kind) {
  case NodeKind::Literal:
    return store_.constant(graph_.constant_value(id));
  case NodeKind::Parameter:
    return store_.opaque(fmt::format("parameter {}", lower_ascii(graph_.name_of(id))));
  case NodeKind::FieldValue:
    return field_value(node);
  case NodeKind::Current:
    return current(node);
  case NodeKind::Call:
    if (node.function == Function::Null) return store_.constant(Value::null(), false);
    lower_children();
    if ((info(node.function).flags & (kContext | kSpecial)) != 0)
      return store_.opaque(fmt::format("function {}", info(node.function).name), joined(children));
    return call(node.function, std::move(children));
  case NodeKind::Member:
    lower_children();
    return store_.member(children[0], children[1]);
  case NodeKind::List:
    lower_children();
    return store_.list(std::move(children));
  case NodeKind::Record:
    lower_children();
    return store_.record(std::move(children));
  case NodeKind::DynamicFieldValue:
    lower_children();
    return store_.opaque(node.of_primary ? "a field of the resource whose name is computed"
                                         : "a field whose name is computed",
                         joined(children));
  case NodeKind::Count: {
    // As a number inside an expression it is not interpreted, only shared.
    const Collection collection = collection_of(graph_.children(id)[0]);
    std::vector<FormulaId> parts = where_holds(collection, graph_.children(id)[1]);
    std::sort(parts.begin(), parts.end());
    return store_.opaque(
        "a count inside an expression",
        fmt::format("{} {} {}", collection.identity, fmt::join(parts, ","), collection.broken));
  }
  case NodeKind::Join:
    return store_.opaque("a count of other resources", dumped(id));
  default:
    return store_.opaque("an expression", dumped(id));
  }
}

/// The elements of lists are constants now: what is computed from them is one, too.
TermId Lowerer::call(Function function, std::vector<TermId> arguments) {
  const TermId call = store_.call(function, arguments);
  if ((info(function).flags & kLazy) != 0) return call;
  std::vector<Value> values;
  for (TermId argument : arguments) {
    const Term& term = store_.term(argument);
    if (term.kind != TermKind::Constant) return call;
    values.push_back(term.value.is(ValueKind::Missing) ? Value::null() : term.value);
  }
  Arena arena;
  const Value result = call_function(function, values, {}, arena, {});
  return result.undecided() ? call : store_.constant(result, false);
}

std::string Lowerer::dumped(NodeId id) const {
  std::string text = fmt::format("{} {} ", static_cast<int>(options_.subject), options_.type);
  for (const Scope& around : scopes_)
    text += fmt::format("{}/{}/{} ", fmt::join(around.places, ","), around.value, around.value_place);
  return text + ir::dump(graph_, id);
}

void Lowerer::leaves(PlaceId at, std::span<const ir::PathStep> steps, bool in_element,
                     std::vector<TermId>& out) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    at = step(at, steps[i], in_element);
    if (!steps[i].each) continue;
    for (PlaceId element : std::vector<PlaceId>(shape_.elements(at)))
      leaves(element, steps.subspan(i + 1), true, out);
    return;
  }
  out.push_back(store_.place(at));
}

TermId Lowerer::field_value(const Node& node) {
  const ir::Field& field = graph_.field_info(node.field);
  const std::string& type = node.of_primary ? options_.primary_type : options_.type;
  if (field.kind == ir::FieldKind::Type && node.binder == ir::kUnbound) {
    const Cell& cell = node.of_primary ? options_.primary_type_cell : options_.type_cell;
    if (!cell.one_folding)
      return store_.opaque(node.of_primary ? "the type of the resource of the `if`"
                                           : "the type of the resource");
    notes_.assumptions.insert("types are spelled as in the catalogue");
    return store_.constant(Value::string(type));
  }
  Way way = way_of(field, node.of_primary);
  if (field.kind == ir::FieldKind::Location) {
    // The function reads what is written; tests of the field see it without blanks.
    way = Way{};
    way.from = shape_.root(node.of_primary ? Subject::Resource : options_.subject);
    way.steps = field.path;
  }
  std::vector<TermId> members;
  if (node.binder == ir::kUnbound) {
    if (way.missing)
      return way.collection ? store_.gather({}) : store_.constant(Value::absent_field(), false);
    if (way.ends) return store_.place(way.from, true);
    if (ir::star_count(way.steps) == 0) {
      leaves(way.from, way.steps, false, members);
      return store_.place(store_.term(members.front()).place, true);
    }
    leaves(way.from, way.steps, false, members);
    return store_.gather(std::move(members));
  }
  const Scope& bound = scope(node);
  if (way.missing || bound.of_value || bound.places.size() < node.level)
    return store_.list({store_.constant(Value::null(), false)});
  leaves(bound.places[node.level - 1u], behind(way.steps, node.level), true, members);
  if (ir::star_count(way.steps) > node.level) return store_.gather(std::move(members));
  return store_.list({store_.place(store_.term(members.front()).place, false, true)});
}

TermId Lowerer::current(const Node& node) {
  const Scope& bound = scope(node);
  if (bound.of_value) {
    if (node.field.valid())
      return store_.opaque("a member of a counted value",
                           fmt::format("{} {} {}", bound.value, bound.value_place,
                                       lower_ascii(graph_.field_info(node.field).name)));
    return bound.value_place == kNoPlace ? bound.value : store_.place(bound.value_place, false, true);
  }
  if (bound.places.size() < node.level) return store_.constant(Value::null(), false);
  const PlaceId element = bound.places[node.level - 1u];
  if (!node.field.valid()) return store_.place(element, false, true);
  const Way way = way_of(graph_.field_info(node.field), false);
  if (way.missing) return store_.constant(Value::null(), false);
  if (ir::star_count(way.steps) > node.level) return store_.opaque("several values of an element");
  std::vector<TermId> members;
  leaves(element, behind(way.steps, node.level), true, members);
  return store_.place(store_.term(members.front()).place, false, true);
}

// --- counts

void Lowerer::elements(PlaceId at, std::span<const ir::PathStep> steps, bool in_element, Element so_far,
                       std::vector<Element>& out) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    at = step(at, steps[i], in_element);
    if (!steps[i].each) continue;
    const std::vector<PlaceId> places = shape_.elements(at);
    for (std::size_t e = 0; e < places.size(); ++e) {
      Element next = so_far;
      next.guard = store_.all_of({so_far.guard, store_.is_array(at, static_cast<unsigned>(e + 1))});
      next.scope.places.push_back(places[e]);
      elements(places[e], steps.subspan(i + 1), true, std::move(next), out);
    }
    return;
  }
  out.push_back(std::move(so_far));
}

Lowerer::Collection Lowerer::collection_of(NodeId id) {
  const Node& node = graph_.node(id);
  if (node.kind != NodeKind::Field) return counted_value(id);
  Collection out;
  out.broken = store_.truth(false);
  Element start;
  start.guard = store_.truth(true);
  const Way way = way_of(graph_.field_info(node.field), false);
  if (way.missing || way.ends) return out;
  if (node.binder == ir::kUnbound) {
    elements(way.from, way.steps, false, start, out.elements);
    return out;
  }
  const Scope& bound = scope(node);
  if (bound.of_value || bound.places.size() < node.level) return out;
  start.scope.places.assign(bound.places.begin(), bound.places.begin() + node.level);
  elements(start.scope.places.back(), behind(way.steps, node.level), true, start, out.elements);
  return out;
}

Lowerer::Collection Lowerer::counted_value(NodeId id) {
  Collection out;
  out.broken = store_.truth(false);
  const TermId list = operand(id);
  const Term value = store_.term(list);
  const auto add = [&](FormulaId guard, TermId element, PlaceId place) {
    Element next;
    next.guard = guard;
    next.scope.of_value = true;
    next.scope.value = element;
    next.scope.value_place = place;
    out.elements.push_back(std::move(next));
  };
  const bool constant_list = value.kind == TermKind::Constant && value.value.is(ValueKind::Array);
  if (constant_list && value.value.as_array().size() * rounds_ > kMostRounds) {
    out.opaque = "a count over a long list";
  } else if (constant_list) {
    for (const Value& element : value.value.as_array())
      add(store_.truth(true), store_.constant(element.absent() ? Value::null() : element, false), kNoPlace);
  } else if (value.kind == TermKind::Constant) {
    out.broken = store_.truth(!value.value.absent());
  } else if (value.kind == TermKind::Gather && value.children.size() * rounds_ <= kMostRounds) {
    for (TermId member : value.children) {
      const PlaceId place = store_.term(member).place;
      add(store_.is_present(place), 0, place);
    }
  } else if (value.kind == TermKind::Place && shape_[value.place].role != PlaceRole::Text &&
             shape_.bound() * rounds_ <= kMostRounds) {
    const std::vector<PlaceId> places = shape_.elements(value.place);
    for (std::size_t e = 0; e < places.size(); ++e)
      add(store_.is_array(value.place, static_cast<unsigned>(e + 1)), 0, places[e]);
    // Absent counts nothing; what is no array fails.
    out.broken = store_.all_of(
        {store_.negate(store_.is_array(value.place, 0)), store_.negate(store_.is_absent(value.place))});
  } else {
    out.opaque = "a count over a computed list";
  }
  if (!out.opaque.empty()) out.identity = std::to_string(list);
  return out;
}

std::vector<FormulaId> Lowerer::where_holds(const Collection& collection, NodeId where) {
  std::vector<FormulaId> parts;
  const std::size_t outer = rounds_;
  const auto add = [&](const Element& element) {
    scopes_.push_back(element.scope);
    const FormulaId part = store_.all_of({element.guard, condition(where)});
    scopes_.pop_back();
    const Formula& formula = store_.formula(part);
    if (formula.kind != FormulaKind::Constant || formula.truth) parts.push_back(part);
  };
  if (collection.opaque.empty()) {
    if (!collection.elements.empty() && collection.elements.front().scope.of_value)
      rounds_ *= collection.elements.size();
    for (const Element& element : collection.elements)
      add(element);
  } else {
    // Not looked into, but its condition still tells two such counts apart.
    Element any;
    any.guard = store_.truth(true);
    any.scope.of_value = true;
    any.scope.value = store_.opaque("an element of a computed list", collection.identity);
    add(any);
  }
  rounds_ = outer;
  return parts;
}

FormulaId Lowerer::count_test(const Node& test, NodeId count, TermId right) {
  const Collection collection = collection_of(graph_.children(count)[0]);
  std::vector<FormulaId> parts = where_holds(collection, graph_.children(count)[1]);
  if (!collection.opaque.empty())
    return store_.opaque_formula(collection.opaque,
                                 fmt::format("{} {} {} {}", collection.identity, fmt::join(parts, ","),
                                             static_cast<int>(test.op), right));
  const FormulaId number = store_.count(test.op, std::move(parts), right);
  const Formula& broken = store_.formula(collection.broken);
  if (broken.kind == FormulaKind::Constant && !broken.truth) return number;
  return store_.any_of({store_.all_of({collection.broken, broken_count(test.op, right)}),
                        store_.all_of({store_.negate(collection.broken), number})});
}

FormulaId Lowerer::broken_count(Operator op, TermId right) {
  const Term& operand = store_.term(right);
  const bool ordering = op == Operator::Less || op == Operator::LessOrEquals || op == Operator::Greater ||
                        op == Operator::GreaterOrEquals;
  const bool equality = op == Operator::Equals || op == Operator::NotEquals;
  if (operand.kind != TermKind::Constant || !operand.value.is(ValueKind::Int) || (!ordering && !equality))
    return store_.opaque_formula("a count over what is no list",
                                 fmt::format("{} {}", static_cast<int>(op), right));
  // A test that every number satisfies, or none, is decided even when nothing can be counted.
  const auto at = [&](std::int64_t number) {
    return apply_operator(op, Value::integer(number), operand.value, {});
  };
  const bool same =
      ordering ? at(0) == at(std::numeric_limits<std::int64_t>::max()) : operand.value.as_int() < 0;
  return same ? store_.truth(at(0) == Truth::True) : store_.fails();
}

} // namespace writ::prove
