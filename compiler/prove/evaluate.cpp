// SPDX-License-Identifier: MIT
#include "prove/evaluate.h"

#include "writ/semantics/datetime.h"
#include "writ/text.h"

#include <algorithm>
#include <set>

namespace writ::prove {

namespace {

constexpr EvaluationError kFailed{"bad-argument-type", "an argument of another kind"};

Outcome outcome_of(Truth truth) {
  switch (truth) {
  case Truth::False:
    return Outcome::False;
  case Truth::True:
    return Outcome::True;
  case Truth::Error:
    return Outcome::Fails;
  case Truth::Unknown:
    break;
  }
  return Outcome::Open;
}

bool is_ordering(Operator op) {
  return op == Operator::Less || op == Operator::LessOrEquals || op == Operator::Greater ||
         op == Operator::GreaterOrEquals;
}

/// False when no text of a number can satisfy the pattern: digits, a point, signs and one E.
bool may_fit_number(Operator op, std::string_view pattern) {
  const bool match = op == Operator::Match || op == Operator::MatchInsensitively;
  if (match && pattern.empty()) return false;
  std::size_t letters = 0;
  for (char c : pattern) {
    if (match ? c == '#' || c == '.' : op == Operator::Like && c == '*') continue;
    const bool letter = c == 'E' || c == 'e' || (match && c == '?');
    letters += letter ? 1 : 0;
    if (!letter && std::string_view("0123456789.+-").find(c) == std::string_view::npos) return false;
  }
  return letters < 2;
}

bool holds_any(const Value& list, ValueKind kind) {
  const auto elements = list.as_array();
  return std::any_of(elements.begin(), elements.end(), [&](const Value& one) { return one.is(kind); });
}

void add_elements(const Shape& shape, PlaceId place, std::set<PlaceId>& out) {
  for (PlaceId element : shape[place].elements) {
    out.insert(element);
    add_elements(shape, element, out);
  }
}

void add_places(const Store& store, const Shape& shape, TermId id, bool inside, std::set<PlaceId>& out) {
  const Term& term = store.term(id);
  if (term.kind == TermKind::Place) {
    out.insert(term.place);
    if (inside) add_elements(shape, term.place, out);
    return;
  }
  const bool looks_inside =
      term.kind != TermKind::Call || (term.function != Function::Length && term.function != Function::Empty);
  for (TermId child : term.children)
    add_places(store, shape, child, looks_inside, out);
}

} // namespace

std::vector<PlaceId> Evaluation::places_of(const Store& store, const Shape& shape, const Formula& formula) {
  std::set<PlaceId> out;
  if (formula.kind == FormulaKind::Test) {
    add_places(store, shape, formula.left, false, out);
    add_places(store, shape, formula.right, false, out);
  } else {
    out.insert(formula.place);
  }
  return {out.begin(), out.end()};
}

Outcome Evaluation::leaf(const Formula& formula, const Choice& choice) {
  const auto cell = [&]() -> const Cell& { return shape_[formula.place].cells[choice[formula.place]]; };
  switch (formula.kind) {
  case FormulaKind::IsArray:
    if (cell().kind != CellKind::Array) return Outcome::False;
    return cell().length >= formula.least ? Outcome::True : Outcome::False;
  case FormulaKind::IsPresent:
    return cell().kind == CellKind::Missing ? Outcome::False : Outcome::True;
  case FormulaKind::IsAbsent:
    return cell().kind == CellKind::Missing || cell().kind == CellKind::Null ? Outcome::True : Outcome::False;
  default:
    break;
  }
  return judge(formula.op, side(formula.left, choice), side(formula.right, choice), formula.location);
}

Outcome Evaluation::counted(const Formula& count, std::size_t least, std::size_t open) {
  const Term& right = store_.term(count.right);
  if (right.kind != TermKind::Constant) return Outcome::Open;
  const Outcome first = apply(count.op, Value::integer(static_cast<std::int64_t>(least)), right.value, false);
  for (std::size_t more = 1; more <= open; ++more)
    if (apply(count.op, Value::integer(static_cast<std::int64_t>(least + more)), right.value, false) != first)
      return Outcome::Fails;
  return first;
}

Outcome Evaluation::whole(FormulaId id, const Choice& choice) {
  const Formula& formula = store_.formula(id);
  switch (formula.kind) {
  case FormulaKind::Constant:
    return formula.truth ? Outcome::True : Outcome::False;
  case FormulaKind::Fails:
    return Outcome::Fails;
  case FormulaKind::Opaque:
    return Outcome::Open;
  case FormulaKind::Not: {
    const Outcome inner = whole(formula.children[0], choice);
    if (inner == Outcome::True) return Outcome::False;
    return inner == Outcome::False ? Outcome::True : inner;
  }
  case FormulaKind::And:
  case FormulaKind::Or: {
    const bool conjunction = formula.kind == FormulaKind::And;
    Outcome out = conjunction ? Outcome::True : Outcome::False;
    bool open = false;
    for (FormulaId child : formula.children) {
      const Outcome one = whole(child, choice);
      if (one == (conjunction ? Outcome::False : Outcome::True)) return one;
      open = open || one == Outcome::Open;
      if (one == Outcome::Fails) out = Outcome::Fails;
    }
    return open ? Outcome::Open : out;
  }
  case FormulaKind::Count: {
    std::size_t least = 0;
    std::size_t failing = 0;
    for (FormulaId child : formula.children) {
      const Outcome one = whole(child, choice);
      if (one == Outcome::Open) return Outcome::Open;
      least += one == Outcome::True ? 1 : 0;
      failing += one == Outcome::Fails ? 1 : 0;
    }
    return counted(formula, least, failing);
  }
  default:
    return leaf(formula, choice);
  }
}

// --- values

Evaluation::Known Evaluation::error() { return exactly(Value::error(&kFailed)); }

Evaluation::Known Evaluation::side(TermId id, const Choice& choice) {
  const Term& term = store_.term(id);
  if (term.kind != TermKind::Place || concrete_) return known(id, choice);
  Known out = known_place(term.place, choice, true);
  if (out.exact() && out.value.absent() && (term.null_of_field || term.element)) out.value = Value::null();
  return out;
}

Evaluation::Known Evaluation::known_place(PlaceId id, const Choice& choice, bool shallow) {
  const Place& place = shape_[id];
  const Cell& cell = place.cells[choice[id]];
  if (concrete_) return exactly(value_of(id, choice));
  if (cell.kind == CellKind::Array && cell.counted && !shallow) {
    std::vector<Known> parts;
    for (unsigned i = 0; i < cell.length; ++i)
      parts.push_back(known_place(place.elements[i], choice, false));
    return list_of(std::move(parts));
  }
  Known out;
  out.depth = cell.single ? Depth::Exact : Depth::Cell;
  out.value = cell.representative;
  out.cell = &cell;
  out.division = &place.division;
  return out;
}

Value Evaluation::value_of(PlaceId id, const Choice& choice) {
  const Place& place = shape_[id];
  const Cell& cell = place.cells[choice[id]];
  if (cell.kind == CellKind::Array && cell.counted) {
    const auto elements = arena_.array<Value>(cell.length);
    for (unsigned i = 0; i < cell.length; ++i)
      elements[i] = value_of(place.elements[i], choice);
    return Value::array(elements);
  }
  if (cell.kind != CellKind::Object) return cell.representative;
  std::vector<Member> members;
  for (const auto& [name, member] : place.members) {
    const Value value = value_of(member, choice);
    if (!value.is(ValueKind::Missing)) members.push_back({arena_.copy(shape_[member].key), value});
  }
  const auto kept = arena_.array<Member>(members.size());
  std::copy(members.begin(), members.end(), kept.begin());
  return Value::object(kept);
}

Evaluation::Known Evaluation::list_of(std::vector<Known> parts) {
  const bool exact = std::all_of(parts.begin(), parts.end(), [](const Known& one) { return one.exact(); });
  for (const Known& part : parts)
    if (part.fails()) return part;
  if (!exact) {
    Known out;
    out.depth = Depth::Parts;
    out.parts = std::move(parts);
    return out;
  }
  const auto elements = arena_.array<Value>(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i)
    elements[i] = parts[i].value.absent() ? Value::null() : parts[i].value;
  return exactly(Value::array(elements));
}

Evaluation::Known Evaluation::known(TermId id, const Choice& choice) {
  const Term& term = store_.term(id);
  switch (term.kind) {
  case TermKind::Constant: {
    Known out = exactly(term.value);
    out.literal_null = term.literal;
    return out;
  }
  case TermKind::Place: {
    Known out = known_place(term.place, choice, false);
    if (out.exact() && out.value.absent() && term.null_of_field) out.value = Value::absent_field();
    if (out.exact() && out.value.absent() && term.element) out.value = Value::null();
    return out;
  }
  case TermKind::Gather:
  case TermKind::List: {
    std::vector<Known> parts;
    for (TermId child : term.children) {
      Known part = known(child, choice);
      if (term.kind == TermKind::Gather && part.exact() && part.value.is(ValueKind::Missing)) continue;
      parts.push_back(std::move(part));
    }
    return list_of(std::move(parts));
  }
  case TermKind::Record: {
    std::vector<Member> members;
    for (std::size_t i = 0; i + 1 < term.children.size(); i += 2) {
      const Known key = known(term.children[i], choice);
      const Known value = known(term.children[i + 1], choice);
      if (key.fails() || value.fails()) return error();
      if (!key.exact() || !value.exact()) return {};
      if (!key.value.is(ValueKind::String)) return error();
      for (const Member& earlier : members)
        if (equal_ascii_fold(earlier.key, key.value.as_string())) return error();
      members.push_back({key.value.as_string(), value.value.absent() ? Value::null() : value.value});
    }
    const auto kept = arena_.array<Member>(members.size());
    std::copy(members.begin(), members.end(), kept.begin());
    return exactly(Value::object(kept));
  }
  case TermKind::Call:
    return call(term, choice);
  case TermKind::Member: {
    const Known container = known(term.children[0], choice);
    const Known key = known(term.children[1], choice);
    if (container.fails() || key.fails()) return error();
    if (!container.exact() || !key.exact()) return {};
    return exactly(access_member(container.value.absent() ? Value::null() : container.value,
                                 key.value.absent() ? Value::null() : key.value, arena_));
  }
  case TermKind::Opaque:
    break;
  }
  return {};
}

Evaluation::Known Evaluation::apply_function(Function function, const std::vector<Value>& arguments) {
  std::vector<Value> given;
  for (const Value& argument : arguments)
    given.push_back(argument.is(ValueKind::Missing) ? Value::null() : argument);
  const Value result = call_function(function, given, {}, arena_, semantics_);
  return result.is(ValueKind::Unknown) ? Known{} : exactly(result);
}

Evaluation::Known Evaluation::call_lazily(const Term& term, const Choice& choice) {
  const auto boolean = [](const Known& one) { return one.exact() && one.value.is(ValueKind::Bool); };
  switch (term.function) {
  case Function::If: {
    const Known condition = known(term.children[0], choice);
    if (!condition.exact()) return condition.depth == Depth::Nothing ? Known{} : error();
    if (!boolean(condition)) return error();
    return known(term.children[condition.value.as_bool() ? 1 : 2], choice);
  }
  case Function::Coalesce: {
    for (TermId child : term.children) {
      Known one = known(child, choice);
      if (one.depth == Depth::Nothing) return {};
      if (!one.exact() || !one.value.absent()) return one;
    }
    return exactly(Value::null());
  }
  default: { // and, or
    const bool stop = term.function == Function::Or;
    for (TermId child : term.children) {
      const Known one = known(child, choice);
      if (one.depth == Depth::Nothing) return {};
      if (!boolean(one)) return error(); // cells that are not exact hold no booleans
      if (one.value.as_bool() == stop) return one;
    }
    return exactly(Value::boolean(!stop));
  }
  }
}

Evaluation::Known Evaluation::call(const Term& term, const Choice& choice) {
  if ((info(term.function).flags & kLazy) != 0) return call_lazily(term, choice);
  std::vector<Known> arguments;
  bool exact = true;
  const bool sees_errors = (info(term.function).flags & kSeesUndecided) != 0;
  bool fails = false;
  for (TermId child : term.children) {
    arguments.push_back(known(child, choice));
    exact = exact && arguments.back().exact();
    fails = fails || arguments.back().fails();
  }
  if (exact) {
    std::vector<Value> values;
    for (const Known& argument : arguments)
      values.push_back(argument.value);
    return apply_function(term.function, values);
  }
  if (sees_errors) return {};
  if (fails) return error();
  return call_known(term.function, arguments);
}

Evaluation::Known Evaluation::call_known(Function function, std::vector<Known>& arguments) {
  const Known& first = arguments[0];
  const auto with_representatives = [&] {
    std::vector<Value> values;
    for (const Known& argument : arguments)
      values.push_back(argument.value);
    return apply_function(function, values);
  };
  const bool celled = first.depth == Depth::Cell || first.depth == Depth::Folding;
  switch (function) {
  case Function::Length:
  case Function::Empty: {
    const bool length = function == Function::Length;
    if (first.depth == Depth::Parts) {
      const auto size = static_cast<std::int64_t>(first.parts.size());
      return exactly(length ? Value::integer(size) : Value::boolean(size == 0));
    }
    if (!celled || first.cell->kind == CellKind::Object) return {};
    if (first.cell->kind == CellKind::Number) return error();
    if (length) return {};
    return exactly(Value::boolean(false)); // "" and [] are cells of their own
  }
  case Function::ToLower:
  case Function::ToUpper: {
    if (!celled) return first.depth == Depth::Parts ? error() : Known{};
    if (first.cell->kind != CellKind::String) return with_representatives();
    Known out = with_representatives();
    if (out.fails()) return out;
    out.depth = Depth::Folding;
    out.cell = first.cell;
    out.division = first.division;
    return out;
  }
  case Function::Contains:
    return contains(first, arguments[1]);
  case Function::StartsWith:
  case Function::EndsWith: {
    if (!celled || !arguments[1].exact() || !arguments[1].value.is(ValueKind::String)) return {};
    if (first.cell->kind != CellKind::String) return with_representatives();
    const std::string_view part = arguments[1].value.as_string();
    const Pattern pattern = function == Function::StartsWith ? starting_with(part) : ending_with(part);
    return says_of_pattern(first, pattern) ? with_representatives() : Known{};
  }
  case Function::Equals: {
    const Known& cell = first.exact() ? arguments[1] : first;
    const Known& constant = first.exact() ? first : arguments[1];
    if (!constant.exact() || cell.depth != Depth::Cell) return {};
    if (constant.value.is(ValueKind::Array) || constant.value.is(ValueKind::Object)) return {};
    if (!is_apart(cell, constant.value)) return {};
    return with_representatives();
  }
  case Function::Less:
  case Function::LessOrEquals:
  case Function::Greater:
  case Function::GreaterOrEquals: {
    const Known& cell = first.exact() ? arguments[1] : first;
    const Known& constant = first.exact() ? first : arguments[1];
    if (!constant.exact() || !constant.value.is_number() || cell.depth != Depth::Cell) return {};
    if (cell.cell->kind == CellKind::Number &&
        (!cell.cell->orders_hold || !cell.division->by_number(constant.value.as_number())))
      return {};
    return with_representatives();
  }
  default:
    return {};
  }
}

bool Evaluation::says_of_pattern(const Known& text, const Pattern& pattern) {
  if (text.cell->one_folding) return true;
  return text.cell->patterns_hold && text.division->by_pattern(pattern);
}

/// The function equals() and elements of arrays: exact spelling, numbers by value, no conversion.
bool Evaluation::is_apart(const Known& cell, const Value& scalar) {
  switch (cell.cell->kind) {
  case CellKind::String:
    if (scalar.is(ValueKind::String)) return cell.division->by_spelling(scalar.as_string());
    return !scalar.absent() || cell.division->by_folding("");
  case CellKind::Number:
    return !scalar.is_number() || (cell.cell->orders_hold && cell.division->by_number(scalar.as_number()) &&
                                   cell.value.as_number() != scalar.as_number());
  default:
    return true;
  }
}

Evaluation::Known Evaluation::contains(const Known& container, const Known& wanted) {
  if (!wanted.exact()) return {};
  const bool simple = !wanted.value.is(ValueKind::Array) && !wanted.value.is(ValueKind::Object);
  if (container.depth == Depth::Parts) {
    if (!simple || wanted.value.absent()) return {};
    for (const Known& part : container.parts) {
      if (part.depth == Depth::Nothing || part.depth == Depth::Folding) return {};
      if (part.depth == Depth::Cell) {
        if (!is_apart(part, wanted.value)) return {};
        continue;
      }
      if (!part.exact()) continue; // a list inside the list, and the wanted value is none
      const auto elements = arena_.array<Value>(1);
      elements[0] = part.value.absent() ? Value::null() : part.value;
      const Known one = apply_function(Function::Contains, {Value::array(elements), wanted.value});
      if (one.fails() || !one.exact() || one.value.as_bool()) return one;
    }
    return exactly(Value::boolean(false));
  }
  if (container.depth != Depth::Cell && container.depth != Depth::Folding) return {};
  switch (container.cell->kind) {
  case CellKind::String:
    if (wanted.value.is(ValueKind::String) &&
        !says_of_pattern(container, containing(wanted.value.as_string())))
      return {};
    return apply_function(Function::Contains, {container.value, wanted.value});
  case CellKind::Number:
    return apply_function(Function::Contains, {container.value, wanted.value});
  default:
    return {};
  }
}

// --- tests

Outcome Evaluation::apply(Operator op, Value left, Value right, bool location) {
  if (location) {
    left = normalize_location(arena_, left);
    right = normalize_location(arena_, right);
  }
  return outcome_of(apply_operator(op, left, right, semantics_));
}

Outcome Evaluation::judge(Operator op, const Known& left, const Known& right, bool location) {
  if (left.fails() || right.fails()) return Outcome::Fails;
  if (right.exact()) {
    // Only a null that is written there is a right side. Source: "Shape of a leaf condition".
    if (right.value.absent() && !right.literal_null) return Outcome::Fails;
    const Value operand = right.value.absent() ? Value::null() : right.value;
    if (left.exact()) return apply(op, left.value, operand, location);
    if (left.depth == Depth::Nothing) return Outcome::Open;
    return judge_against(op, left, operand, location);
  }
  if (right.depth == Depth::Nothing || location) return Outcome::Open;
  if (op == Operator::Equals) {
    if (left.exact())
      return judge_against(op, right, left.value.absent() ? Value::null() : left.value, false);
    return equal_cells(left, right);
  }
  if (op == Operator::In && right.depth == Depth::Parts) {
    Outcome any = Outcome::False;
    for (const Known& part : right.parts) {
      if (part.exact() && part.value.absent()) continue;
      Known member = part;
      member.literal_null = false;
      const Outcome one = judge(Operator::Equals, left, member, false);
      if (one == Outcome::True) return one;
      if (one != Outcome::False) any = Outcome::Open;
    }
    return any;
  }
  return Outcome::Open;
}

Outcome Evaluation::judge_against(Operator op, const Known& left, const Value& given, bool location) {
  // The cells of a location divide what is left when blanks are gone.
  const Value right = location ? normalize_location(arena_, given) : given;
  // A right side of a wrong kind is an error for every left side.
  if (apply(op, Value::missing(), right, location) == Outcome::Fails) return Outcome::Fails;
  if (op == Operator::Exists) return apply(op, Value::boolean(true), right, location);
  if (left.depth == Depth::Parts) return judge_container(op, left, right);
  switch (left.cell->kind) {
  case CellKind::String:
    return judge_string(op, left, right, location);
  case CellKind::Number:
    return judge_number(op, left, right);
  case CellKind::Array:
  case CellKind::Object:
    return judge_container(op, left, right);
  default:
    return apply(op, left.value, right, location);
  }
}

Outcome Evaluation::judge_string(Operator op, const Known& left, const Value& right, bool location) {
  switch (op) {
  case Operator::Match: {
    // Without wildcards it asks for one spelling.
    std::string buffer;
    const std::string_view text = *text_of(right, buffer);
    if (text.find_first_of("#?.") != std::string_view::npos || !left.division->by_spelling(text))
      return Outcome::Open;
    break;
  }
  case Operator::MatchInsensitively:
    return Outcome::Open;
  case Operator::Like:
  case Operator::Contains: {
    std::string buffer;
    const std::string_view text = *text_of(right, buffer);
    if (!says_of_pattern(left, op == Operator::Like ? like_pattern(text) : containing(text)))
      return Outcome::Open;
    break;
  }
  case Operator::Equals:
  case Operator::In:
    // The long s: whether a string is `false` does not follow from its folding alone.
    if (!left.division->by_value(right)) return Outcome::Open;
    break;
  default:
    break;
  }
  if (is_ordering(op) && right.is(ValueKind::String)) {
    if (parse_date(right.as_string())) return Outcome::Open;
    if (!left.cell->one_folding && !(left.cell->orders_hold && left.division->by_order(right.as_string())))
      return Outcome::Open;
  }
  return apply(op, left.value, right, location);
}

Outcome Evaluation::judge_number(Operator op, const Known& left, const Value& right) {
  std::string buffer;
  switch (op) {
  case Operator::Like:
  case Operator::Match:
  case Operator::MatchInsensitively:
    return may_fit_number(op, *text_of(right, buffer)) ? Outcome::Open : Outcome::False;
  case Operator::Contains: {
    const bool text = right.is(ValueKind::String) && may_fit_number(op, right.as_string());
    return text ? Outcome::Open : Outcome::False;
  }
  case Operator::Equals:
  case Operator::In: {
    if (!left.cell->orders_hold || !left.division->by_value(right)) return Outcome::Open;
    const bool zero = left.value.as_number() == 0; // 0.0 and -0.0 are two texts
    const bool text =
        right.is(ValueKind::String) || (right.is(ValueKind::Array) && holds_any(right, ValueKind::String));
    if (zero && text) return Outcome::Open;
    break;
  }
  default:
    if (is_ordering(op) && right.is_number() &&
        !(left.cell->orders_hold && left.division->by_number(right.as_number())))
      return Outcome::Open;
    break;
  }
  return apply(op, left.value, right, false);
}

Outcome Evaluation::judge_container(Operator op, const Known& left, const Value& right) {
  const bool parts = left.depth == Depth::Parts;
  const bool array = parts || left.cell->kind == CellKind::Array;
  const Value sample = array ? Value::array({}) : Value::object({});
  const ValueKind own = array ? ValueKind::Array : ValueKind::Object;
  switch (op) {
  case Operator::Equals:
    if (!right.is(own)) return Outcome::False;
    if (parts && right.as_array().size() != left.parts.size()) return Outcome::False;
    if (!parts && left.cell->counted && right.as_array().size() != left.cell->length) return Outcome::False;
    return Outcome::Open;
  case Operator::In:
    return holds_any(right, own) ? Outcome::Open : Outcome::False;
  case Operator::Contains: {
    if (!parts) return Outcome::Open;
    Outcome any = Outcome::False;
    for (const Known& part : left.parts) {
      const Outcome one = judge(Operator::Equals, part, exactly(right), false);
      if (one == Outcome::True) return one;
      if (one != Outcome::False) any = Outcome::Open;
    }
    return any;
  }
  case Operator::ContainsKey:
    return array ? Outcome::False : Outcome::Open;
  default:
    return apply(op, sample, right, false);
  }
}

Outcome Evaluation::equal_cells(const Known& left, const Known& right) {
  const auto kind = [](const Known& one) {
    return one.depth == Depth::Parts ? CellKind::Array : one.cell->kind;
  };
  if (left.depth == Depth::Nothing || right.depth == Depth::Nothing) return Outcome::Open;
  const CellKind a = kind(left);
  const CellKind b = kind(right);
  if (a == CellKind::Array || b == CellKind::Array || a == CellKind::Object || b == CellKind::Object)
    return a == b ? Outcome::Open : Outcome::False;
  if (a != CellKind::String || b != CellKind::String) return Outcome::Open;
  if (left.cell->one_folding && right.cell->one_folding)
    return equal_fold(left.value.as_string(), right.value.as_string()) ? Outcome::True : Outcome::False;
  if (!left.cell->one_folding && !right.cell->one_folding) return Outcome::Open;
  // A place on which that folding is a cell of its own has it in no other cell.
  const Known& folding = left.cell->one_folding ? left : right;
  const Known& other = left.cell->one_folding ? right : left;
  return other.division->by_folding(folding.value.as_string()) ? Outcome::False : Outcome::Open;
}

} // namespace writ::prove
