// SPDX-License-Identifier: MIT
// Expression contexts to Expr nodes. Left-recursive chains are walked by loops: their depth is their length.
#include "syntax/antlr_build.h"
#include "syntax/literals.h"

#include <algorithm>
#include <charconv>

namespace writ::syntax {

namespace {

template <typename Context> Context* as(antlr4::ParserRuleContext* context) {
  return dynamic_cast<Context*>(context);
}

Expr node_of(ExprKind kind, Span span) {
  Expr e;
  e.kind = kind;
  e.span = span;
  return e;
}

BinaryOperator comparison(size_t token) {
  switch (token) {
  case WritParser::EQ:
    return BinaryOperator::Equal;
  case WritParser::NE:
    return BinaryOperator::NotEqual;
  case WritParser::LT:
    return BinaryOperator::Less;
  case WritParser::LE:
    return BinaryOperator::LessOrEqual;
  case WritParser::GT:
    return BinaryOperator::Greater;
  default:
    return BinaryOperator::GreaterOrEqual;
  }
}

BinaryOperator relation(size_t token, bool negated) {
  switch (token) {
  case WritParser::IN:
    return negated ? BinaryOperator::NotIn : BinaryOperator::In;
  case WritParser::LIKE:
    return negated ? BinaryOperator::NotLike : BinaryOperator::Like;
  case WritParser::MATCHES:
    return negated ? BinaryOperator::NotMatches : BinaryOperator::Matches;
  default:
    return negated ? BinaryOperator::NotContains : BinaryOperator::Contains;
  }
}

} // namespace

bool TreeBuilder::descend(antlr4::ParserRuleContext* context) {
  if (depth_ < limits_.depth) return true;
  errors_.add(Diagnostic(Code::NestingTooDeep, span(context), "nested too deep")
                  .note("name parts of the condition with `let` or `fn`"));
  throw StopParsing{};
}

Expr TreeBuilder::binary(WritParser::ExprContext* context, BinaryOperator op, WritParser::ExprContext* left,
                         WritParser::ExprContext* right) {
  Expr e = node_of(ExprKind::Binary, span(context));
  e.op = op;
  e.children.push_back(expression(left));
  e.children.push_back(expression(right));
  return e;
}

Expr TreeBuilder::chain(WritParser::ExprContext* context, ExprKind kind) {
  Expr e = node_of(kind, span(context));
  std::vector<WritParser::ExprContext*> parts;
  WritParser::ExprContext* left = context;
  while (true) {
    WritParser::ExprContext* next = nullptr;
    WritParser::ExprContext* right = nullptr;
    if (auto* c = kind == ExprKind::And ? as<WritParser::AndExprContext>(left) : nullptr) {
      next = c->expr(0);
      right = c->expr(1);
    } else if (auto* o = kind == ExprKind::Or ? as<WritParser::OrExprContext>(left) : nullptr) {
      next = o->expr(0);
      right = o->expr(1);
    } else {
      parts.push_back(left);
      break;
    }
    parts.push_back(right);
    left = next;
    if (parts.size() > limits_.operators) {
      errors_.add(Diagnostic(Code::NestingTooDeep, span(context), "the condition has too many operators"));
      throw StopParsing{};
    }
  }
  std::reverse(parts.begin(), parts.end());
  for (WritParser::ExprContext* part : parts)
    e.children.push_back(expression(part));
  return e;
}

Expr TreeBuilder::expression(WritParser::ExprContext* context) {
  if (!context) return {};
  descend(context);
  ++depth_;
  Expr e = node_of(ExprKind::Null, span(context));
  if (auto* p = as<WritParser::PrimaryExprContext>(context)) {
    e = primary(p->primary());
  } else if (as<WritParser::AndExprContext>(context)) {
    e = chain(context, ExprKind::And);
  } else if (as<WritParser::OrExprContext>(context)) {
    e = chain(context, ExprKind::Or);
  } else if (auto* m = as<WritParser::MemberExprContext>(context)) {
    e.kind = m->arguments() ? ExprKind::Method : ExprKind::Member;
    const Identifier name = identifier(m->anyName());
    e.text = name.text;
    e.name_span = name.span;
    e.children.push_back(expression(m->expr()));
    arguments(m->arguments(), e);
  } else if (auto* index = as<WritParser::IndexExprContext>(context)) {
    e.kind = ExprKind::Index;
    e.children.push_back(expression(index->expr(0)));
    e.children.push_back(expression(index->expr(1)));
  } else if (auto* range = as<WritParser::RangeExprContext>(context)) {
    e.kind = ExprKind::Range;
    e.children.push_back(expression(range->expr(0)));
    e.children.push_back(expression(range->expr(1)));
  } else if (auto* c = as<WritParser::CompareExprContext>(context)) {
    e = binary(context, comparison(c->op ? c->op->getType() : size_t{WritParser::EQ}), c->expr(0),
               c->expr(1));
  } else if (auto* r = as<WritParser::RelationExprContext>(context)) {
    e = binary(context, relation(r->op ? r->op->getType() : size_t{WritParser::IN}, r->NOT() != nullptr),
               r->expr(0), r->expr(1));
  } else if (auto* x = as<WritParser::ExactExprContext>(context)) {
    e = binary(context, x->NOT() ? BinaryOperator::NotMatchesExactly : BinaryOperator::MatchesExactly,
               x->expr(0), x->expr(1));
  } else if (auto* k = as<WritParser::KeyExprContext>(context)) {
    e = binary(context, k->NO() ? BinaryOperator::HasNoKey : BinaryOperator::HasKey, k->expr(0), k->expr(1));
  } else if (auto* exists = as<WritParser::ExistsExprContext>(context)) {
    e.kind = ExprKind::Exists;
    e.boolean = exists->NOT() != nullptr;
    e.children.push_back(expression(exists->expr()));
  } else if (auto* n = as<WritParser::NotExprContext>(context)) {
    e.kind = ExprKind::Not;
    e.children.push_back(expression(n->expr()));
  } else if (auto* i = as<WritParser::IfExprContext>(context)) {
    e.kind = ExprKind::If;
    for (std::size_t part = 0; part < 3; ++part)
      e.children.push_back(expression(i->expr(part)));
  } else if (auto* q = as<WritParser::QuantifierExprContext>(context)) {
    e.kind = ExprKind::Quantified;
    const size_t token = q->quantifier ? q->quantifier->getType() : size_t{WritParser::ANY};
    e.quantifier = token == WritParser::ALL    ? Quantifier::All
                   : token == WritParser::NONE ? Quantifier::None
                                               : Quantifier::Any;
    const Identifier name = identifier(q->name());
    e.text = name.text;
    e.name_span = name.span;
    e.children.push_back(expression(q->expr(0)));
    e.children.push_back(expression(q->expr(1)));
  } else if (auto* other = as<WritParser::RelatedExprContext>(context)) {
    const bool none = other->quantity && other->quantity->getType() == WritParser::NO;
    auto* what = other->related();
    e = related(type_name(what ? what->typeRef() : nullptr), what ? what->relatedOf() : nullptr,
                none ? RelatedQuantity::No : RelatedQuantity::Some, e.span);
  }
  --depth_;
  return e;
}

Expr TreeBuilder::number(antlr4::ParserRuleContext* context, bool integral) {
  Expr e = node_of(integral ? ExprKind::Integer : ExprKind::Float, span(context));
  // A blank between the sign and the digits is allowed by the grammar.
  std::string text = context->getText();
  const char* from = text.data();
  const char* to = from + text.size();
  const auto result = integral ? std::from_chars(from, to, e.integer) : std::from_chars(from, to, e.number);
  if (result.ec != std::errc())
    errors_.add(Diagnostic(Code::NumberOutOfRange, e.span, "this number does not fit 64 bits"));
  return e;
}

Expr TreeBuilder::primary(WritParser::PrimaryContext* context) {
  if (!context) return {};
  Expr e = node_of(ExprKind::Null, span(context));
  if (auto* name = as<WritParser::NamePrimaryContext>(context)) {
    e.kind = name->arguments() ? ExprKind::Call : ExprKind::Name;
    const Identifier text = identifier(name->plainName());
    e.text = text.text;
    e.name_span = text.span;
    arguments(name->arguments(), e);
  } else if (auto* text = as<WritParser::StringPrimaryContext>(context)) {
    e.kind = ExprKind::String;
    e.text = string_text(text->STRING());
  } else if (as<WritParser::IntegerPrimaryContext>(context)) {
    e = number(context, true);
  } else if (as<WritParser::FloatPrimaryContext>(context)) {
    e = number(context, false);
  } else if (as<WritParser::DurationPrimaryContext>(context)) {
    e.kind = ExprKind::Duration;
    std::string digits = context->getText();
    const bool negative = digits.starts_with('-');
    if (negative) digits.erase(0, 1);
    const auto seconds = parse_duration(digits);
    if (!seconds)
      errors_.add(Diagnostic(Code::NumberOutOfRange, e.span, "this duration does not fit 64 bits"));
    e.integer = negative ? -seconds.value_or(0) : seconds.value_or(0);
  } else if (as<WritParser::TruePrimaryContext>(context) || as<WritParser::FalsePrimaryContext>(context)) {
    e.kind = ExprKind::Boolean;
    e.boolean = as<WritParser::TruePrimaryContext>(context) != nullptr;
  } else if (auto* a = as<WritParser::ArrayPrimaryContext>(context)) {
    e = array(a->array());
  } else if (auto* o = as<WritParser::ObjectPrimaryContext>(context)) {
    e = object(o->object());
  } else if (auto* group = as<WritParser::GroupPrimaryContext>(context)) {
    e = expression(group->expr());
    e.span = span(context);
  } else if (auto* c = as<WritParser::CountPrimaryContext>(context)) {
    e = count(c);
  }
  return e;
}

void TreeBuilder::arguments(WritParser::ArgumentsContext* context, Expr& call) {
  if (!context) return;
  for (WritParser::ExprContext* argument : context->expr())
    call.children.push_back(expression(argument));
}

/// `x in xs` inside count(…) is the grammar's comparison: its left side is the binder.
Expr TreeBuilder::count(WritParser::CountPrimaryContext* context) {
  Expr e = node_of(ExprKind::Count, span(context));
  if (!context->LPAREN()) { // a declaration of that name
    e.kind = ExprKind::Name;
    e.text = context->getStart()->getText();
    e.name_span = e.span;
    return e;
  }
  if (auto* tail = context->relatedTail())
    return related(counted_type(context->expr(0), tail), tail->relatedOf(), RelatedQuantity::Count, e.span);
  auto* each = as<WritParser::RelationExprContext>(context->expr(0));
  auto* left = each && each->op && each->op->getType() == WritParser::IN && !each->NOT()
                   ? as<WritParser::PrimaryExprContext>(each->expr(0))
                   : nullptr;
  auto* binder = left ? as<WritParser::NamePrimaryContext>(left->primary()) : nullptr;
  if (binder && !binder->arguments()) {
    const Identifier name = identifier(binder->plainName());
    e.text = name.text;
    e.name_span = name.span;
    e.children.push_back(expression(each->expr(1)));
    if (context->WHERE()) e.children.push_back(expression(context->expr(1)));
    return e;
  }
  if (context->WHERE())
    errors_.add(Diagnostic(Code::SyntaxError, span(context->expr(0)),
                           "expected `name in array` before `where`, found an expression"));
  e.children.push_back(expression(context->expr(0)));
  return e;
}

Expr TreeBuilder::array(WritParser::ArrayContext* context) {
  if (!context) return {};
  Expr e = node_of(ExprKind::Array, span(context));
  for (WritParser::ExprContext* child : context->expr())
    e.children.push_back(expression(child));
  return e;
}

Expr TreeBuilder::object(WritParser::ObjectContext* context) {
  if (!context) return {};
  descend(context);
  ++depth_;
  Expr e = node_of(ExprKind::Object, span(context));
  for (WritParser::MemberContext* member : context->member()) {
    e.keys.push_back(name_or_string(member->anyName(), member->STRING()));
    e.children.push_back(expression(member->expr()));
  }
  --depth_;
  return e;
}

Expr TreeBuilder::message(antlr4::tree::TerminalNode* node) {
  Expr e = node_of(ExprKind::Interpolation, span(node->getSymbol()));
  if (e.span.empty()) return e;
  const std::string quoted = node->getText();
  const std::size_t offset_in_source = e.span.begin - sources_.base(id_);
  Diagnostics mistakes;
  for (MessagePart& part : split_message(quoted, e.span.begin, mistakes)) {
    if (!part.is_expression) {
      Expr text = node_of(ExprKind::String, e.span);
      text.text = std::move(part.text);
      e.children.push_back(std::move(text));
      continue;
    }
    Expr value;
    if (parse_expression(sources_, id_, offset_in_source + part.begin, offset_in_source + part.end, value,
                         mistakes, limits_))
      e.children.push_back(std::move(value));
  }
  report(mistakes);
  return e;
}

} // namespace writ::syntax
