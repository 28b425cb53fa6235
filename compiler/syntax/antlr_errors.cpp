// SPDX-License-Identifier: MIT
#include "syntax/antlr_errors.h"
#include "writ/text.h"

#include "WritLexer.h"
#include "WritParser.h"

#include <algorithm>
#include <cctype>

namespace writ::syntax {

namespace {

using grammar::WritLexer;

constexpr std::string_view kEndOfFile = "the end of the file";

/// How a token type is called in a message.
std::string token_kind_name(const antlr4::dfa::Vocabulary& vocabulary, size_t type) {
  switch (type) {
  case antlr4::Token::EOF:
    return std::string(kEndOfFile);
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
    return "`" + lower_ascii(literal) + "`";
  }
  }
}

/// "a, b or c".
std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " or " : ", ";
    out += names[i];
  }
  return out;
}

/// What may stand here, in the words of the language reference. The long lists of the grammar (every
/// operator, every word that may be a name) are called by what they have in common.
std::string expected_list(antlr4::Parser& parser) {
  const antlr4::misc::IntervalSet set = parser.getExpectedTokens();
  auto has = [&](size_t type) { return set.contains(type); };
  const antlr4::dfa::Vocabulary& vocabulary = parser.getVocabulary();
  std::vector<std::string> names;
  if (has(WritLexer::EQ)) { // after an expression
    names.emplace_back("an operator");
    if (has(WritLexer::CONTROL))
      names.emplace_back("the next declaration");
    else if (has(WritLexer::REQUIRE))
      names.emplace_back("the next item of the control");
    else
      for (const size_t close : {WritLexer::COMMA, WritLexer::COLON, WritLexer::THEN, WritLexer::ELSE,
                                 WritLexer::RPAREN, WritLexer::RBRACK, WritLexer::RBRACE})
        if (has(close)) names.push_back(token_kind_name(vocabulary, close));
    if (has(antlr4::Token::EOF)) names.push_back(token_kind_name(vocabulary, antlr4::Token::EOF));
    return joined(names);
  }
  // EXACTLY is in no other set than that of names.
  const bool any_name = has(WritLexer::EXACTLY) && has(WritLexer::IDENT);
  if (any_name && has(WritLexer::MINUS) && has(WritLexer::LPAREN)) {
    names.emplace_back("an expression");
    if (has(WritLexer::RPAREN)) names.emplace_back("`)`");
    if (has(WritLexer::RBRACK)) names.emplace_back("`]`");
    return joined(names);
  }
  if (!any_name && has(WritLexer::CONTROL)) {
    if (has(WritLexer::DOT)) names.emplace_back("`.`");
    if (has(WritLexer::COMMA)) names.emplace_back("`,`");
    names.emplace_back("a declaration");
    return joined(names);
  }
  if (!any_name && has(WritLexer::REQUIRE)) {
    if (has(WritLexer::COMMA)) names.emplace_back("`,`");
    names.emplace_back("an item of the control");
    names.emplace_back("`}`");
    return joined(names);
  }
  if (!any_name && has(WritLexer::ALL) && has(WritLexer::STRING)) {
    names.emplace_back("a value");
    if (has(WritLexer::RBRACK)) names.emplace_back("`]`");
    return joined(names);
  }
  if (any_name) names.emplace_back("a name");
  for (ssize_t type : set.toList()) {
    const auto id = static_cast<size_t>(type);
    const std::string name = token_kind_name(vocabulary, id);
    const bool word = name.size() > 2 && name[0] == '`' && std::isalpha(static_cast<unsigned char>(name[1]));
    if (any_name && (word || id == WritLexer::IDENT)) continue;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return joined(names);
}

/// False when the parser had read on past the place whose expectations it knows: then the list would be about
/// another word than the one reported.
bool begins_at(const std::exception_ptr& exception, const antlr4::Token* token) {
  if (!exception) return true;
  try {
    std::rethrow_exception(exception);
  } catch (const antlr4::NoViableAltException& e) {
    return e.getStartToken() == token;
  } catch (...) {
    return true;
  }
}

const antlr4::Token* token_before(antlr4::Parser& parser, const antlr4::Token& at) {
  for (size_t i = at.getTokenIndex(); i-- > 0;)
    if (const antlr4::Token* token = parser.getTokenStream()->get(i);
        token->getChannel() == antlr4::Token::DEFAULT_CHANNEL)
      return token;
  return nullptr;
}

/// The item keyword that the first word of the line comes near to: `requires`, `controll`.
std::string meant_word(antlr4::Parser& parser, const antlr4::Token& at) {
  static const std::vector<std::string_view> kItems = {"module",  "use",     "control", "param", "where",
                                                       "require", "private", "record",  "test",  "framework"};
  const antlr4::Token* first = &at;
  for (const antlr4::Token* token = &at; token && token->getLine() == at.getLine();
       token = token_before(parser, *token))
    first = token;
  if (first->getType() != WritLexer::IDENT) return {};
  const std::string word = first->getText();
  const std::vector<std::string> near = nearest(word, kItems, 1);
  return word.size() < 4 || near.empty() || near.front() == word ? std::string() : near.front();
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
                                const std::string&, std::exception_ptr exception) {
  auto* parser = dynamic_cast<antlr4::Parser*>(recognizer);
  if (!parser || !token) return; // the lexer has a rule for every byte
  const auto begin = static_cast<std::uint32_t>(token->getStartIndex());
  const std::string text = token->getText();
  const bool at_end = token->getType() == antlr4::Token::EOF;
  const auto length = at_end ? 1U : static_cast<std::uint32_t>(std::max<size_t>(1, text.size()));
  const Span span{base_ + begin, base_ + begin + length};
  if (token->getType() == WritLexer::UNEXPECTED) return; // reported with the other lexical mistakes
  const std::string found =
      at_end ? end_name_ : "`" + (text.size() > 40 ? text.substr(0, 37) + "..." : text) + "`";
  std::string expected = begins_at(exception, token) ? expected_list(*parser) : std::string();
  if (const size_t at = expected.find(kEndOfFile); at != std::string::npos)
    expected.replace(at, kEndOfFile.size(), end_name_);
  std::string text_before;
  if (expected.empty())
    if (const antlr4::Token* before = token_before(*parser, *token))
      text_before = " after `" + before->getText() + "`";
  Diagnostic d(Code::SyntaxError, span,
               expected.empty() ? "unexpected " + found + text_before
                                : "expected " + expected + ", found " + found);
  if (token->getType() == WritLexer::ASSIGN &&
      !parser->getExpectedTokens().contains(size_t{WritLexer::ASSIGN}))
    d.notes.emplace_back("a comparison is written `==`");
  if (const std::string word = meant_word(*parser, *token); !word.empty())
    d.notes.push_back("did you mean `" + word + "`?");
  add(std::move(d));
}

void DepthGuard::enterEveryRule(antlr4::ParserRuleContext* context) {
  if (++depth_ <= deepest_) return;
  const auto at = context->getStart() ? static_cast<std::uint32_t>(context->getStart()->getStartIndex()) : 0U;
  errors_.add(Diagnostic(Code::NestingTooDeep, {base_ + at, base_ + at + 1}, "nested too deep")
                  .note("name parts of the condition with `let` or `fn`"));
  throw StopParsing{};
}

} // namespace writ::syntax
