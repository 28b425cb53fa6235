// SPDX-License-Identifier: MIT
#include "syntax/antlr_errors.h"

#include "WritLexer.h"
#include "WritParser.h"

#include <algorithm>

namespace writ::syntax {

namespace {

using grammar::WritLexer;

/// How a token type is called in a message.
std::string token_kind_name(const antlr4::dfa::Vocabulary& vocabulary, size_t type) {
  switch (type) {
  case antlr4::Token::EOF:
    return "the end of the file";
  case WritLexer::IDENT:
    return "a name";
  case WritLexer::STRING:
    return "a string";
  case WritLexer::INTEGER:
  case WritLexer::FLOAT:
    return "a number";
  case WritLexer::DURATION:
    return "a duration";
  default: {
    std::string literal = vocabulary.getDisplayName(type);
    if (literal.size() > 2 && literal.front() == '\'')
      return "`" + literal.substr(1, literal.size() - 2) + "`";
    return "`" + literal + "`";
  }
  }
}

/// "a, b or c". A long list says less than a short one: past a handful, only its kind is named.
std::string expected_list(antlr4::Parser& parser) {
  const antlr4::dfa::Vocabulary& vocabulary = parser.getVocabulary();
  std::vector<std::string> names;
  bool has_string = false;
  bool has_name = false;
  size_t kinds = 0;
  for (ssize_t type : parser.getExpectedTokens().toList()) {
    ++kinds;
    const auto id = static_cast<size_t>(type);
    has_string |= id == WritLexer::STRING;
    has_name |= id == WritLexer::IDENT;
    const std::string name = token_kind_name(vocabulary, id);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  if (kinds > 12 && has_name && has_string) return "an expression";
  if (kinds > 12 && has_name) return "a name";
  if (names.size() > 6) names.resize(6);
  std::string out;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " or " : ", ";
    out += names[i];
  }
  return out;
}

} // namespace

void ErrorReporter::add(Diagnostic diagnostic) {
  if (++count_ > most_) {
    diagnostics_.add(Diagnostic(Code::TooManySyntaxErrors, diagnostic.span,
                                "too many mistakes; the rest of the file was not read"));
    throw StopParsing{};
  }
  diagnostics_.add(std::move(diagnostic));
}

void ErrorReporter::syntaxError(antlr4::Recognizer* recognizer, antlr4::Token* token, size_t, size_t,
                                const std::string&, std::exception_ptr) {
  auto* parser = dynamic_cast<antlr4::Parser*>(recognizer);
  if (!parser || !token) return; // the lexer has a rule for every byte
  const auto begin = static_cast<std::uint32_t>(token->getStartIndex());
  const std::string text = token->getText();
  const bool at_end = token->getType() == antlr4::Token::EOF;
  const auto length = at_end ? 1U : static_cast<std::uint32_t>(std::max<size_t>(1, text.size()));
  const Span span{base_ + begin, base_ + begin + length};
  if (token->getType() == WritLexer::UNEXPECTED) {
    if (text == "\"") {
      add(Diagnostic(Code::UnfinishedString, span, "this string has no closing `\"` on its line"));
      return;
    }
    const bool printable = text.size() == 1 && static_cast<unsigned char>(text[0]) > 0x20 &&
                           static_cast<unsigned char>(text[0]) < 0x7F;
    add(Diagnostic(Code::UnexpectedCharacter, span,
                   printable ? "unexpected character `" + text + "`" : "unexpected character"));
    return;
  }
  const std::string found =
      at_end ? "the end of the file" : "`" + (text.size() > 40 ? text.substr(0, 37) + "..." : text) + "`";
  const std::string expected = expected_list(*parser);
  add(Diagnostic(Code::SyntaxError, span,
                 expected.empty() ? "unexpected " + found : "expected " + expected + ", found " + found));
}

void DepthGuard::enterEveryRule(antlr4::ParserRuleContext* context) {
  if (++depth_ <= deepest_) return;
  const auto at = context->getStart() ? static_cast<std::uint32_t>(context->getStart()->getStartIndex()) : 0U;
  errors_.add(Diagnostic(Code::NestingTooDeep, {base_ + at, base_ + at + 1}, "nested too deep")
                  .note("name parts of the condition with `let` or `fn`"));
  throw StopParsing{};
}

} // namespace writ::syntax
