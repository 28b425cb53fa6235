// SPDX-License-Identifier: MIT
// Declaration contexts to declarations.
#include "syntax/antlr_build.h"
#include "syntax/literals.h"

namespace writ::syntax {

namespace {

/// False for the end of the file and for what error recovery makes up: they stand nowhere.
bool is_real(antlr4::Token* token) {
  return token && token->getStartIndex() != INVALID_INDEX && token->getType() != antlr4::Token::EOF;
}

} // namespace

Span TreeBuilder::span(antlr4::Token* token) const {
  if (!is_real(token)) return {};
  const auto begin = static_cast<std::uint32_t>(token->getStartIndex());
  const size_t stop = token->getStopIndex();
  const auto end = stop == INVALID_INDEX || stop < token->getStartIndex()
                       ? begin + 1
                       : static_cast<std::uint32_t>(stop) + 1;
  return {base_ + begin, base_ + end};
}

Span TreeBuilder::span(antlr4::ParserRuleContext* context) const {
  if (!context || !context->getStart()) return {};
  const Span first = span(context->getStart());
  antlr4::Token* stop = context->getStop();
  if (first.empty() || !is_real(stop)) return first;
  // A rule that failed before its first token ends before it begins.
  if (stop->getStartIndex() < context->getStart()->getStartIndex()) return {};
  return cover(first, span(stop));
}

void TreeBuilder::report(const Diagnostics& mistakes) {
  for (const Diagnostic& d : mistakes.all())
    errors_.add(d);
}

Identifier TreeBuilder::identifier(antlr4::Token* token) {
  return is_real(token) ? Identifier{token->getText(), span(token)} : Identifier{};
}
Identifier TreeBuilder::identifier(antlr4::ParserRuleContext* context) {
  // A rule that failed has a start that is not its own.
  return context && !span(context).empty() ? identifier(context->getStart()) : Identifier{};
}

std::string TreeBuilder::string_text(antlr4::tree::TerminalNode* node) {
  if (!node || !is_real(node->getSymbol())) return {};
  Diagnostics mistakes;
  std::string text = unescape(node->getText(), span(node->getSymbol()).begin, mistakes);
  report(mistakes);
  return text;
}

Identifier TreeBuilder::name_or_string(WritParser::AnyNameContext* name, antlr4::tree::TerminalNode* text) {
  if (name) return identifier(name);
  if (text) return {string_text(text), span(text->getSymbol())};
  return {};
}

std::string TreeBuilder::doc_before(antlr4::ParserRuleContext* context) {
  if (!context || !context->getStart()) return {};
  std::string doc;
  for (antlr4::Token* token : tokens_.getHiddenTokensToLeft(context->getStart()->getTokenIndex())) {
    if (token->getType() == WritParser::BLANK) {
      // A blank line cuts the tie between a comment and what follows.
      const std::string text = token->getText();
      if (std::count(text.begin(), text.end(), '\n') > 1) doc.clear();
      continue;
    }
    if (token->getType() != WritParser::DOC) continue;
    std::string line = token->getText().substr(3);
    if (!line.empty() && line.front() == ' ') line.erase(0, 1);
    if (!doc.empty()) doc += '\n';
    doc += line;
  }
  return doc;
}

QualifiedName TreeBuilder::qualified(WritParser::QualifiedContext* context) {
  QualifiedName out;
  if (!context) return out;
  out.span = span(context);
  out.parts.push_back(identifier(context->name()));
  for (WritParser::AnyNameContext* part : context->anyName())
    out.parts.push_back(identifier(part));
  return out;
}

TypeName TreeBuilder::type_name(WritParser::TypeRefContext* context) {
  if (!context) return {};
  return {context->getText(), span(context)};
}

void TreeBuilder::file(WritParser::FileContext* context, Module& module) {
  if (auto* declared = context->moduleDecl()) {
    module.name = qualified(declared->qualified());
    module.doc = doc_before(declared);
  }
  for (WritParser::UseDeclContext* use : context->useDecl()) {
    UseDecl out;
    out.module = qualified(use->qualified());
    for (WritParser::NameContext* name : use->name())
      out.names.push_back(identifier(name));
    out.span = span(use);
    module.uses.push_back(std::move(out));
  }
  for (WritParser::DeclContext* decl : context->decl()) {
    if (auto* c = decl->control()) module.controls.push_back(control(c));
    if (auto* r = decl->record()) module.records.push_back(record(r));
    if (auto* f = decl->function()) module.functions.push_back(function(f));
    if (auto* l = decl->constant()) module.lets.push_back(constant(l));
    if (auto* f = decl->framework()) module.frameworks.push_back(framework(f));
    if (auto* t = decl->testDecl()) module.tests.push_back(test(t));
    if (auto* d = decl->definition()) module.definitions.push_back(definition(d));
  }
}

ControlDecl TreeBuilder::control(WritParser::ControlContext* context) {
  ControlDecl out;
  out.name = identifier(context->name());
  if (context->STRING()) {
    out.title = string_text(context->STRING());
    out.title_span = span(context->STRING()->getSymbol());
  }
  out.doc = doc_before(context);
  out.span = span(context);
  for (WritParser::ControlItemContext* item : context->controlItem())
    control_item(item, out);
  return out;
}

void TreeBuilder::control_item(WritParser::ControlItemContext* context, ControlDecl& control) {
  if (auto* p = dynamic_cast<WritParser::ParamItemContext*>(context)) {
    control.params.push_back(param(p));
  } else if (auto* on = dynamic_cast<WritParser::OnItemContext*>(context)) {
    control.on_items.push_back(span(on));
    for (WritParser::TypeRefContext* type : on->typeRef())
      control.types.push_back(type_name(type));
    if (on->name()) control.subject = identifier(on->name());
  } else if (auto* where = dynamic_cast<WritParser::WhereItemContext*>(context)) {
    control.where.push_back(expression(where->expr()));
  } else if (auto* require = dynamic_cast<WritParser::RequireItemContext*>(context)) {
    Require out;
    out.condition = expression(require->expr());
    if (require->STRING()) out.message = message(require->STRING());
    out.span = span(require);
    control.requires_.push_back(std::move(out));
  } else if (auto* let = dynamic_cast<WritParser::ConstantItemContext*>(context)) {
    control.lets.push_back(constant(let->constant()));
  } else if (auto* fn = dynamic_cast<WritParser::FunctionItemContext*>(context)) {
    control.functions.push_back(function(fn->function()));
  } else if (auto* meta = dynamic_cast<WritParser::MetaItemContext*>(context)) {
    if (meta->remedies())
      control.remediations.push_back(remediate(meta));
    else if (meta->actions())
      control.actions.push_back(action(meta));
    else if (meta->block())
      control.blocks.push_back(block(meta));
    else
      control.metadata.push_back(metadata(meta));
  }
}

ParamDecl TreeBuilder::param(WritParser::ParamItemContext* context) {
  ParamDecl out;
  out.name = identifier(context->name());
  out.type = type(context->type());
  out.doc = doc_before(context);
  out.span = span(context);
  if (context->initial) out.default_value = primary(context->initial);
  if (context->allowed) out.allowed = primary(context->allowed);
  if (auto* block = context->paramBlock()) out.settings = settings(block->IDENT(), block->STRING(), 0);
  return out;
}

std::vector<std::pair<Identifier, std::string>>
TreeBuilder::settings(const std::vector<antlr4::tree::TerminalNode*>& keys,
                      const std::vector<antlr4::tree::TerminalNode*>& texts, std::size_t skip) {
  std::vector<std::pair<Identifier, std::string>> out;
  for (std::size_t i = 0; i < keys.size() && i + skip < texts.size(); ++i)
    out.emplace_back(identifier(keys[i]->getSymbol()), string_text(texts[i + skip]));
  return out;
}

MetaItem TreeBuilder::metadata(WritParser::MetaItemContext* context) {
  MetaItem out;
  out.span = span(context);
  if (context->IDENT()) out.key = identifier(context->IDENT()->getSymbol());
  for (WritParser::MetaValueContext* value : context->metaValue()) {
    // `id` and nothing behind it: the first word of the next line is no value.
    if (auto* word = value->word(); word && out.values.empty() && value->STRING().empty() &&
                                    context->IDENT() &&
                                    word->getStart()->getLine() != context->IDENT()->getSymbol()->getLine())
      errors_.add(Diagnostic(Code::SyntaxError, out.key.span,
                             "expected a value behind `" + out.key.text + "` on its line"));
    out.values.push_back(metadata_value(value));
  }
  return out;
}

MetaValue TreeBuilder::metadata_value(WritParser::MetaValueContext* context) {
  MetaValue item;
  item.span = span(context);
  if (context->word()) item.word = word(context->word());
  if (context->LBRACK()) {
    item.is_list = true;
    for (antlr4::tree::TerminalNode* text : context->STRING())
      item.list.push_back(string_text(text));
  } else if (!context->STRING().empty()) {
    item.text = string_text(context->STRING().front());
  } else {
    for (antlr4::tree::TerminalNode* plain : {context->INTEGER(), context->TRUE(), context->FALSE()})
      if (plain) item.text = plain->getText();
  }
  return item;
}

Identifier TreeBuilder::word(WritParser::WordContext* context) {
  return context ? Identifier{context->getText(), span(context)} : Identifier{};
}

RemediateDecl TreeBuilder::remediate(WritParser::MetaItemContext* context) {
  RemediateDecl out;
  out.span = span(context);
  if (context->IDENT()) out.word = identifier(context->IDENT()->getSymbol());
  out.kind = kind_word(context);
  for (WritParser::RemedyContext* line : context->remedies()->remedy()) {
    Remedy item;
    item.span = span(line);
    if (line->IDENT()) item.key = identifier(line->IDENT()->getSymbol());
    std::size_t next = 0;
    item.target = expression(line->expr(next++));
    if (line->ASSIGN()) item.value = expression(line->expr(next++));
    if (line->WHEN()) item.when = expression(line->expr(next));
    out.items.push_back(std::move(item));
  }
  return out;
}

ActionDecl TreeBuilder::action(WritParser::MetaItemContext* context) {
  ActionDecl out;
  out.span = span(context);
  if (context->IDENT()) out.word = identifier(context->IDENT()->getSymbol());
  out.noun = kind_word(context);
  WritParser::ActionsContext* list = context->actions();
  const auto words = list->word();
  const std::size_t actions = words.size() - (list->IDENT() && !words.empty() ? 1 : 0);
  for (std::size_t i = 0; i < actions; ++i)
    out.actions.push_back(word(words[i]));
  if (actions < words.size()) out.setting = {identifier(list->IDENT()->getSymbol()), word(words.back())};
  return out;
}

BlockDecl TreeBuilder::block(WritParser::MetaItemContext* context) {
  BlockDecl out;
  out.span = span(context);
  if (context->IDENT()) out.word = identifier(context->IDENT()->getSymbol());
  const auto names = context->block()->IDENT();
  const auto values = context->block()->metaValue();
  for (std::size_t i = 0; i < values.size() && i < names.size(); ++i) {
    MetaItem item;
    item.key = identifier(names[i]->getSymbol());
    item.span = cover(item.key.span, span(values[i]));
    item.values.push_back(metadata_value(values[i]));
    out.items.push_back(std::move(item));
  }
  return out;
}

/// The word behind `remediate` and `deny`.
Identifier TreeBuilder::kind_word(WritParser::MetaItemContext* context) {
  const auto values = context->metaValue();
  if (values.empty()) return {};
  if (values.front()->word() && values.front()->STRING().empty()) return word(values.front()->word());
  errors_.add(Diagnostic(Code::SyntaxError, span(values.front()), "expected a word here, found a value"));
  return {};
}

RecordDecl TreeBuilder::record(WritParser::RecordContext* context) {
  RecordDecl out;
  out.type = type_name(context->typeRef());
  out.doc = doc_before(context);
  out.span = span(context);
  for (WritParser::RecordFieldContext* field : context->recordField())
    out.fields.push_back(record_field(field));
  return out;
}

TypeField TreeBuilder::record_field(WritParser::RecordFieldContext* context) {
  TypeField out;
  out.name = name_or_string(context->anyName(), context->STRING());
  out.type = type(context->type());
  out.doc = doc_before(context);
  return out;
}

TypeExpr TreeBuilder::type(WritParser::TypeContext* context) {
  TypeExpr out;
  if (!context) return out;
  descend(context);
  ++depth_;
  out.span = span(context);
  if (auto* array = dynamic_cast<WritParser::ArrayTypeContext*>(context)) {
    out.kind = TypeKind::Array;
    out.element.push_back(type(array->type()));
  } else if (auto* object = dynamic_cast<WritParser::ObjectTypeContext*>(context)) {
    out.kind = TypeKind::Object;
    for (WritParser::RecordFieldContext* field : object->recordField())
      out.fields.push_back(record_field(field));
  } else {
    if (auto* named = dynamic_cast<WritParser::NamedTypeContext*>(context))
      out.name = identifier(named->name()).text;
  }
  --depth_;
  return out;
}

FnDecl TreeBuilder::function(WritParser::FunctionContext* context) {
  FnDecl out;
  if (!context) return out;
  out.name = identifier(context->name());
  out.is_private = context->PRIVATE() != nullptr;
  for (WritParser::ParameterContext* parameter : context->parameter()) {
    FnParameter p;
    p.name = identifier(parameter->name());
    if (parameter->type()) p.type = type(parameter->type());
    out.parameters.push_back(std::move(p));
  }
  if (context->type()) out.result = type(context->type());
  out.body = expression(context->expr());
  out.doc = doc_before(context);
  out.span = span(context);
  return out;
}

LetDecl TreeBuilder::constant(WritParser::ConstantContext* context) {
  LetDecl out;
  if (!context) return out;
  out.name = identifier(context->name());
  out.value = expression(context->expr());
  out.doc = doc_before(context);
  out.span = span(context);
  return out;
}

FrameworkDecl TreeBuilder::framework(WritParser::FrameworkContext* context) {
  FrameworkDecl out;
  out.name = identifier(context->name());
  const auto texts = context->STRING();
  if (!texts.empty()) out.title = string_text(texts.front());
  const std::size_t keys = context->IDENT().size();
  out.settings = settings(context->IDENT(), texts, 1);
  for (std::size_t i = 1 + keys; i + 1 < texts.size(); i += 2)
    out.items.push_back({{string_text(texts[i]), span(texts[i]->getSymbol())}, string_text(texts[i + 1])});
  out.doc = doc_before(context);
  out.span = span(context);
  return out;
}

TestDecl TreeBuilder::test(WritParser::TestDeclContext* context) {
  TestDecl out;
  out.control = identifier(context->name());
  out.span = span(context);
  for (WritParser::TestCaseContext* c : context->testCase()) {
    TestCaseDecl item;
    if (c->IDENT()) item.expectation = identifier(c->IDENT()->getSymbol());
    item.title = string_text(c->STRING());
    for (WritParser::TestClauseContext* clause : c->testClause()) {
      TestClause value;
      if (clause->IDENT()) value.key = identifier(clause->IDENT()->getSymbol());
      if (clause->object()) value.value = object(clause->object());
      if (clause->array()) value.value = array(clause->array());
      if (clause->STRING()) {
        value.value.kind = ExprKind::String;
        value.value.span = span(clause->STRING()->getSymbol());
        value.value.text = string_text(clause->STRING());
      }
      item.clauses.push_back(std::move(value));
    }
    item.resource = object(c->object());
    item.span = span(c);
    out.cases.push_back(std::move(item));
  }
  return out;
}

} // namespace writ::syntax
