// SPDX-License-Identifier: MIT
#include "syntax/antlr_recovery.h"

#include "WritParser.h"

namespace writ::syntax {

namespace {

using grammar::WritParser;

bool is_declaration_with_items(size_t rule) {
  return rule == WritParser::RuleControl || rule == WritParser::RuleRecord ||
         rule == WritParser::RuleFramework || rule == WritParser::RuleTestDecl ||
         rule == WritParser::RuleDefinition;
}

/// Bracket depth at which the items of the innermost open declaration stand.
std::size_t item_depth_of(antlr4::Parser& parser) {
  for (antlr4::tree::ParseTree* context = parser.getContext(); context; context = context->parent)
    if (is_declaration_with_items(static_cast<antlr4::ParserRuleContext*>(context)->getRuleIndex())) return 1;
  return 0;
}

bool is_opening(size_t type) {
  return type == WritParser::LPAREN || type == WritParser::LBRACK || type == WritParser::LBRACE;
}
bool is_closing(size_t type) {
  return type == WritParser::RPAREN || type == WritParser::RBRACK || type == WritParser::RBRACE;
}

/// Signs and words behind which an expression may go on.
bool is_separator(size_t type) {
  switch (type) {
  case WritParser::COMMA:
  case WritParser::COLON:
  case WritParser::AND:
  case WritParser::OR:
  case WritParser::THEN:
  case WritParser::ELSE:
  case WritParser::WHERE:
    return true;
  default:
    return false;
  }
}

} // namespace

bool LineRecovery::resumes(const antlr4::Token& token, std::size_t item_depth,
                           const antlr4::Token& mistake) const {
  const TokenPlace place = tokens_.place(token.getTokenIndex());
  const std::size_t depth = tokens_.place(mistake.getTokenIndex()).depth;
  // What stands inside or ends brackets that were opened behind the mistake is part of it.
  if (is_closing(token.getType())) return &token == &mistake || place.depth < depth;
  if (place.depth > depth) return false;
  return is_separator(token.getType()) || (place.first_on_line && place.depth <= item_depth);
}

void LineRecovery::consumeUntil(antlr4::Parser* parser, const antlr4::misc::IntervalSet& set) {
  const std::size_t item_depth = item_depth_of(*parser);
  antlr4::TokenStream* stream = parser->getTokenStream();
  const antlr4::Token& mistake = *stream->LT(1);
  while (stream->LA(1) != antlr4::Token::EOF &&
         !(set.contains(stream->LA(1)) && resumes(*stream->LT(1), item_depth, mistake)))
    parser->consume();
}

void LineRecovery::sync(antlr4::Parser* parser) {
  const size_t rule = parser->getContext()->getRuleIndex();
  const size_t state = parser->getInterpreter<antlr4::atn::ParserATNSimulator>()
                           ->atn.states[parser->getState()]
                           ->getStateType();
  const bool in_body = rule == WritParser::RuleFile ||
                       (is_declaration_with_items(rule) && state == antlr4::atn::ATNState::STAR_LOOP_ENTRY);
  if (!in_body || inErrorRecoveryMode(parser)) return DefaultErrorStrategy::sync(parser);
  const antlr4::misc::IntervalSet expected = parser->getExpectedTokens();
  if (expected.contains(parser->getTokenStream()->LA(1))) return DefaultErrorStrategy::sync(parser);
  reportUnwantedToken(parser);
  consumeUntil(parser, expected.Or(getErrorRecoverySet(parser)));
}

bool LineRecovery::singleTokenInsertion(antlr4::Parser* parser) {
  const antlr4::misc::IntervalSet expected = getExpectedTokens(parser);
  for (const size_t close :
       {size_t{WritParser::RPAREN}, size_t{WritParser::RBRACK}, size_t{WritParser::RBRACE}})
    if (expected.contains(close)) return DefaultErrorStrategy::singleTokenInsertion(parser);
  return false;
}

antlr4::Token* LineRecovery::singleTokenDeletion(antlr4::Parser* parser) {
  const antlr4::Token& token = *parser->getCurrentToken();
  if (tokens_.place(token.getTokenIndex()).first_on_line || is_opening(token.getType()) ||
      token.getType() == WritParser::DOT)
    return nullptr;
  return DefaultErrorStrategy::singleTokenDeletion(parser);
}

} // namespace writ::syntax
