// SPDX-License-Identifier: MIT
#include "syntax/antlr_tokens.h"
#include "writ/text.h"

#include "WritLexer.h"
#include "WritParser.h"

#include <array>

namespace writ::syntax {

namespace {

using grammar::WritLexer;
using grammar::WritParser; // words of initiatives are tokens of the parser only

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

/// Blanks that are not ASCII, and marks without width.
bool is_blank_code_point(char32_t c) {
  return (c >= 0x80 && c <= 0xA0) || c == 0xAD || (c >= 0x2000 && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202F) || c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

/// "U+00A0".
std::string code_point_name(char32_t c) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string digits;
  for (; c != 0 || digits.size() < 4; c >>= 4)
    digits.insert(digits.begin(), kHex[c & 15]);
  return "U+" + digits;
}

/// Words that begin a declaration or an item, and `as`.
bool is_item_keyword(size_t type) {
  switch (type) {
  case WritLexer::MODULE:
  case WritLexer::USE:
  case WritLexer::CONTROL:
  case WritLexer::PARAM:
  case WritLexer::ON:
  case WritLexer::AS:
  case WritLexer::WHERE:
  case WritLexer::REQUIRE:
  case WritLexer::LET:
  case WritLexer::PRIVATE:
  case WritLexer::FN:
  case WritLexer::RECORD:
  case WritLexer::FRAMEWORK:
  case WritLexer::TEST:
  case WritLexer::DEFINITION:
  case WritLexer::INITIATIVE:
    return true;
  default:
    return false;
  }
}

/// Words of an initiative block.
struct InitiativeWord {
  std::string_view text;
  size_t type;
};
constexpr std::array<InitiativeWord, 8> kInitiativeWords = {{{"include", WritParser::INCLUDE},
                                                             {"except", WritParser::EXCEPT},
                                                             {"with", WritParser::WITH},
                                                             {"group", WritParser::GROUP},
                                                             {"groups", WritParser::GROUPS},
                                                             {"from", WritParser::FROM},
                                                             {"set", WritParser::SET},
                                                             {"forwards", WritParser::FORWARDS}}};

/// True when what follows these tokens is a name, whatever it is called.
bool expects_name(size_t last) {
  switch (last) {
  case WritLexer::DOT:
  case WritLexer::COMMA:
  case WritLexer::ASSIGN:
  case WritLexer::PARAM:
  case WritLexer::AS:
  case WritLexer::IN:
  case WritParser::INCLUDE:
  case WritParser::EXCEPT:
  case WritParser::FROM:
  case WritParser::SET:
    return true;
  default:
    return false;
  }
}

bool is_declaration_keyword(size_t type) {
  return is_item_keyword(type) && type != WritLexer::PARAM && type != WritLexer::ON &&
         type != WritLexer::AS && type != WritLexer::WHERE && type != WritLexer::REQUIRE;
}

/// True when an item may begin right behind these two tokens: behind a complete expression, value or item.
bool may_precede_item(size_t before, size_t last) {
  // A property or a part of a type may have any name.
  if ((before == WritLexer::DOT || before == WritLexer::SLASH) && last != WritLexer::LBRACE) return true;
  switch (last) {
  case 0: // the beginning of the file
  case WritLexer::IDENT:
  case WritLexer::STRING:
  case WritLexer::INTEGER:
  case WritLexer::FLOAT:
  case WritLexer::DURATION:
  case WritLexer::TRUE:
  case WritLexer::FALSE:
  case WritLexer::NULL_:
  case WritLexer::EXISTS:
  case WritLexer::PRIVATE:
  case WritLexer::RPAREN:
  case WritLexer::RBRACK:
  case WritLexer::RBRACE:
  case WritLexer::STAR:
    return true;
  case WritLexer::LBRACE:
    return before != WritLexer::DOT; // use a.{on, as}
  default:
    // `mode all`
    return (last == WritLexer::ALL || last == WritLexer::ANY || last == WritLexer::NONE) &&
           before == WritLexer::IDENT;
  }
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
  size_t last = 0;
  for (const std::unique_ptr<antlr4::Token>& token : _tokens)
    if (auto* common = dynamic_cast<antlr4::CommonToken*>(token.get())) {
      if (token->getType() == WritLexer::STAR && last != WritLexer::DOT)
        common->setType(WritLexer::UNEXPECTED);
      mend(*common, base, errors);
      if (token->getChannel() == antlr4::Token::DEFAULT_CHANNEL) last = token->getType();
    }
  find_places();
  free_keywords();
  find_initiative_words();
  seek(0); // the first token may have been hidden just now
}

void TokenList::find_places() {
  places_.assign(_tokens.size(), {});
  std::uint32_t depth = 0;
  std::size_t last_line = 0;
  for (std::size_t i = 0; i < _tokens.size(); ++i) {
    const antlr4::Token& token = *_tokens[i];
    if (token.getChannel() != antlr4::Token::DEFAULT_CHANNEL) continue;
    TokenPlace& place = places_[i];
    place.first_on_line = token.getLine() != last_line;
    last_line = token.getLine();
    const size_t type = token.getType();
    if (place.first_on_line && token.getCharPositionInLine() == 0 && is_declaration_keyword(type)) depth = 0;
    const bool closes = type == WritLexer::RPAREN || type == WritLexer::RBRACK || type == WritLexer::RBRACE;
    if (closes && depth > 0) --depth;
    place.depth = depth;
    if (type == WritLexer::LPAREN || type == WritLexer::LBRACK || type == WritLexer::LBRACE) ++depth;
  }
}

void TokenList::free_keywords() {
  std::vector<antlr4::CommonToken*> visible;
  for (const std::unique_ptr<antlr4::Token>& token : _tokens)
    if (auto* common = dynamic_cast<antlr4::CommonToken*>(token.get());
        common && token->getChannel() == antlr4::Token::DEFAULT_CHANNEL)
      visible.push_back(common);
  size_t before = 0;
  size_t last = 0;
  for (std::size_t i = 0; i < visible.size(); ++i) {
    antlr4::CommonToken& token = *visible[i];
    if (is_item_keyword(token.getType())) {
      const bool key = i + 1 < visible.size() && visible[i + 1]->getType() == WritLexer::COLON;
      const bool begins_line = places_[token.getTokenIndex()].first_on_line;
      if (key || (!begins_line && !may_precede_item(before, last))) token.setType(WritLexer::IDENT);
    }
    before = last;
    last = token.getType();
  }
}

void TokenList::find_initiative_words() {
  bool inside = false;
  size_t last = 0;
  for (std::size_t i = 0; i < _tokens.size(); ++i) {
    auto* token = dynamic_cast<antlr4::CommonToken*>(_tokens[i].get());
    if (!token || token->getChannel() != antlr4::Token::DEFAULT_CHANNEL) continue;
    const TokenPlace& place = places_[i];
    if (place.depth == 0 && is_declaration_keyword(token->getType()))
      inside = token->getType() == WritLexer::INITIATIVE;
    if (inside && place.depth == 1 && token->getType() == WritLexer::IDENT && !expects_name(last)) {
      const std::string text = token->getText();
      for (const InitiativeWord& word : kInitiativeWords)
        if (word.text == text) token->setType(word.type);
      // `groups [ … ]` is a member of the document as Azure writes it.
      if (token->getType() == WritParser::GROUPS && is_next(i, WritLexer::LBRACK))
        token->setType(WritLexer::IDENT);
    }
    last = token->getType();
  }
}

bool TokenList::is_next(std::size_t index, size_t type) const {
  for (std::size_t i = index + 1; i < _tokens.size(); ++i)
    if (_tokens[i]->getChannel() == antlr4::Token::DEFAULT_CHANNEL) return _tokens[i]->getType() == type;
  return false;
}

void TokenList::mend(antlr4::CommonToken& token, std::uint32_t base, ErrorReporter& errors) {
  const size_t type = token.getType();
  if (type == antlr4::Token::EOF || type < WritLexer::UNFINISHED_STRING) return;
  const std::string text = token.getText();
  const auto begin = base + static_cast<std::uint32_t>(token.getStartIndex());
  const Span span{begin, begin + static_cast<std::uint32_t>(text.size())};
  auto replace_by = [&](std::string right, size_t right_type) {
    errors.add(
        Diagnostic(Code::UnexpectedCharacter, span, "`" + text + "` is no operator here").edit(span, right));
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
  case WritLexer::BAD_NUMBER:
    errors.add(
        Diagnostic(Code::SyntaxError, span, "`" + text + "` is neither a number nor a duration")
            .note("a duration is a whole number with `d`, `h`, `m` or `s`; an exponent needs a fraction, as "
                  "in `1.0e5`"));
    token.setType(WritLexer::INTEGER);
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
  case WritLexer::FOREIGN_WORD:
    mend_word(token, base, errors);
    break;
  default: {
    const bool printable = text[0] > 0x20 && text[0] < 0x7F;
    Diagnostic d(Code::UnexpectedCharacter, span,
                 printable ? "unexpected character `" + text + "`"
                           : "unexpected character " + code_point_name(static_cast<unsigned char>(text[0])));
    if (std::string hint = hint_for(text); !hint.empty()) d.notes.push_back(std::move(hint));
    errors.add(std::move(d));
    // A control character parts words at most.
    if (text == ";" || !printable) token.setChannel(antlr4::Token::HIDDEN_CHANNEL);
    break;
  }
  }
}

/// A word with characters that are not ASCII: a name in another alphabet, or a blank from a web page.
void TokenList::mend_word(antlr4::CommonToken& token, std::uint32_t base, ErrorReporter& errors) {
  const std::string text = token.getText();
  std::size_t first = 0;
  while (static_cast<unsigned char>(text[first]) < 0x80)
    ++first;
  std::size_t end = first;
  const char32_t c = next_code_point(text, end);
  const auto begin = base + static_cast<std::uint32_t>(token.getStartIndex());
  const Span span{begin + static_cast<std::uint32_t>(first), begin + static_cast<std::uint32_t>(end)};
  const bool blank = is_blank_code_point(c);
  Diagnostic d(Code::UnexpectedCharacter, span,
               blank ? "unexpected character " + code_point_name(c)
                     : "unexpected character `" + text.substr(first, end - first) + "`");
  if (blank)
    d.notes.emplace_back(
        "this blank looks like an ordinary one; it often comes along with text from a web page");
  else
    d.notes.emplace_back("names have the letters a to z, digits and `_`");
  errors.add(std::move(d));
  if (blank && first == 0 && end == text.size())
    token.setChannel(antlr4::Token::HIDDEN_CHANNEL);
  else
    token.setType(WritLexer::IDENT);
}

} // namespace writ::syntax
