// SPDX-License-Identifier: MIT
// The template expression language: which strings are expressions, and their syntax tree.
// Source: "When is a JSON string an expression?", "Lexical grammar and syntax".
#pragma once

#include "json.h"
#include "truth.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace writ::reference {

struct FunctionRow;

enum class StringClass { Literal, Escaped, Expression };
StringClass classify_string(std::string_view text);
/// A literal as it reads: escaped ones lose their first bracket.
std::string literal_text(std::string_view text);

struct Expression {
  enum class Kind { Literal, Call, Access };

  Kind kind = Kind::Literal;
  json literal;                          ///< Literal
  const FunctionRow* function = nullptr; ///< Call
  std::vector<Expression> parts;         ///< Call: arguments. Access: object, key
};

/// Parses the text between the outer brackets. Names, arity and limits are checked as well.
std::variant<Expression, Failure> parse_expression(std::string_view body);

/// Expressions by their whole text, parsed once. Failures are kept too.
class ExpressionCache {
public:
  /// Either an expression or a failure, never both null.
  struct Entry {
    std::unique_ptr<Expression> expression;
    Failure failure;
  };
  /// `text` is a whole string of class Expression.
  const Entry& find(const std::string& text);

private:
  std::unordered_map<std::string, Entry> entries_;
};

/// Number of calls in the expression.
std::size_t count_calls(const Expression& expression);

} // namespace writ::reference
