// SPDX-License-Identifier: MIT
// Expressions of a definition block as conditions and template expressions of a policy rule. Private to
// definition_block.
#pragma once

#include "azure/json_doc.h"
#include "syntax/ast.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace writ::azure {

class BlockWriter {
public:
  BlockWriter(const syntax::DefinitionDecl& decl, Arena& arena, Diagnostics& diagnostics);

  /// A condition: `a and b`, `account.kind == "x"`, `count(…) > 0`, `condition({ … })`.
  JsonNode condition(const syntax::Expr& e);
  /// A value of the rule: strings are literals, expressions become "[…]".
  JsonNode value(const syntax::Expr& e);
  /// Plain data: no expressions.
  JsonNode data(const syntax::Expr& e);
  /// `details`: values, but the deployment template is plain data.
  JsonNode details(const syntax::Expr& e);

  JsonNode text(std::string_view text, Span span);
  JsonNode array(const std::vector<JsonNode>& elements, Span span);
  JsonNode object(const std::vector<std::pair<std::string, JsonNode>>& members, Span span);

private:
  /// A name that stands for an element of a count.
  struct Element {
    std::string name;
    std::string alias; ///< ending in [*]; empty: count over values
  };

  JsonNode junction(const char* key, const syntax::Expr& e);
  JsonNode test(const syntax::Expr& e, std::string_view op, const syntax::Expr& left, JsonNode right);
  JsonNode counted(const syntax::Expr& e);
  JsonNode report(Span span, std::string message);
  /// The name of the field that an expression is when it stands left of an operator.
  std::optional<std::string> field_name(const syntax::Expr& e);
  std::optional<std::string> place(const syntax::Expr& e);
  /// Text of a template expression, without brackets.
  std::string expression(const syntax::Expr& e);
  std::string call(const syntax::Expr& e);
  std::string name(const syntax::Expr& e);
  const syntax::Expr* let(const std::string& name) const;
  const Element* element(const std::string& name) const;
  JsonNode details_at(const syntax::Expr& e, const std::vector<std::string>& path);

  const syntax::DefinitionDecl& decl_;
  Arena& arena_;
  Diagnostics& diagnostics_;
  std::vector<Element> elements_;
  std::vector<std::string> open_lets_;
};

/// The string of a call with one argument in quotes, such as field("…"); null otherwise.
const std::string* quoted_argument(const syntax::Expr& e, std::string_view function);

} // namespace writ::azure
