// SPDX-License-Identifier: MIT
#include "azure/template_mistake.h"

#include <string>
#include <vector>

namespace writ::azure {

namespace {

using Kind = TemplateToken;

TemplateError mistake(std::string_view code, std::string message, std::uint32_t begin, std::uint32_t end) {
  return {code, std::move(message), begin, end};
}

/// The name that should have been a call: `at` stands behind `name` or `name.member`, which begin an
/// expression rather than continue one. The number of tokens when there is none.
std::size_t bare_name(std::span<const PlacedToken> tokens, std::size_t at) {
  if (at == 0) return tokens.size();
  std::size_t name = at - 1;
  if (tokens[name].kind == Kind::Dot && name > 0) --name;
  if (tokens[name].kind != Kind::Identifier) return tokens.size();
  while (name >= 2 && tokens[name - 1].kind == Kind::Dot && tokens[name - 2].kind == Kind::Identifier)
    name -= 2;
  return name >= 1 && tokens[name - 1].kind == Kind::Dot ? tokens.size() : name;
}

/// The innermost bracket that is open before `at`; the number of tokens when there is none.
std::size_t open_bracket(std::span<const PlacedToken> tokens, std::size_t at) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < at; ++i) {
    if (tokens[i].kind == Kind::LeftParen || tokens[i].kind == Kind::LeftBracket) open.push_back(i);
    if ((tokens[i].kind == Kind::RightParen || tokens[i].kind == Kind::RightBracket) && !open.empty())
      open.pop_back();
  }
  return open.empty() ? tokens.size() : open.back();
}

/// An expression should begin here.
TemplateError no_expression(std::string_view text, const PlacedToken& token) {
  std::string why = "expected an expression";
  if (token.kind == Kind::LeftParen) why = "parentheses do not group: expected an expression";
  if (token.kind == Kind::Unexpected && text[token.begin] == '"') why = "strings stand in single quotes";
  if (token.kind == Kind::Unexpected && text[token.begin] == '-')
    why = "there is no minus sign but before digits: use sub(0, …)";
  return mistake("expected-expression", std::move(why), token.begin, token.begin + 1);
}

/// An expression is complete; what stands here neither continues it nor closes what is around it.
TemplateError after_expression(std::string_view text, std::span<const PlacedToken> tokens, std::size_t at) {
  const PlacedToken& token = tokens[at];
  const std::size_t open = open_bracket(tokens, at);
  if (open < tokens.size() && tokens[open].kind == Kind::LeftBracket)
    return mistake("expected-bracket", "expected `]`", tokens[open].begin, token.begin);
  if (token.kind == Kind::LeftParen)
    return mistake("not-callable", "only a function name can be called", token.begin, token.end);
  if (open == tokens.size())
    return mistake("trailing-input", "the expression ends before this", token.begin,
                   static_cast<std::uint32_t>(text.size() - 1));
  if (token.kind == Kind::End)
    return mistake("expected-parenthesis", "the call is not closed: expected `)`", tokens[open].begin,
                   token.begin);
  return mistake("expected-parenthesis", "expected `,` or `)`", token.begin, token.begin + 1);
}

} // namespace

TemplateError template_mistake(std::string_view text, std::span<const PlacedToken> tokens, std::size_t at) {
  const PlacedToken& token = tokens[at];
  if (token.kind == Kind::Unterminated)
    return mistake("unterminated-string", "the string has no closing quote", token.begin, token.end);
  if (tokens.size() == 1)
    return mistake("empty-expression", "the brackets hold no expression", 0,
                   static_cast<std::uint32_t>(text.size()));
  if (const std::size_t name = bare_name(tokens, at); name < tokens.size()) {
    const std::string word(text.substr(tokens[name].begin, tokens[name].end - tokens[name].begin));
    return mistake("bare-identifier", "`" + word + "` is no value: write `" + word + "()` for a function",
                   tokens[name].begin, tokens[name].end);
  }
  const Kind before = at > 0 ? tokens[at - 1].kind : Kind::Comma;
  switch (before) {
  case Kind::Dot:
    return mistake("expected-property", "expected a property name after `.`", token.begin, token.begin + 1);
  case Kind::LeftParen:
  case Kind::LeftBracket:
  case Kind::Comma:
    return no_expression(text, token);
  default:
    return after_expression(text, tokens, at);
  }
}

} // namespace writ::azure
