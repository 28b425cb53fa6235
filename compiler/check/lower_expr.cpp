// SPDX-License-Identifier: MIT
// Expressions to IR: names, operators, quantifiers, literals.
#include "check/lower.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::check {

using syntax::BinaryOperator;
using syntax::Expr;
using syntax::ExprKind;

namespace {

Operator operator_of(BinaryOperator op) {
  switch (op) {
  case BinaryOperator::Equal:
    return Operator::Equals;
  case BinaryOperator::NotEqual:
    return Operator::NotEquals;
  case BinaryOperator::Less:
    return Operator::Less;
  case BinaryOperator::LessOrEqual:
    return Operator::LessOrEquals;
  case BinaryOperator::Greater:
    return Operator::Greater;
  case BinaryOperator::GreaterOrEqual:
    return Operator::GreaterOrEquals;
  case BinaryOperator::In:
    return Operator::In;
  case BinaryOperator::NotIn:
    return Operator::NotIn;
  case BinaryOperator::Like:
    return Operator::Like;
  case BinaryOperator::NotLike:
    return Operator::NotLike;
  case BinaryOperator::Matches:
    return Operator::MatchInsensitively;
  case BinaryOperator::NotMatches:
    return Operator::NotMatchInsensitively;
  case BinaryOperator::MatchesExactly:
    return Operator::Match;
  case BinaryOperator::NotMatchesExactly:
    return Operator::NotMatch;
  case BinaryOperator::Contains:
    return Operator::Contains;
  case BinaryOperator::NotContains:
    return Operator::NotContains;
  case BinaryOperator::HasKey:
    return Operator::ContainsKey;
  case BinaryOperator::HasNoKey:
    return Operator::NotContainsKey;
  }
  return Operator::Equals;
}

bool is_equality(BinaryOperator op) { return op == BinaryOperator::Equal || op == BinaryOperator::NotEqual; }
bool is_ordering(BinaryOperator op) {
  return op == BinaryOperator::Less || op == BinaryOperator::LessOrEqual || op == BinaryOperator::Greater ||
         op == BinaryOperator::GreaterOrEqual;
}
bool is_membership(BinaryOperator op) { return op == BinaryOperator::In || op == BinaryOperator::NotIn; }

/// a < b said from b's side.
Operator mirrored(Operator op) {
  switch (op) {
  case Operator::Less:
    return Operator::Greater;
  case Operator::LessOrEquals:
    return Operator::GreaterOrEquals;
  case Operator::Greater:
    return Operator::Less;
  case Operator::GreaterOrEquals:
    return Operator::LessOrEquals;
  default:
    return op;
  }
}

} // namespace

Term Lowering::failed(Span span) const {
  Term term;
  term.span = span;
  term.failed = true;
  return term;
}

ir::NodeId Lowering::note(ir::NodeId node, Span span) {
  node_spans_.try_emplace(node.index, span);
  return node;
}

Term Lowering::of_condition(ir::NodeId condition, Span span) {
  Term term;
  term.span = span;
  term.type = Type::of(TypeKind::Bool);
  term.condition = note(condition, span);
  return term;
}

Term Lowering::of_value(ir::NodeId value, Type type, Span span) {
  Term term;
  term.span = span;
  term.type = std::move(type);
  term.left = term.value = note(value, span);
  return term;
}

Term Lowering::expression(const Expr& e, const ScopePtr& scope) {
  switch (e.kind) {
  case ExprKind::Name:
    return name(e, scope);
  case ExprKind::Member:
    return member(e, scope);
  case ExprKind::Index:
    return index(e, scope);
  case ExprKind::Call:
    return call(e, scope);
  case ExprKind::Method:
    return method(e, scope);
  case ExprKind::String:
    return of_value(graph_.literal_text(e.text), Type::of(TypeKind::String), e.span);
  case ExprKind::Integer:
    return of_value(graph_.literal(Value::integer(e.integer)), Type::of(TypeKind::Int), e.span);
  case ExprKind::Float:
    return of_value(graph_.literal(Value::floating(e.number)), Type::of(TypeKind::Float), e.span);
  case ExprKind::Boolean:
    return of_value(graph_.literal(Value::boolean(e.boolean)), Type::of(TypeKind::Bool), e.span);
  case ExprKind::Null:
    return of_value(graph_.literal(Value::null()), {}, e.span);
  case ExprKind::Duration:
    return of_value(graph_.literal(Value::integer(e.integer)), Type::of(TypeKind::Duration), e.span);
  case ExprKind::Array:
    return array(e, scope);
  case ExprKind::Object:
    return object(e, scope);
  case ExprKind::Binary:
    return binary(e, scope);
  case ExprKind::Range:
    diagnostics_.add(Diagnostic(Code::NotAValue, e.span, "a range stands behind `in` only"));
    return failed(e.span);
  case ExprKind::Exists: {
    const Term base = expression(e.children[0], scope);
    if (base.failed) return base;
    if (!base.left.valid()) {
      diagnostics_.add(Diagnostic(
          Code::NotAValue, e.span,
          base.place
              ? fmt::format("`{}` has no alias of its own; test one of its members", base.place->suffix)
              : std::string("only values exist or not")));
      return failed(e.span);
    }
    return of_condition(graph_.test(Operator::Exists, base.left, graph_.literal(Value::boolean(!e.boolean))),
                        e.span);
  }
  case ExprKind::Not: {
    const ir::NodeId inner = condition(e.children[0], scope);
    return inner.valid() ? of_condition(graph_.negate(inner), e.span) : failed(e.span);
  }
  case ExprKind::And:
  case ExprKind::Or: {
    std::vector<ir::NodeId> parts;
    bool ok = true;
    for (const Expr& child : e.children) {
      parts.push_back(condition(child, scope));
      ok = ok && parts.back().valid();
    }
    if (!ok) return failed(e.span);
    return of_condition(e.kind == ExprKind::And ? graph_.all_of(parts) : graph_.any_of(parts), e.span);
  }
  case ExprKind::If: {
    const ir::NodeId test = condition(e.children[0], scope);
    const Term yes = expression(e.children[1], scope);
    const Term no = expression(e.children[2], scope);
    if (!test.valid() || yes.failed || no.failed) return failed(e.span);
    if (!yes.is_condition() && yes.type.kind != TypeKind::Bool) {
      diagnostics_.add(
          Diagnostic(Code::NotACondition, e.span, "the branches of if … then … else are conditions")
              .note("for values use the function if(condition, a, b)"));
      return failed(e.span);
    }
    const ir::NodeId a = condition(e.children[1], scope);
    const ir::NodeId b = condition(e.children[2], scope);
    if (!a.valid() || !b.valid()) return failed(e.span);
    return of_condition(graph_.any_of({graph_.all_of({test, a}), graph_.all_of({graph_.negate(test), b})}),
                        e.span);
  }
  case ExprKind::Quantified:
    return quantified(e, scope);
  case ExprKind::Count:
    return count(e, scope);
  case ExprKind::Interpolation:
    return of_value(message(e, scope), Type::of(TypeKind::String), e.span);
  }
  return failed(e.span);
}

ir::NodeId Lowering::condition(const Expr& e, const ScopePtr& scope) {
  const Term term = expression(e, scope);
  if (term.failed) return {};
  if (term.is_condition()) return term.condition;
  if (term.left.valid() && (term.type.kind == TypeKind::Bool || term.type.kind == TypeKind::Any))
    return note(graph_.test(Operator::Equals, term.left, graph_.literal(Value::boolean(true))), e.span);
  diagnostics_.add(
      Diagnostic(Code::NotACondition, e.span, fmt::format("a {} is not a condition", to_text(term.type))));
  return {};
}

ir::NodeId Lowering::message(const Expr& e, const ScopePtr& scope) {
  std::vector<ir::NodeId> parts;
  for (const Expr& part : e.children) {
    const Term term = expression(part, scope);
    if (term.failed) continue;
    if (!term.value.valid()) {
      diagnostics_.add(
          Diagnostic(Code::NotAValue, part.span, "a message prints values, this is a condition"));
      continue;
    }
    parts.push_back(term.value);
  }
  return graph_.text(parts);
}

Term Lowering::name(const Expr& e, const ScopePtr& scope) {
  if (Binding* found = scope->find(e.text)) {
    found->used = true;
    return binding(*found, e);
  }
  // Effects are words: Audit, Deny, Disabled.
  for (const std::string& effect : effect_names())
    if (effect == e.text) {
      Type type = Type::of(TypeKind::Effect);
      return of_value(graph_.literal_text(effect), type, e.span);
    }
  Diagnostic d(Code::UnknownName, e.span, fmt::format("no `{}` in scope", e.text));
  if (const auto near = nearest(e.text, scope->visible()); !near.empty())
    d.edits.push_back({e.span, near.front()});
  diagnostics_.add(std::move(d));
  return failed(e.span);
}

Term Lowering::binding(Binding& found, const Expr& e) {
  switch (found.kind) {
  case BindingKind::Subject: {
    Term term;
    term.span = e.span;
    term.place = Place{};
    term.type = Type::of(TypeKind::Object);
    return term;
  }
  case BindingKind::Parameter:
    return of_value(graph_.parameter(e.text), found.type, e.span);
  case BindingKind::Expression:
    return inline_expression(found, e);
  case BindingKind::Element: {
    if (!found.is_field_element) {
      Term term = of_value(graph_.current(binder_index(found.depth)), found.type, e.span);
      return term;
    }
    // The element itself: its alias ends in [*].
    const Alias* alias = find_alias(found.place, e.span, false);
    if (alias) return field_term(add_alias(*alias), found.place, type_of(*alias), e.span);
    Term term;
    term.span = e.span;
    term.place = found.place;
    term.type = {};
    return term;
  }
  case BindingKind::Function:
    diagnostics_.add(Diagnostic(Code::NotAValue, e.span,
                                fmt::format("`{}` is a function: call it with its arguments", e.text)));
    return failed(e.span);
  case BindingKind::Framework:
    diagnostics_.add(Diagnostic(Code::NotAValue, e.span,
                                fmt::format("`{}` is a framework; it stands behind `maps` only", e.text)));
    return failed(e.span);
  }
  return failed(e.span);
}

Term Lowering::inline_expression(Binding& found, const Expr& e) {
  const ScopePtr home = found.kept_home ? found.kept_home : found.home.lock();
  // An argument is read where the call stands: names opened since then are not around it.
  std::vector<const void*> around = open_;
  if (found.kept_home) open_.resize(std::min(open_.size(), found.open_size));
  if (std::find(open_.begin(), open_.end(), found.expression) != open_.end()) {
    open_ = std::move(around);
    diagnostics_.add(Diagnostic(Code::RecursiveFunction, e.span, fmt::format("`{}` refers to itself", e.text))
                         .label(found.span, "declared here"));
    return failed(e.span);
  }
  open_.push_back(found.expression);
  Term term = expression(*found.expression, home);
  open_ = std::move(around);
  term.span = e.span;
  return term;
}

void Lowering::check_allowed(const Type& type, const Expr& literal) {
  if (type.allowed.empty() || literal.kind != ExprKind::String || literal.text.empty()) return;
  for (const std::string& value : type.allowed)
    if (equal_fold(value, literal.text)) return;
  Diagnostic d(Code::ValueNotAllowed, literal.span,
               fmt::format("the property never is \"{}\"", literal.text));
  const std::vector<std::string_view> candidates(type.allowed.begin(), type.allowed.end());
  const std::vector<std::string> near = nearest(literal.text, candidates);
  if (!near.empty()) d.edits.push_back({literal.span, "\"" + near.front() + "\""});
  std::string list;
  for (const std::string& value : type.allowed)
    list += (list.empty() ? "" : ", ") + value;
  d.notes.push_back("it is one of " + list);
  diagnostics_.add(std::move(d));
}

bool Lowering::check_comparable(const Term& left, const Term& right, const Expr& e) {
  const BinaryOperator op = e.op;
  auto incomparable = [&](const std::string& why) {
    diagnostics_.add(Diagnostic(Code::IncomparableTypes, e.span, why)
                         .label(e.children[0].span, to_text(left.type))
                         .label(e.children[1].span, to_text(right.type)));
    return false;
  };
  if (is_equality(op) && !comparable(left.type, right.type))
    return incomparable(fmt::format("{} never equals {}", to_text(left.type), to_text(right.type)));
  if (is_ordering(op) && !orderable(left.type, right.type))
    return incomparable(fmt::format("{} and {} have no order", to_text(left.type), to_text(right.type)));
  if (is_membership(op)) {
    if (right.type.kind != TypeKind::Array && right.type.kind != TypeKind::Any)
      return incomparable(fmt::format("`in` needs an array on its right, not {}", to_text(right.type)));
    if (right.type.element && !comparable(left.type, *right.type.element))
      return incomparable(fmt::format("{} is never in {}", to_text(left.type), to_text(right.type)));
  }
  if ((op == BinaryOperator::Contains || op == BinaryOperator::NotContains) &&
      left.type.kind == TypeKind::Array && left.type.element && !comparable(*left.type.element, right.type))
    return incomparable(fmt::format("{} never contains {}", to_text(left.type), to_text(right.type)));
  const bool pattern = op == BinaryOperator::Like || op == BinaryOperator::NotLike ||
                       op == BinaryOperator::Matches || op == BinaryOperator::NotMatches ||
                       op == BinaryOperator::MatchesExactly || op == BinaryOperator::NotMatchesExactly;
  if (pattern && (left.type.kind == TypeKind::Array || left.type.kind == TypeKind::Object))
    return incomparable(fmt::format("a pattern never matches {}", to_text(left.type)));
  if (pattern && !comparable(Type::of(TypeKind::String), right.type))
    return incomparable("a pattern is a string");
  if ((op == BinaryOperator::HasKey || op == BinaryOperator::HasNoKey) &&
      left.type.kind != TypeKind::Object && left.type.kind != TypeKind::Any)
    return incomparable(fmt::format("{} has no keys", to_text(left.type)));
  return true;
}

Term Lowering::range(const Term& left, const Expr& e, bool negated, const ScopePtr& scope) {
  const Term low = expression(e.children[0], scope);
  const Term high = expression(e.children[1], scope);
  if (low.failed || high.failed || !low.value.valid() || !high.value.valid()) return failed(e.span);
  if (!orderable(left.type, low.type) || !orderable(left.type, high.type)) {
    diagnostics_.add(Diagnostic(Code::IncomparableTypes, e.span,
                                fmt::format("{} has no order with this range", to_text(left.type))));
    return failed(e.span);
  }
  const ir::NodeId inside = graph_.all_of({graph_.test(Operator::GreaterOrEquals, left.left, low.value),
                                           graph_.test(Operator::LessOrEquals, left.left, high.value)});
  return of_condition(negated ? graph_.negate(inside) : inside, e.span);
}

Term Lowering::binary(const Expr& e, const ScopePtr& scope) {
  const Term left = expression(e.children[0], scope);
  if (is_membership(e.op) && e.children[1].kind == ExprKind::Range) {
    if (left.failed || !left.left.valid()) return failed(e.span);
    return range(left, e.children[1], e.op == BinaryOperator::NotIn, scope);
  }
  const Term right = expression(e.children[1], scope);
  if (left.failed || right.failed) return failed(e.span);
  for (std::size_t side = 0; side < 2; ++side) {
    const Term& term = side == 0 ? left : right;
    if (term.value.valid()) continue;
    diagnostics_.add(Diagnostic(
        Code::NotAValue, e.children[side].span,
        term.is_condition() ? std::string("conditions are joined with and, or, not; they are not compared")
        : term.place && term.place->suffix.empty()
            ? fmt::format("`{}` is the whole resource; compare one of its properties", subject_.name)
            : fmt::format("`{}` has no alias of its own; compare one of its members",
                          term.place ? term.place->suffix : "it")));
    return failed(e.span);
  }
  for (std::size_t side = 0; side < 2; ++side)
    if (is_equality(e.op) && e.children[side].kind == ExprKind::Null) {
      diagnostics_.add(
          Diagnostic(Code::NullComparison, e.span,
                     "a comparison with null also holds for missing and empty values")
              .note(e.op == BinaryOperator::Equal ? "write `… not exists`" : "write `… exists`"));
      return failed(e.span);
    }
  if (!check_comparable(left, right, e)) return failed(e.span);
  if (is_equality(e.op)) {
    check_allowed(left.type, e.children[1]);
    check_allowed(right.type, e.children[0]);
  }
  if (is_membership(e.op) && e.children[1].kind == ExprKind::Array)
    for (const Expr& element : e.children[1].children)
      check_allowed(left.type, element);

  const Operator op = operator_of(e.op);
  // The field belongs on the left: only there Azure Policy takes it as it is.
  if (!left.is_field && right.is_field && (is_equality(e.op) || is_ordering(e.op)))
    return of_condition(graph_.test(mirrored(op), right.left, left.value), e.span);
  return of_condition(graph_.test(op, left.left, right.value), e.span);
}

Term Lowering::array(const Expr& e, const ScopePtr& scope) {
  std::vector<ir::NodeId> parts;
  std::optional<Type> element;
  bool literal = true;
  for (const Expr& child : e.children) {
    const Term term = expression(child, scope);
    if (term.failed) return failed(e.span);
    if (!term.value.valid()) {
      diagnostics_.add(Diagnostic(Code::NotAValue, child.span, "an array holds values"));
      return failed(e.span);
    }
    if (!element)
      element = term.type;
    else if (!comparable(*element, term.type))
      element = Type{};
    literal = literal && graph_.node(term.value).kind == ir::NodeKind::Literal;
    parts.push_back(term.value);
  }
  if (element) element->allowed.clear();
  const Type type = Type::array_of(element.value_or(Type{}));
  if (!literal) return of_value(graph_.list(parts), type, e.span);
  std::vector<Value> values;
  for (ir::NodeId part : parts)
    values.push_back(graph_.constant_value(part));
  return of_value(graph_.literal(Value::array(values)), type, e.span);
}

Term Lowering::object(const Expr& e, const ScopePtr& scope) {
  std::vector<ir::NodeId> parts;
  std::vector<Member> members;
  bool literal = true;
  for (std::size_t i = 0; i < e.children.size(); ++i) {
    const Term term = expression(e.children[i], scope);
    if (term.failed || !term.value.valid()) return failed(e.span);
    parts.push_back(graph_.literal_text(e.keys[i].text));
    parts.push_back(term.value);
    literal = literal && graph_.node(term.value).kind == ir::NodeKind::Literal;
    if (literal) members.push_back({e.keys[i].text, graph_.constant_value(term.value)});
  }
  return of_value(literal ? graph_.literal(Value::object(members)) : graph_.record(parts),
                  Type::of(TypeKind::Object), e.span);
}

std::optional<ir::NodeId> Lowering::literal(const Expr& e, const Type& type) {
  const Term term = expression(e, std::make_shared<Scope>());
  if (term.failed) return std::nullopt;
  if (!term.value.valid() || graph_.node(term.value).kind != ir::NodeKind::Literal) {
    diagnostics_.add(Diagnostic(Code::InvalidParameter, e.span, "this must be a constant"));
    return std::nullopt;
  }
  if (!comparable(type, term.type)) {
    diagnostics_.add(
        Diagnostic(Code::InvalidParameter, e.span,
                   fmt::format("the parameter is {}, this is {}", to_text(type), to_text(term.type))));
    return std::nullopt;
  }
  return term.value;
}

Term Lowering::count_of(const Expr& collection, const std::string& binder, Span binder_span,
                        const Expr* where, bool negate_where, Span span, const ScopePtr& scope) {
  const Term base = expression(collection, scope);
  if (base.failed) return base;
  ir::NodeId elements;
  Binding element;
  element.kind = BindingKind::Element;
  element.span = binder_span;
  element.depth = depth_;
  element.used = true;
  const bool raw = base.is_field && !base.place;
  if (base.place &&
      (base.type.kind == TypeKind::Array || base.type.kind == TypeKind::Any || !base.value.valid())) {
    Place each = *base.place;
    each.suffix += "[*]";
    const Alias* alias = find_alias(each, collection.span, false);
    if (!alias) {
      diagnostics_.add(
          Diagnostic(Code::NotACollection, collection.span,
                     fmt::format("`{}` has no elements that Azure Policy can see", base.place->suffix)));
      return failed(span);
    }
    const ir::FieldId field = add_alias(*alias);
    const std::size_t stars = ir::star_count(graph_.field_info(field));
    elements = base.place->depth < 0 ? graph_.field(field)
                                     : graph_.field(field, binder_index(base.place->depth),
                                                    static_cast<std::uint16_t>(base.place->level));
    element.is_field_element = true;
    element.place = {each.suffix, depth_, stars};
  } else if (base.value.valid() && (base.type.kind == TypeKind::Array || base.type.kind == TypeKind::Any)) {
    if (raw) {
      ir::Field each = graph_.field_info(graph_.node(base.left).field);
      each.path.back().each = true;
      each.name = ir::to_text(each.path);
      elements = graph_.field(graph_.add_field(each));
    } else {
      elements = base.value;
    }
    if (base.type.element) element.type = *base.type.element;
  } else {
    diagnostics_.add(
        Diagnostic(Code::NotACollection, collection.span,
                   fmt::format("{} has no elements",
                               base.is_condition() ? std::string("a condition") : to_text(base.type))));
    return failed(span);
  }
  note(elements, collection.span);
  ir::NodeId test;
  if (where) {
    auto inner = std::make_shared<Scope>(scope);
    inner->declare(binder, element);
    ++depth_;
    test = condition(*where, inner);
    --depth_;
    if (!test.valid()) return failed(span);
    if (negate_where) test = graph_.negate(test);
  }
  return of_value(graph_.count(elements, test, binder), Type::of(TypeKind::Int), span);
}

Term Lowering::count(const Expr& e, const ScopePtr& scope) {
  return count_of(e.children[0], e.text, e.name_span, e.children.size() > 1 ? &e.children[1] : nullptr, false,
                  e.span, scope);
}

Term Lowering::quantified(const Expr& e, const ScopePtr& scope) {
  const bool all = e.quantifier == syntax::Quantifier::All;
  const Term counted = count_of(e.children[0], e.text, e.name_span, &e.children[1], all, e.span, scope);
  if (counted.failed) return counted;
  const ir::NodeId zero = graph_.literal(Value::integer(0));
  // any: some element holds; none: no element holds; all: no element fails.
  const Operator op = e.quantifier == syntax::Quantifier::Any ? Operator::Greater : Operator::Equals;
  return of_condition(graph_.test(op, counted.value, zero), e.span);
}

} // namespace writ::check
