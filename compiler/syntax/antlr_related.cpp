// SPDX-License-Identifier: MIT
// `some T of x as r where …`: expressions about other resources.
#include "syntax/antlr_build.h"

namespace writ::syntax {

namespace {

/// Puts a part among the children and remembers where.
void keep(Expr& out, int RelatedShape::*part, Expr child) {
  (*out.related).*part = static_cast<int>(out.children.size());
  out.children.push_back(std::move(child));
}

} // namespace

TypeName TreeBuilder::counted_type(WritParser::ExprContext* head, WritParser::RelatedTailContext* tail) {
  TypeName out;
  if (!head) return out;
  // A name, or names with dots between them: whatever else stands before the slash is no resource type.
  antlr4::ParserRuleContext* part = head;
  while (auto* member = dynamic_cast<WritParser::MemberExprContext*>(part)) {
    if (member->arguments()) break;
    part = member->expr();
  }
  auto* first = dynamic_cast<WritParser::PrimaryExprContext*>(part);
  auto* name = first ? dynamic_cast<WritParser::NamePrimaryContext*>(first->primary()) : nullptr;
  if (!name || name->arguments())
    errors_.add(Diagnostic(Code::SyntaxError, span(head),
                           "expected a resource type before `/`, found an expression"));
  out.text = head->getText();
  out.span = span(head);
  for (WritParser::AnyNameContext* step : tail->anyName()) {
    out.text += "/" + identifier(step).text;
    out.span = cover(out.span, span(step));
  }
  return out;
}

Expr TreeBuilder::related(TypeName type, WritParser::RelatedOfContext* context, RelatedQuantity quantity,
                          Span whole) {
  Expr out;
  out.kind = ExprKind::Related;
  out.span = whole;
  out.related.emplace();
  out.related->quantity = quantity;
  out.related->type = std::move(type);
  if (!context) return out;
  if (context->place()) place(context->place(), out);
  for (WritParser::SelectorContext* selector : context->selector()) {
    const Identifier word = selector->IDENT() ? identifier(selector->IDENT()->getSymbol()) : Identifier{};
    int RelatedShape::*const part = word.text == "named"  ? &RelatedShape::named
                                    : word.text == "kind" ? &RelatedShape::kind
                                                          : nullptr;
    if (part && (*out.related).*part < 0)
      keep(out, part, primary(selector->primary()));
    else if (!word.text.empty())
      errors_.add(Diagnostic(Code::SyntaxError, word.span,
                             part ? "`" + word.text + "` is given twice"
                                  : "expected `named`, `kind` or `as`, found `" + word.text + "`"));
  }
  const Identifier name = identifier(context->name());
  out.text = name.text;
  out.name_span = name.span;
  if (context->expr()) keep(out, &RelatedShape::where, expression(context->expr()));
  return out;
}

void TreeBuilder::place(WritParser::PlaceContext* context, Expr& out) {
  const auto words = context->IDENT();
  if (words.empty()) {
    out.related->place = RelatedPlace::Below;
  } else {
    const Identifier first = identifier(words[0]->getSymbol());
    const Identifier second = words.size() > 1 ? identifier(words[1]->getSymbol()) : Identifier{};
    const bool group = first.text == "resource" && second.text == "group";
    const bool subscription = first.text == "subscription" && second.text.empty() && !context->primary();
    if (!group && !subscription && !first.text.empty())
      errors_.add(
          Diagnostic(Code::SyntaxError, first.span,
                     "expected `resource group` or `subscription` behind `in`, found `" + first.text + "`"));
    out.related->place = subscription ? RelatedPlace::Subscription : RelatedPlace::ResourceGroup;
    if (context->primary()) keep(out, &RelatedShape::group, primary(context->primary()));
  }
  keep(out, &RelatedShape::subject, expression(context->expr()));
}

} // namespace writ::syntax
