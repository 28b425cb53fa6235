// SPDX-License-Identifier: MIT
// From parse contexts to the syntax tree. Private to the files of the ANTLR wall.
#pragma once

#include "syntax/antlr_errors.h"
#include "syntax/ast.h"
#include "syntax/parse.h"

#include "WritParser.h"

namespace writ::syntax {

using grammar::WritParser;

/// Contexts of a file with mistakes may lack children: every function takes null and gives an empty node.
class TreeBuilder {
public:
  TreeBuilder(const SourceMap& sources, SourceId id, std::size_t offset, antlr4::CommonTokenStream& tokens,
              ErrorReporter& errors, const ParseLimits& limits)
      : sources_(sources), id_(id), base_(sources.base(id) + static_cast<std::uint32_t>(offset)),
        tokens_(tokens), errors_(errors), limits_(limits) {}

  void file(WritParser::FileContext* context, Module& module);
  Expr expression(WritParser::ExprContext* context);

private:
  // antlr_decl.cpp
  ControlDecl control(WritParser::ControlContext* context);
  void control_item(WritParser::ControlItemContext* context, ControlDecl& control);
  ParamDecl param(WritParser::ParamItemContext* context);
  MetaItem metadata(WritParser::MetaItemContext* context);
  MetaValue metadata_value(WritParser::MetaValueContext* context);
  RemediateDecl remediate(WritParser::MetaItemContext* context);
  ActionDecl action(WritParser::MetaItemContext* context);
  BlockDecl block(WritParser::MetaItemContext* context);
  Identifier word(WritParser::WordContext* context);
  Identifier kind_word(WritParser::MetaItemContext* context);
  RecordDecl record(WritParser::RecordContext* context);
  TypeField record_field(WritParser::RecordFieldContext* context);
  TypeExpr type(WritParser::TypeContext* context);
  FnDecl function(WritParser::FunctionContext* context);
  LetDecl constant(WritParser::ConstantContext* context);
  FrameworkDecl framework(WritParser::FrameworkContext* context);
  TestDecl test(WritParser::TestDeclContext* context);
  // antlr_definition.cpp
  DefinitionDecl definition(WritParser::DefinitionContext* context);
  void definition_item(WritParser::DefinitionItemContext* context, DefinitionDecl& out);
  void initiative_item(WritParser::DefinitionItemContext* context, DefinitionDecl& out);
  IncludeDecl include(WritParser::InitiativeIncludeContext* context);
  MemberName member_name(WritParser::MemberNameContext* context);
  Identifier name_or_string(WritParser::NameContext* name, antlr4::tree::TerminalNode* text);
  TypeName type_name(WritParser::TypeRefContext* context);
  QualifiedName qualified(WritParser::QualifiedContext* context);

  // antlr_expr.cpp
  Expr primary(WritParser::PrimaryContext* context);
  Expr array(WritParser::ArrayContext* context);
  Expr object(WritParser::ObjectContext* context);
  Expr chain(WritParser::ExprContext* context, ExprKind kind);
  Expr message(antlr4::tree::TerminalNode* node);
  Expr binary(WritParser::ExprContext* context, BinaryOperator op, WritParser::ExprContext* left,
              WritParser::ExprContext* right);
  void arguments(WritParser::ArgumentsContext* context, Expr& call);
  Expr count(WritParser::CountPrimaryContext* context);
  // antlr_related.cpp
  Expr related(TypeName type, WritParser::RelatedOfContext* context, RelatedQuantity quantity, Span whole);
  /// `A.B/c` from the expression `A.B` and what stands behind it.
  TypeName counted_type(WritParser::ExprContext* head, WritParser::RelatedTailContext* tail);
  void place(WritParser::PlaceContext* context, Expr& out);
  Expr number(antlr4::ParserRuleContext* context, bool integral);

  /// Of a rule that is one token: name, anyName.
  Identifier identifier(antlr4::ParserRuleContext* context);
  Identifier identifier(antlr4::Token* token);
  /// `IDENT STRING` pairs.
  std::vector<std::pair<Identifier, std::string>>
  settings(const std::vector<antlr4::tree::TerminalNode*>& keys,
           const std::vector<antlr4::tree::TerminalNode*>& texts, std::size_t skip);
  /// Through the reporter, which counts.
  void report(const Diagnostics& mistakes);
  std::string string_text(antlr4::tree::TerminalNode* node);
  Identifier name_or_string(WritParser::AnyNameContext* name, antlr4::tree::TerminalNode* text);
  Span span(antlr4::Token* token) const;
  Span span(antlr4::ParserRuleContext* context) const;
  /// The `///` lines right before a node, joined, without their slashes.
  std::string doc_before(antlr4::ParserRuleContext* context);
  bool descend(antlr4::ParserRuleContext* context);

  const SourceMap& sources_;
  SourceId id_;
  std::uint32_t base_;
  antlr4::CommonTokenStream& tokens_;
  ErrorReporter& errors_;
  const ParseLimits& limits_;
  std::size_t depth_ = 0;
};

} // namespace writ::syntax
