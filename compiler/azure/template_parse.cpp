// SPDX-License-Identifier: MIT
// Runs the generated parser of grammar/ArmExpression.g4. Nothing of the ANTLR runtime leaves this file.
#include "azure/template_parse.h"

#include "ArmExpressionLexer.h"
#include "ArmExpressionParser.h"
#include "azure/template_mistake.h"
#include "syntax/antlr_stream.h"
#include "writ/text.h"

#include <charconv>
#include <exception>
#include <memory>
#include <optional>
#include <system_error>

namespace writ::azure {

namespace {

using grammar::ArmExpressionLexer;
using grammar::ArmExpressionParser;

/// The parser met a token that it cannot use.
struct Stopped {
  std::size_t token;
};

/// One mistake is enough, and what ANTLR would say about it is not: stops at the first.
class StopAtMistake final : public antlr4::DefaultErrorStrategy {
public:
  void reportError(antlr4::Parser*, const antlr4::RecognitionException&) override {}
  void recover(antlr4::Parser* parser, std::exception_ptr) override { stop(parser); }
  antlr4::Token* recoverInline(antlr4::Parser* parser) override { stop(parser); }
  void sync(antlr4::Parser*) override {}

private:
  [[noreturn]] static void stop(antlr4::Parser* parser) {
    throw Stopped{parser->getCurrentToken()->getTokenIndex()};
  }
};

TemplateToken kind_of(std::size_t type) {
  switch (type) {
  case ArmExpressionLexer::STRING:
    return TemplateToken::String;
  case ArmExpressionLexer::UNTERMINATED:
    return TemplateToken::Unterminated;
  case ArmExpressionLexer::INTEGER:
    return TemplateToken::Integer;
  case ArmExpressionLexer::FLOAT:
    return TemplateToken::Float;
  case ArmExpressionLexer::IDENT:
    return TemplateToken::Identifier;
  case ArmExpressionLexer::LPAREN:
    return TemplateToken::LeftParen;
  case ArmExpressionLexer::RPAREN:
    return TemplateToken::RightParen;
  case ArmExpressionLexer::LBRACK:
    return TemplateToken::LeftBracket;
  case ArmExpressionLexer::RBRACK:
    return TemplateToken::RightBracket;
  case ArmExpressionLexer::DOT:
    return TemplateToken::Dot;
  case ArmExpressionLexer::COMMA:
    return TemplateToken::Comma;
  case antlr4::Token::EOF:
    return TemplateToken::End;
  default:
    return TemplateToken::Unexpected;
  }
}

/// Characters, as Azure counts the length of an expression.
std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count)
    next_code_point(text, at);
  return count;
}

class TemplateReader {
public:
  explicit TemplateReader(std::string_view text)
      : text_(text), stream_(text.substr(1, text.size() - 2)), lexer_(&stream_), tokens_(&lexer_),
        parser_(&tokens_) {
    lexer_.removeErrorListeners();
    parser_.removeErrorListeners();
    parser_.setErrorHandler(std::make_shared<StopAtMistake>());
  }

  std::variant<TemplateNode, TemplateError> read() {
    tokens_.fill();
    for (const antlr4::Token* token : tokens_.getTokens())
      places_.push_back({kind_of(token->getType()), begin_of(token),
                         static_cast<std::uint32_t>(token->getStopIndex() + 2)});
    places_.back().begin = static_cast<std::uint32_t>(text_.size() - 1);
    places_.back().end = static_cast<std::uint32_t>(text_.size());
    // The parser calls itself for every bracket: the limit comes first.
    if (!within_nesting()) return *error_;
    TemplateNode node;
    try {
      if (!expression(parser_.program()->expr(), node)) return *error_;
    } catch (const Stopped& stopped) {
      return template_mistake(text_, places_, stopped.token);
    }
    return node;
  }

private:
  static std::uint32_t begin_of(const antlr4::Token* token) {
    return static_cast<std::uint32_t>(token->getStartIndex() + 1); // behind the outer bracket
  }
  static std::uint32_t end_of(const antlr4::Token* token) {
    return static_cast<std::uint32_t>(token->getStopIndex() + 2);
  }

  bool fail(std::string_view code, std::string message, std::uint32_t begin, std::uint32_t end) {
    error_ = TemplateError{code, std::move(message), begin, end};
    return false;
  }

  bool within_nesting() {
    int calls = 0;
    int indexes = 0;
    for (const PlacedToken& token : places_) {
      calls += token.kind == TemplateToken::LeftParen ? 1 : token.kind == TemplateToken::RightParen ? -1 : 0;
      indexes += token.kind == TemplateToken::LeftBracket    ? 1
                 : token.kind == TemplateToken::RightBracket ? -1
                                                             : 0;
      if (calls > kMaxTemplateNesting)
        return fail("limit-exceeded", "calls are nested more than 64 deep", token.begin, token.end);
      if (indexes > kMaxTemplateNesting)
        return fail("limit-exceeded", "indexes are nested more than 64 deep", token.begin, token.end);
    }
    return true;
  }

  bool expression(ArmExpressionParser::ExprContext* tree, TemplateNode& out) {
    if (auto* call = dynamic_cast<ArmExpressionParser::CallExprContext*>(tree))
      return this->call(call->call(), out);
    if (auto* text = dynamic_cast<ArmExpressionParser::StringExprContext*>(tree)) {
      place(text->STRING()->getSymbol(), out);
      return string(out);
    }
    if (auto* integer = dynamic_cast<ArmExpressionParser::IntegerExprContext*>(tree)) {
      out.kind = TemplateNode::Kind::Integer;
      return number(integer->INTEGER()->getSymbol(), out, out.integer);
    }
    if (auto* number = dynamic_cast<ArmExpressionParser::FloatExprContext*>(tree)) {
      out.kind = TemplateNode::Kind::Float;
      return this->number(number->FLOAT()->getSymbol(), out, out.number);
    }
    return accessors(tree, out);
  }

  /// A chain of accessors is nested to the left in the tree; it is walked in a loop, so that its length costs
  /// no stack.
  bool accessors(ArmExpressionParser::ExprContext* tree, TemplateNode& out) {
    std::vector<ArmExpressionParser::ExprContext*> chain;
    while (true) {
      auto* member = dynamic_cast<ArmExpressionParser::MemberExprContext*>(tree);
      auto* index = dynamic_cast<ArmExpressionParser::IndexExprContext*>(tree);
      if (!member && !index) break;
      chain.push_back(tree);
      tree = member ? member->expr() : index->expr(0);
    }
    if (!expression(tree, out)) return false;
    for (std::size_t i = chain.size(); i-- > 0;) {
      const std::uint32_t end = end_of(chain[i]->getStop());
      if (chain.size() - i > static_cast<std::size_t>(kMaxTemplateNesting) + 1)
        return fail("limit-exceeded", "too many property accesses in a row", out.end, end);
      TemplateNode access;
      access.kind = TemplateNode::Kind::Member;
      access.begin = out.begin;
      access.end = end;
      access.children.resize(2);
      access.children[0] = std::move(out);
      if (auto* member = dynamic_cast<ArmExpressionParser::MemberExprContext*>(chain[i])) {
        place(member->IDENT()->getSymbol(), access.children[1]);
        access.children[1].text = text_of(access.children[1]);
      } else if (!expression(dynamic_cast<ArmExpressionParser::IndexExprContext*>(chain[i])->expr(1),
                             access.children[1])) {
        return false;
      }
      out = std::move(access);
    }
    return true;
  }

  bool call(ArmExpressionParser::CallContext* tree, TemplateNode& out) {
    out.kind = TemplateNode::Kind::Call;
    out.begin = begin_of(tree->getStart());
    out.end = end_of(tree->getStop());
    for (antlr4::tree::TerminalNode* part : tree->IDENT())
      out.text += (out.text.empty() ? "" : ".") + part->getText();
    const std::vector<ArmExpressionParser::ExprContext*> arguments = tree->expr();
    if (arguments.size() > kMaxTemplateArguments)
      return fail("limit-exceeded", "a call has more than 128 arguments", out.begin,
                  end_of(arguments[kMaxTemplateArguments]->getStop()));
    out.children.resize(arguments.size());
    for (std::size_t i = 0; i < arguments.size(); ++i)
      if (!expression(arguments[i], out.children[i])) return false;
    return true;
  }

  bool string(TemplateNode& out) const {
    const std::string_view quoted = text_.substr(out.begin + 1, out.end - out.begin - 2);
    for (std::size_t i = 0; i < quoted.size(); ++i) {
      out.text += quoted[i];
      if (quoted[i] == '\'') ++i; // the second of a doubled quote
    }
    return true;
  }

  template <class Number> bool number(const antlr4::Token* token, TemplateNode& out, Number& into) {
    place(token, out);
    const std::string_view digits = text_of(out);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), into).ec == std::errc()) return true;
    return fail("number-range", "the number is too large", out.begin, out.end);
  }

  static void place(const antlr4::Token* token, TemplateNode& out) {
    out.begin = begin_of(token);
    out.end = end_of(token);
  }
  [[nodiscard]] std::string_view text_of(const TemplateNode& node) const {
    return text_.substr(node.begin, node.end - node.begin);
  }

  std::string_view text_;
  syntax::ByteStream stream_;
  ArmExpressionLexer lexer_;
  antlr4::CommonTokenStream tokens_;
  ArmExpressionParser parser_;
  std::vector<PlacedToken> places_;
  std::optional<TemplateError> error_;
};

} // namespace

StringClass classify_string(std::string_view text) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return StringClass::Literal;
  return text[1] == '[' ? StringClass::EscapedLiteral : StringClass::Expression;
}

std::variant<TemplateNode, TemplateError> parse_template(std::string_view text) {
  const std::string_view body = text.substr(1, text.size() - 2);
  // A character is at least one byte: only long texts are counted.
  if (body.size() > kMaxTemplateLength && count_code_points(body) > kMaxTemplateLength)
    return TemplateError{"limit-exceeded", "an expression has at most 81920 characters", 1,
                         static_cast<std::uint32_t>(text.size() - 1)};
  return TemplateReader(text).read();
}

} // namespace writ::azure
