// SPDX-License-Identifier: MIT
#include "expression.h"

#include "functions.h"
#include "text.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace writ::reference {
namespace {

constexpr std::size_t kMaxExpressionLength = 81920;
constexpr std::size_t kMaxArguments = 128;
constexpr int kMaxNesting = 64;

bool is_ident_start(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Thrown inside this file only; parse_expression turns it into a Failure.
struct SyntaxError {
  Failure failure;
};

class ExpressionParser {
public:
  explicit ExpressionParser(std::string_view text) : text_(text) {}

  Expression program() {
    skip_blanks();
    if (at_end()) fail("empty-expression", "the expression is empty");
    Expression result = expression(0);
    skip_blanks();
    if (!at_end()) fail("trailing-input", "text after the expression");
    return result;
  }

private:
  [[noreturn]] void fail(std::string code, const std::string& message) const {
    throw SyntaxError{{std::move(code), message + " at offset " + std::to_string(at_)}};
  }
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
  void skip_blanks() {
    while (!at_end() && std::string_view(" \t\r\n").find(peek()) != std::string_view::npos)
      ++at_;
  }
  bool accept(char c) {
    skip_blanks();
    if (at_end() || peek() != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!accept(c)) fail(std::string("expected \"") + c + "\"", std::string("expected ") + c);
  }

  Expression expression(int depth) {
    if (depth > kMaxNesting) fail("limit-exceeded", "calls are nested too deeply");
    Expression result = primary(depth);
    for (;;) {
      if (accept('.')) {
        skip_blanks();
        if (!is_ident_start(peek())) fail("expected-identifier", "expected a property name");
        result = access(std::move(result), literal(std::string(identifier())));
      } else if (accept('[')) {
        Expression key = expression(depth + 1);
        expect(']');
        result = access(std::move(result), std::move(key));
      } else {
        if (peek() == '(') fail("not-callable", "only a name can be called");
        return result;
      }
    }
  }

  Expression primary(int depth) {
    skip_blanks();
    const char c = peek();
    if (c == '\'') return string_literal();
    if (is_digit(c) || (c == '-' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) return number();
    if (is_ident_start(c)) return call(depth);
    fail("expected-expression", "expected a call, a string or a number");
  }

  std::string_view identifier() {
    const std::size_t begin = at_;
    while (!at_end() && (is_ident_start(peek()) || is_digit(peek())))
      ++at_;
    return text_.substr(begin, at_ - begin);
  }

  Expression call(int depth) {
    const std::string name(identifier());
    skip_blanks();
    if (peek() == '.') {
      const std::size_t mark = at_;
      ++at_;
      skip_blanks();
      if (is_ident_start(peek())) {
        identifier();
        if (accept('(')) fail("function-not-allowed", "user-defined functions are not available");
      }
      at_ = mark;
    }
    if (!accept('(')) fail("bare-identifier", "'" + name + "' without parentheses");
    if (depth >= kMaxNesting) fail("limit-exceeded", "calls are nested too deeply");

    Expression result;
    result.kind = Expression::Kind::Call;
    if (!accept(')')) {
      do {
        skip_blanks();
        result.parts.push_back(expression(depth + 1));
      } while (accept(','));
      expect(')');
    }
    result.function = find_function(name);
    if (result.function == nullptr)
      fail(is_forbidden_function(name) ? "function-not-allowed" : "unknown-function",
           "function '" + name + "' is not available");
    if (result.parts.size() > kMaxArguments) fail("limit-exceeded", "too many arguments");
    if (!accepts_arity(*result.function, result.parts.size()))
      fail("arity", "wrong number of arguments for '" + name + "'");
    return result;
  }

  Expression string_literal() {
    std::string value;
    for (++at_;; ++at_) {
      if (at_end()) fail("unterminated-string", "a string without its closing apostrophe");
      if (peek() == '\'') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '\'') break;
        ++at_;
      }
      value.push_back(peek());
    }
    ++at_;
    return literal(std::move(value));
  }

  Expression number() {
    const std::size_t begin = at_;
    ++at_;
    while (is_digit(peek()))
      ++at_;
    bool integral = true;
    if (peek() == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) {
      integral = false;
      ++at_;
      while (is_digit(peek()))
        ++at_;
      if (peek() == 'e' || peek() == 'E') {
        std::size_t next = at_ + 1;
        if (next < text_.size() && (text_[next] == '+' || text_[next] == '-')) ++next;
        if (next < text_.size() && is_digit(text_[next])) {
          at_ = next;
          while (is_digit(peek()))
            ++at_;
        }
      }
    }
    const char* first = text_.data() + begin;
    const char* last = text_.data() + at_;
    if (integral) {
      std::int64_t value = 0;
      if (std::from_chars(first, last, value).ec != std::errc())
        fail("number-range", "the number does not fit 64 bits");
      return literal(value);
    }
    double value = 0;
    if (std::from_chars(first, last, value).ec != std::errc())
      fail("number-range", "the number is out of range");
    return literal(value);
  }

  static Expression literal(json value) {
    Expression e;
    e.literal = std::move(value);
    return e;
  }
  static Expression access(Expression object, Expression key) {
    Expression e;
    e.kind = Expression::Kind::Access;
    e.parts.push_back(std::move(object));
    e.parts.push_back(std::move(key));
    return e;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

} // namespace

StringClass classify_string(std::string_view text) {
  if (text.empty() || text.front() != '[' || text.back() != ']') return StringClass::Literal;
  if (text.size() > 1 && text[1] == '[') return StringClass::Escaped;
  return text.size() > 1 ? StringClass::Expression : StringClass::Literal;
}

std::string literal_text(std::string_view text) {
  return std::string(classify_string(text) == StringClass::Escaped ? text.substr(1) : text);
}

std::variant<Expression, Failure> parse_expression(std::string_view body) {
  if (body.size() > kMaxExpressionLength) return Failure{"limit-exceeded", "the expression is too long"};
  try {
    return ExpressionParser(body).program();
  } catch (const SyntaxError& error) {
    return error.failure;
  }
}

const ExpressionCache::Entry& ExpressionCache::find(const std::string& text) {
  const auto known = entries_.find(text);
  if (known != entries_.end()) return known->second;
  Entry entry;
  auto parsed = parse_expression(std::string_view(text).substr(1, text.size() - 2));
  if (auto* expression = std::get_if<Expression>(&parsed))
    entry.expression = std::make_unique<Expression>(std::move(*expression));
  else
    entry.failure = std::get<Failure>(std::move(parsed));
  return entries_.emplace(text, std::move(entry)).first->second;
}

std::size_t count_calls(const Expression& expression) {
  std::size_t calls = expression.kind == Expression::Kind::Call ? 1 : 0;
  for (const Expression& part : expression.parts)
    calls += count_calls(part);
  return calls;
}

} // namespace writ::reference
