// SPDX-License-Identifier: MIT
// The template language inside "[...]" strings, as a tree. Language: grammar/ArmExpression.g4.
// Source: docs/azure-policy-semantics.md, "Template expressions".
#pragma once

#include "ir/limits.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace writ::azure {

/// What a JSON string of a policy rule is.
enum class StringClass : std::uint8_t {
  Literal,        ///< itself
  EscapedLiteral, ///< begins with [[ and ends with ]: without its first character
  Expression      ///< [ … ]
};
StringClass classify_string(std::string_view text);

struct TemplateNode {
  enum class Kind : std::uint8_t {
    String,
    Integer,
    Float,
    Call,  ///< text = function name as written; children = arguments
    Member ///< children = container, key
  };
  Kind kind = Kind::String;
  std::string text;
  std::int64_t integer = 0;
  double number = 0;
  std::vector<TemplateNode> children;
  std::uint32_t begin = 0; ///< byte range within the JSON string
  std::uint32_t end = 0;
};

/// A mistake; `code` is the stable word of the semantics page ("empty-expression", "bare-identifier", …).
struct TemplateError {
  std::string_view code;
  std::string message;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

inline constexpr std::size_t kMaxTemplateLength = most(Limit::ExpressionLength);
inline constexpr std::size_t kMaxTemplateArguments = most(Limit::FunctionArguments);
inline constexpr int kMaxTemplateNesting = static_cast<int>(most(Limit::NestedFunctions));

/// `text`: the whole JSON string, brackets included; requires classify_string(text) == Expression.
std::variant<TemplateNode, TemplateError> parse_template(std::string_view text);

} // namespace writ::azure
