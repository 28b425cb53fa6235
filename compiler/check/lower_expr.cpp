// SPDX-License-Identifier: MIT
// Expressions to IR: names, operators, quantifiers, literals.
#include "check/lower.h"
#include "check/operators.h"
#include "writ/semantics/datetime.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::check {

using syntax::BinaryOperator;
using syntax::Expr;
using syntax::ExprKind;

namespace {

/// Functions and constants are inlined by name, so that a chain of small ones can unfold into anything: this
/// many expressions are lowered inside of inlined ones, per control.
constexpr std::size_t kMaxInlined = 500'000;
/// The lowering recurses: unfolding must end before the stack does.
constexpr std::size_t kMaxNesting = 400;

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

bool Lowering::enter() {
  if (inlined_ < kMaxInlined && nesting_ < kMaxNesting) return true;
  if (!exhausted_)
    diagnostics_.add(Diagnostic(Code::TooMuchInlining, outermost_,
                                "functions and constants unfold into more than the compiler takes")
                         .note(fmt::format("a control may unfold into {} expressions, {} deep", kMaxInlined,
                                           kMaxNesting)));
  exhausted_ = true;
  return false;
}

Term Lowering::expression(const Expr& e, const ScopePtr& scope) {
  if (open_.empty()) outermost_ = e.span;
  if (!enter()) return failed(e.span);
  if (!open_.empty()) ++inlined_;
  ++nesting_;
  Term term = expression_of(e, scope);
  --nesting_;
  return term;
}

Term Lowering::expression_of(const Expr& e, const ScopePtr& scope) {
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
    if (!check_value_side(base, e.children[0].span)) return failed(e.span);
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
  case ExprKind::If:
    return choice(e, scope);
  case ExprKind::Quantified:
    return quantified(e, scope);
  case ExprKind::Count:
    return count(e, scope);
  case ExprKind::Related:
    return related(e, scope);
  case ExprKind::Interpolation:
    return of_value(message(e, scope), Type::of(TypeKind::String), e.span);
  }
  return failed(e.span);
}

ir::NodeId Lowering::as_condition(const Term& term) {
  if (term.failed) return {};
  if (term.is_condition()) return term.condition;
  if (term.left.valid() && (term.type.kind == TypeKind::Bool || term.type.kind == TypeKind::Any))
    return note(graph_.test(Operator::Equals, term.left, graph_.literal(Value::boolean(true))), term.span);
  diagnostics_.add(
      Diagnostic(Code::NotACondition, term.span, fmt::format("{} is not a condition", to_text(term.type))));
  return {};
}

ir::NodeId Lowering::condition(const Expr& e, const ScopePtr& scope) {
  return as_condition(expression(e, scope));
}

/// if c then a else b: between conditions (c and a) or (not c and b); between values the function if().
Term Lowering::choice(const Expr& e, const ScopePtr& scope) {
  const Term test = expression(e.children[0], scope);
  const Term yes = expression(e.children[1], scope);
  const Term no = expression(e.children[2], scope);
  if (test.failed || yes.failed || no.failed) return failed(e.span);
  const bool conditions = yes.is_condition() || no.is_condition() ||
                          (yes.type.kind == TypeKind::Bool && no.type.kind == TypeKind::Bool);
  if (conditions) {
    const ir::NodeId c = as_condition(test);
    const ir::NodeId a = as_condition(yes);
    const ir::NodeId b = as_condition(no);
    if (!c.valid() || !a.valid() || !b.valid()) return failed(e.span);
    return of_condition(graph_.any_of({graph_.all_of({c, a}), graph_.all_of({graph_.negate(c), b})}), e.span);
  }
  if (!test.value.valid() || (test.type.kind != TypeKind::Bool && test.type.kind != TypeKind::Any)) {
    diagnostics_.add(
        Diagnostic(Code::NotAValue, e.children[0].span,
                   "between values a Bool value decides, not a condition")
            .note("Bool values are parameters, properties and functions such as empty(x) and equals(a, b)"));
    return failed(e.span);
  }
  if (!yes.value.valid() || !no.value.valid()) {
    diagnostics_.add(Diagnostic(Code::NotAValue, e.span, "both branches are values or both are conditions"));
    return failed(e.span);
  }
  Type type = comparable(yes.type, no.type) ? yes.type : Type{};
  type.allowed.clear();
  return of_value(graph_.call(Function::If, {test.value, yes.value, no.value}), type, e.span);
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
  std::vector<std::string_view> known = scope->visible();
  known.insert(known.end(), effect_names().begin(), effect_names().end());
  if (const auto near = nearest(e.text, known); !near.empty()) d.edits.push_back({e.span, near.front()});
  diagnostics_.add(std::move(d));
  return failed(e.span);
}

Term Lowering::binding(Binding& found, const Expr& e) {
  switch (found.kind) {
  case BindingKind::Subject: {
    Term term;
    term.span = e.span;
    term.place = Place{};
    term.place->primary = primary_ != nullptr && !found.related;
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
    return read(found.place, e.span, e.span);
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

Term Lowering::range(const Term& left, const Expr& e, bool negated, const ScopePtr& scope) {
  const Term low = expression(e.children[0], scope);
  const Term high = expression(e.children[1], scope);
  if (low.failed || high.failed) return failed(e.span);
  if (!low.value.valid() || !high.value.valid()) {
    diagnostics_.add(Diagnostic(Code::NotAValue, e.span, "both ends of a range are values"));
    return failed(e.span);
  }
  if (!orderable(left.type, low.type) || !orderable(left.type, high.type)) {
    diagnostics_.add(Diagnostic(Code::IncomparableTypes, e.span,
                                fmt::format("{} has no order with this range", to_text(left.type))));
    return failed(e.span);
  }
  const ir::NodeId inside = graph_.all_of({graph_.test(Operator::GreaterOrEquals, left.left, low.value),
                                           graph_.test(Operator::LessOrEquals, left.left, high.value)});
  return of_condition(negated ? graph_.negate(inside) : inside, e.span);
}

bool Lowering::check_value_side(const Term& term, Span span) {
  if (term.value.valid()) return true;
  diagnostics_.add(Diagnostic(
      Code::NotAValue, span,
      term.is_condition() ? std::string("conditions are joined with and, or, not; they are not compared")
      : term.place && term.place->suffix.empty()
          ? fmt::format("`{}` is the whole resource; test one of its properties",
                        subject_of(*term.place).name)
          : fmt::format("`{}` has no alias of its own; test one of its members",
                        term.place ? term.place->suffix : "it")));
  return false;
}

Term Lowering::binary(const Expr& e, const ScopePtr& scope) {
  const Term left = expression(e.children[0], scope);
  if (is_membership(e.op) && e.children[1].kind == ExprKind::Range) {
    if (left.failed || !check_value_side(left, e.children[0].span)) return failed(e.span);
    return range(left, e.children[1], e.op == BinaryOperator::NotIn, scope);
  }
  const Term right = expression(e.children[1], scope);
  if (left.failed || right.failed) return failed(e.span);
  if (!check_value_side(left, e.children[0].span) || !check_value_side(right, e.children[1].span))
    return failed(e.span);
  if (!check_comparable(left, right, e)) return failed(e.span);
  check_values(left, right, e, 1);
  check_values(right, left, e, 0);
  check_pattern(left, right, e);

  const Operator op = operator_of(e.op);
  // The field belongs on the left: only there Azure Policy takes it as it is.
  const auto is_target = [](const Term& term) { return term.is_field && !term.place->primary; };
  const auto is_join = [&](const Term& term) { return graph_.node(term.value).kind == ir::NodeKind::Join; };
  if (!is_join(left) && is_join(right) && (is_equality(e.op) || is_ordering(e.op)))
    return of_condition(graph_.test(mirrored(op), right.left, left.value), e.span);
  if (!is_join(left) && !is_target(left) && is_target(right) && (is_equality(e.op) || is_ordering(e.op)))
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
    if (term.failed) return failed(e.span);
    if (!term.value.valid()) {
      diagnostics_.add(Diagnostic(Code::NotAValue, e.children[i].span, "an object holds values"));
      return failed(e.span);
    }
    parts.push_back(graph_.literal_text(e.keys[i].text));
    parts.push_back(term.value);
    literal = literal && graph_.node(term.value).kind == ir::NodeKind::Literal;
    if (literal) members.push_back({e.keys[i].text, graph_.constant_value(term.value)});
  }
  return of_value(literal ? graph_.literal(Value::object(members)) : graph_.record(parts),
                  Type::of(TypeKind::Object), e.span);
}

std::optional<ir::NodeId> Lowering::literal(const Expr& e, const Type& type, const ScopePtr& scope) {
  const Term term = expression(e, scope);
  if (term.failed) return std::nullopt;
  if (!term.value.valid() || graph_.node(term.value).kind != ir::NodeKind::Literal) {
    diagnostics_.add(Diagnostic(Code::InvalidParameter, e.span, "this must be a constant"));
    return std::nullopt;
  }
  const Value& value = graph_.constant_value(term.value);
  const bool fits =
      comparable(type, term.type) && !value.is(ValueKind::Null) &&
      !(type.kind == TypeKind::Int && value.is(ValueKind::Float)) &&
      !(type.kind == TypeKind::DateTime && !(value.is(ValueKind::String) && parse_date(value.as_string())));
  if (!fits) {
    diagnostics_.add(
        Diagnostic(Code::InvalidParameter, e.span,
                   fmt::format("the parameter is {}, this is {}", to_text(type),
                               value.is(ValueKind::Null) ? std::string("null") : to_text(term.type))));
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
  if (base.place && !(base.place->primary && base.value.valid()) &&
      (base.type.kind == TypeKind::Array || base.type.kind == TypeKind::Any || !base.value.valid())) {
    Place each = *base.place;
    each.suffix += "[*]";
    ir::FieldId field;
    if (each.raw) {
      field = graph_.node(read(each, collection.span, collection.span).left).field;
    } else if (const Alias* alias = find_alias(each)) {
      field = add_alias(*alias);
    } else {
      diagnostics_.add(Diagnostic(
          Code::NotACollection, collection.span,
          each.suffix == "[*]"
              ? fmt::format("`{}` is one resource, not a collection", subject_of(each).name)
              : fmt::format("`{}` has no elements that Azure Policy can see", base.place->suffix)));
      return failed(span);
    }
    const std::size_t stars = ir::star_count(graph_.field_info(field));
    elements = base.place->depth < 0 ? graph_.field(field)
                                     : graph_.field(field, binder_index(base.place->depth),
                                                    static_cast<std::uint16_t>(base.place->level));
    element.is_field_element = true;
    element.place = {each.suffix, depth_, stars, each.raw};
  } else if (base.value.valid() && (base.type.kind == TypeKind::Array || base.type.kind == TypeKind::Any)) {
    elements = base.value;
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
