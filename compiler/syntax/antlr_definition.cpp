// SPDX-License-Identifier: MIT
// Definition blocks.
#include "syntax/antlr_build.h"

namespace writ::syntax {

DefinitionDecl TreeBuilder::definition(WritParser::DefinitionContext* context) {
  DefinitionDecl out;
  out.is_initiative = context->INITIATIVE() != nullptr;
  out.name = identifier(context->name());
  if (context->STRING()) out.title = string_text(context->STRING());
  out.doc = doc_before(context);
  out.span = span(context);
  for (WritParser::DefinitionItemContext* item : context->definitionItem())
    definition_item(item, out);
  return out;
}

void TreeBuilder::definition_item(WritParser::DefinitionItemContext* context, DefinitionDecl& out) {
  if (auto* p = dynamic_cast<WritParser::DefinitionParamContext*>(context)) {
    ParamDecl param;
    param.name = name_or_string(p->name(), p->STRING());
    param.type = type(p->type());
    param.doc = doc_before(p);
    param.span = span(p);
    if (p->initial) param.default_value = primary(p->initial);
    if (p->allowed) param.allowed = primary(p->allowed);
    if (auto* block = p->paramBlock()) param.settings = settings(block->IDENT(), block->STRING(), 0);
    out.params.push_back(std::move(param));
  } else if (auto* on = dynamic_cast<WritParser::DefinitionOnContext*>(context)) {
    out.on_items.push_back(span(on));
    out.type = type_name(on->typeRef());
    if (on->name()) out.subject = identifier(on->name());
  } else if (auto* let = dynamic_cast<WritParser::DefinitionLetContext*>(context)) {
    out.lets.push_back(constant(let->constant()));
  } else if (auto* when = dynamic_cast<WritParser::DefinitionWhenContext*>(context)) {
    out.when.push_back(expression(when->expr()));
  } else if (auto* field = dynamic_cast<WritParser::DefinitionFieldContext*>(context)) {
    DefinitionField item;
    if (field->IDENT()) item.key = identifier(field->IDENT()->getSymbol());
    item.value = expression(field->expr());
    out.fields.push_back(std::move(item));
  } else {
    initiative_item(context, out);
  }
}

} // namespace writ::syntax
