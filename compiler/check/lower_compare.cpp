// SPDX-License-Identifier: MIT
// What two sides of an operator can be: types that meet, values that occur, patterns that say what they seem.
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

bool Lowering::check_comparable(const Term& left, const Term& right, const Expr& e) {
  const BinaryOperator op = e.op;
  const Type& a = left.type;
  const Type& b = right.type;
  auto incomparable = [&](const std::string& why) {
    diagnostics_.add(Diagnostic(Code::IncomparableTypes, e.span, why)
                         .label(e.children[0].span, to_text(a))
                         .label(e.children[1].span, to_text(b)));
    return false;
  };
  for (std::size_t side = 0; side < 2; ++side)
    if (is_equality(op) && e.children[side].kind == ExprKind::Null) {
      diagnostics_.add(Diagnostic(Code::NullComparison, e.span,
                                  "a comparison with null also holds for missing and empty values")
                           .note(op == BinaryOperator::Equal ? "write `… not exists`" : "write `… exists`"));
      return false;
    }
  if (a.kind == TypeKind::Duration || b.kind == TypeKind::Duration)
    return incomparable("a duration can only be added to a date: addDays(utcNow(), 90d)");
  if (is_equality(op) && !comparable(a, b))
    return incomparable(fmt::format("{} never equals {}", to_text(a), to_text(b)));
  if (is_ordering(op) && !orderable(a, b))
    return incomparable(fmt::format("{} and {} have no order", to_text(a), to_text(b)));
  if (is_membership(op)) {
    if (b.kind != TypeKind::Array && b.kind != TypeKind::Any)
      return incomparable(fmt::format("`in` needs an array on its right, not {}", to_text(b)));
    if (b.element && !comparable(a, *b.element))
      return incomparable(fmt::format("{} is never in {}", to_text(a), to_text(b)));
  }
  if (is_containment(op)) {
    const bool in_array = a.kind == TypeKind::Array;
    const bool in_text = is_text(a.kind) || a.kind == TypeKind::Object; // of an object: its keys
    if (!in_array && !in_text && a.kind != TypeKind::Any)
      return incomparable(fmt::format("{} contains nothing", to_text(a)));
    if ((in_array && a.element && !comparable(*a.element, b)) ||
        (in_text && !comparable(Type::of(TypeKind::String), b)))
      return incomparable(fmt::format("{} never contains {}", to_text(a), to_text(b)));
  }
  if (is_pattern(op)) {
    if (a.kind == TypeKind::Array || a.kind == TypeKind::Object)
      return incomparable(fmt::format("a pattern never matches {}", to_text(a)));
    if (!comparable(Type::of(TypeKind::String), b)) return incomparable("a pattern is a string");
  }
  if (op == BinaryOperator::HasKey || op == BinaryOperator::HasNoKey) {
    if (a.kind != TypeKind::Object && a.kind != TypeKind::Any)
      return incomparable(fmt::format("{} has no keys", to_text(a)));
    if (!comparable(Type::of(TypeKind::String), b)) return incomparable("a key is a string");
  }
  return true;
}

void Lowering::check_value(const Type& type, const std::string& owner, const Value& value, Span span) {
  // The empty string equals an absent value, whatever the others are.
  if (!value.is(ValueKind::String) || value.as_string().empty()) return;
  if (std::any_of(type.allowed.begin(), type.allowed.end(),
                  [&](const std::string& one) { return equal_fold(one, value.as_string()); }))
    return;
  Diagnostic d(Code::ValueNotAllowed, span, fmt::format("{} never is \"{}\"", owner, value.as_string()));
  const std::vector<std::string_view> candidates(type.allowed.begin(), type.allowed.end());
  if (const auto near = nearest(value.as_string(), candidates); !near.empty())
    d.edits.push_back({span, "\"" + near.front() + "\""});
  std::string list;
  for (const std::string& one : type.allowed)
    list += (list.empty() ? "" : ", ") + one;
  d.notes.push_back("it is one of " + list);
  diagnostics_.add(std::move(d));
}

void Lowering::check_values(const Term& term, const Term& other, const Expr& e, std::size_t side) {
  if (graph_.node(other.value).kind != ir::NodeKind::Literal) return;
  const Value& value = graph_.constant_value(other.value);
  const Expr& source = e.children[side];
  const Expr& owner = e.children[1 - side];
  if (term.type.kind == TypeKind::DateTime && is_ordering(e.op) && value.is(ValueKind::String) &&
      !parse_date(value.as_string()))
    diagnostics_.add(Diagnostic(Code::ValueNotAllowed, source.span,
                                fmt::format("\"{}\" is no date, so the two are compared letter by letter",
                                            value.as_string()))
                         .note("dates are written 2031-01-31 or 2031-01-31T12:00:00Z"));
  const bool in_array = is_containment(e.op) && side == 1 && term.type.kind == TypeKind::Array;
  const Type& type = in_array && term.type.element ? *term.type.element : term.type;
  if (type.allowed.empty()) return;
  const std::string name = term.place                     ? "`" + term.place->suffix + "`"
                           : owner.kind == ExprKind::Name ? "`" + owner.text + "`"
                                                          : std::string("the left side");
  if (is_equality(e.op) || in_array) {
    check_value(type, name, value, source.span);
  } else if (is_membership(e.op) && side == 1 && value.is(ValueKind::Array)) {
    const std::span<const Value> elements = value.as_array();
    const bool listed = source.kind == ExprKind::Array && source.children.size() == elements.size();
    for (std::size_t i = 0; i < elements.size(); ++i)
      check_value(type, name, elements[i], listed ? source.children[i].span : source.span);
  }
}

void Lowering::check_pattern(const Term& left, const Term& pattern, const Expr& e) {
  const bool like = e.op == BinaryOperator::Like || e.op == BinaryOperator::NotLike;
  if ((!like && !is_containment(e.op)) || graph_.node(pattern.value).kind != ir::NodeKind::Literal) return;
  const Value& value = graph_.constant_value(pattern.value);
  if (!value.is(ValueKind::String)) return;
  const auto stars = std::count(value.as_string().begin(), value.as_string().end(), '*');
  if (like && stars == 0)
    diagnostics_.add(Diagnostic(Code::PatternWithoutWildcard, e.children[1].span,
                                "without `*` this pattern matches one text only")
                         .note(e.op == BinaryOperator::Like ? "write `==`" : "write `!=`"));
  if (like && stars > 1)
    diagnostics_.add(Diagnostic(Code::SeveralWildcards, e.children[1].span,
                                "Azure Policy documents one `*` in a pattern; more may not work there"));
  if (is_containment(e.op) && stars > 0 && is_text(left.type.kind))
    diagnostics_.add(
        Diagnostic(Code::LiteralWildcard, e.children[1].span, "`contains` takes `*` for the character itself")
            .note("patterns stand behind `like`"));
}

} // namespace writ::check
