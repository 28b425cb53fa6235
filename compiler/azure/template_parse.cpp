// SPDX-License-Identifier: MIT
#include "azure/template_parse.h"

#include <charconv>
#include <optional>
#include <system_error>

namespace writ::azure {

namespace {

bool is_template_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_template_digit(char c) { return c >= '0' && c <= '9'; }

class TemplateReader {
public:
  explicit TemplateReader(std::string_view text)
      : text_(text.substr(0, text.size() - 1)), at_(1) {} // without the outer brackets

  std::variant<TemplateNode, TemplateError> read() {
    if (text_.size() > kMaxTemplateLength) {
      fail("limit-exceeded", "an expression has at most 81920 characters", 1, text_.size());
      return *error_;
    }
    skip_blanks();
    if (at_ == text_.size()) {
      fail("empty-expression", "the brackets hold no expression", 0, text_.size() + 1);
      return *error_;
    }
    TemplateNode node;
    if (!expression(node, 0)) return *error_;
    skip_blanks();
    if (at_ < text_.size()) {
      if (text_[at_] == '(')
        fail("not-callable", "only a function name can be called", at_, at_ + 1);
      else
        fail("trailing-input", "the expression ends before this", at_, text_.size());
      return *error_;
    }
    return node;
  }

private:
  bool fail(std::string_view code, std::string message, std::size_t begin, std::size_t end) {
    if (!error_)
      error_ = TemplateError{code, std::move(message), static_cast<std::uint32_t>(begin),
                             static_cast<std::uint32_t>(end)};
    return false;
  }
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip_blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }

  bool expression(TemplateNode& out, int depth) {
    if (depth > kMaxTemplateNesting)
      return fail("limit-exceeded", "calls are nested more than 64 deep", at_, at_ + 1);
    if (!primary(out, depth)) return false;
    for (int accessors = 0;; ++accessors) {
      skip_blanks();
      const char c = peek();
      if (c != '.' && c != '[') return true;
      if (accessors > kMaxTemplateNesting)
        return fail("limit-exceeded", "too many property accesses in a row", at_, at_ + 1);
      TemplateNode key;
      if (!(c == '.' ? property(key) : index(key, depth))) return false;
      TemplateNode member;
      member.kind = TemplateNode::Kind::Member;
      member.begin = out.begin;
      member.end = static_cast<std::uint32_t>(at_);
      member.children.push_back(std::move(out));
      member.children.push_back(std::move(key));
      out = std::move(member);
    }
  }

  bool property(TemplateNode& key) {
    ++at_;
    skip_blanks();
    key.begin = static_cast<std::uint32_t>(at_);
    key.text = identifier();
    key.end = static_cast<std::uint32_t>(at_);
    if (key.text.empty())
      return fail("expected-property", "expected a property name after `.`", at_, at_ + 1);
    return true;
  }

  bool index(TemplateNode& key, int depth) {
    const std::size_t open = at_++;
    skip_blanks();
    if (!expression(key, depth + 1)) return false;
    skip_blanks();
    if (peek() != ']') return fail("expected-bracket", "expected `]`", open, at_);
    ++at_;
    return true;
  }

  std::string identifier() {
    if (!is_template_letter(peek())) return {};
    const std::size_t begin = at_;
    while (is_template_letter(peek()) || is_template_digit(peek()))
      ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  bool primary(TemplateNode& out, int depth) {
    skip_blanks();
    out.begin = static_cast<std::uint32_t>(at_);
    const char c = peek();
    bool ok = false;
    if (c == '\'')
      ok = string(out);
    else if (is_template_digit(c) ||
             (c == '-' && at_ + 1 < text_.size() && is_template_digit(text_[at_ + 1])))
      ok = number(out);
    else if (is_template_letter(c))
      ok = call(out, depth);
    else if (at_ >= text_.size())
      return fail("expected-expression", "expected an expression", text_.size(), text_.size() + 1);
    else if (c == '(')
      return fail("expected-expression", "parentheses do not group: expected an expression", at_, at_ + 1);
    else if (c == '"')
      return fail("expected-expression", "strings stand in single quotes", at_, at_ + 1);
    else if (c == '-')
      return fail("expected-expression", "there is no minus sign but before digits: use sub(0, …)", at_,
                  at_ + 1);
    else
      return fail("expected-expression", "expected an expression", at_, at_ + 1);
    out.end = static_cast<std::uint32_t>(at_);
    return ok;
  }

  bool string(TemplateNode& out) {
    out.kind = TemplateNode::Kind::String;
    const std::size_t open = at_++;
    while (at_ < text_.size()) {
      if (text_[at_] != '\'') {
        out.text += text_[at_++];
        continue;
      }
      ++at_;
      if (peek() != '\'') return true;
      out.text += '\'';
      ++at_;
    }
    return fail("unterminated-string", "the string has no closing quote", open, text_.size());
  }

  bool number(TemplateNode& out) {
    const std::size_t begin = at_;
    if (peek() == '-') ++at_;
    digits();
    out.kind = TemplateNode::Kind::Integer;
    if (peek() == '.' && at_ + 1 < text_.size() && is_template_digit(text_[at_ + 1])) {
      out.kind = TemplateNode::Kind::Float;
      ++at_;
      digits();
      exponent();
    }
    const char* from = text_.data() + begin;
    const char* to = text_.data() + at_;
    const std::errc problem = out.kind == TemplateNode::Kind::Integer
                                  ? std::from_chars(from, to, out.integer).ec
                                  : std::from_chars(from, to, out.number).ec;
    if (problem != std::errc()) return fail("number-range", "the number is too large", begin, at_);
    if (is_template_letter(peek()))
      return fail("trailing-input", "the number ends before this", at_, at_ + 1);
    return true;
  }
  void digits() {
    while (is_template_digit(peek()))
      ++at_;
  }
  void exponent() {
    if (peek() != 'e' && peek() != 'E') return;
    std::size_t at = at_ + 1;
    if (at < text_.size() && (text_[at] == '+' || text_[at] == '-')) ++at;
    if (at >= text_.size() || !is_template_digit(text_[at])) return;
    at_ = at;
    digits();
  }

  bool call(TemplateNode& out, int depth) {
    out.kind = TemplateNode::Kind::Call;
    const std::size_t begin = at_;
    out.text = identifier();
    std::size_t name_end = at_;
    skip_blanks();
    // A dot before the parenthesis makes a user-defined name: namespace.function(…).
    if (peek() == '.') {
      const std::size_t back = at_++;
      skip_blanks();
      const std::string member = identifier();
      const std::size_t member_end = at_;
      skip_blanks();
      if (!member.empty() && peek() == '(') {
        out.text += "." + member;
        name_end = member_end;
      } else {
        at_ = back;
      }
    }
    if (peek() != '(')
      return fail("bare-identifier",
                  "`" + out.text + "` is no value: write `" + out.text + "()` for a function", begin,
                  name_end);
    const std::size_t open = at_++;
    skip_blanks();
    if (peek() == ')') {
      ++at_;
      return true;
    }
    while (true) {
      TemplateNode argument;
      if (!expression(argument, depth + 1)) return false;
      out.children.push_back(std::move(argument));
      if (out.children.size() > kMaxTemplateArguments)
        return fail("limit-exceeded", "a call has more than 128 arguments", begin, at_);
      skip_blanks();
      if (peek() == ')') {
        ++at_;
        return true;
      }
      if (peek() != ',') {
        if (at_ >= text_.size())
          return fail("expected-parenthesis", "the call is not closed: expected `)`", open, at_);
        if (peek() == '(') return fail("not-callable", "only a function name can be called", at_, at_ + 1);
        return fail("expected-parenthesis", "expected `,` or `)`", at_, at_ + 1);
      }
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_;
  std::optional<TemplateError> error_;
};

} // namespace

StringClass classify_string(std::string_view text) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return StringClass::Literal;
  return text[1] == '[' ? StringClass::EscapedLiteral : StringClass::Expression;
}

std::variant<TemplateNode, TemplateError> parse_template(std::string_view text) {
  return TemplateReader(text).read();
}

} // namespace writ::azure
