// SPDX-License-Identifier: MIT
#include "syntax/antlr_tokens.h"

#include "WritLexer.h"

namespace writ::syntax {

namespace {

using grammar::WritLexer;

constexpr std::size_t kFetchStep = 4096;

/// What a character of another language probably meant.
std::string hint_for(std::string_view text) {
  if (text == "+" || text == "*" || text == "%")
    return "there are no arithmetic operators; call `add`, `sub`, `mul`, `div` or `mod`";
  if (text == "#") return "comments begin with `//`";
  if (text == ";") return "declarations and clauses need no separator";
  if (text == "?") return "write `if … then … else …`";
  if (text == "|" || text == "&") return "conditions are joined with `and` and `or`";
  if (text == "'") return "strings stand in double quotes";
  return {};
}

bool is_printable(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x21 || c == 0x7F) return false;
  return true;
}

} // namespace

void TokenList::read_all(std::size_t most, std::uint32_t base, ErrorReporter& errors) {
  lazyInit();
  while (fetch(kFetchStep) == kFetchStep) {
    if (_tokens.size() <= most) continue;
    errors.add(Diagnostic(Code::SourceTooLarge, {base, base + 1},
                          "the file has more than " + std::to_string(most) + " words and signs"));
    throw StopParsing{};
  }
  for (const std::unique_ptr<antlr4::Token>& token : _tokens)
    if (auto* common = dynamic_cast<antlr4::CommonToken*>(token.get())) mend(*common, base, errors);
  seek(0); // the first token may have been hidden just now
}

void TokenList::mend(antlr4::CommonToken& token, std::uint32_t base, ErrorReporter& errors) {
  const size_t type = token.getType();
  if (type == antlr4::Token::EOF || type < WritLexer::UNFINISHED_STRING) return;
  const std::string text = token.getText();
  const auto begin = base + static_cast<std::uint32_t>(token.getStartIndex());
  const Span span{begin, begin + static_cast<std::uint32_t>(text.size())};
  auto replace_by = [&](std::string right, size_t right_type) {
    errors.add(Diagnostic(Code::UnexpectedCharacter, span, "`" + text + "` is no operator here")
                   .note("write `" + right + "`")
                   .edit(span, right));
    token.setType(right_type);
  };
  switch (type) {
  case WritLexer::UNFINISHED_STRING:
    errors.add(Diagnostic(Code::UnfinishedString, span, "this string has no closing `\"` on its line"));
    token.setType(WritLexer::STRING);
    break;
  case WritLexer::SINGLE_QUOTED: {
    const std::string right = '"' + text.substr(1, text.size() - 2) + '"';
    errors.add(
        Diagnostic(Code::UnexpectedCharacter, span, "strings stand in double quotes").edit(span, right));
    token.setType(WritLexer::STRING);
    break;
  }
  case WritLexer::UNFINISHED_COMMENT:
    // The comment runs to the end of the file: point at its beginning.
    errors.add(Diagnostic(Code::UnfinishedComment, {begin, begin + 2}, "this comment has no `*/`"));
    token.setChannel(antlr4::Token::HIDDEN_CHANNEL);
    break;
  case WritLexer::FOREIGN_AND:
    replace_by("and", WritLexer::AND);
    break;
  case WritLexer::FOREIGN_OR:
    replace_by("or", WritLexer::OR);
    break;
  case WritLexer::FOREIGN_NOT:
    replace_by("not", WritLexer::NOT);
    break;
  default: {
    Diagnostic d(Code::UnexpectedCharacter, span,
                 is_printable(text) ? "unexpected character `" + text + "`" : "unexpected character");
    if (std::string hint = hint_for(text); !hint.empty()) d.notes.push_back(std::move(hint));
    errors.add(std::move(d));
    // What is neither letter nor sign (a control character, a no-break space) parts words at most.
    if (text == ";" || !is_printable(text) || static_cast<unsigned char>(text[0]) >= 0x80)
      token.setChannel(antlr4::Token::HIDDEN_CHANNEL);
    break;
  }
  }
}

} // namespace writ::syntax
