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

Expr TreeBuilder::related(WritParser::RelatedContext* context, RelatedQuantity quantity, Span whole) {
  Expr out;
  out.kind = ExprKind::Related;
  out.span = whole;
  out.related.emplace();
  out.related->quantity = quantity;
  if (!context) return out;
  out.related->type = type_name(context->typeRef());
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
