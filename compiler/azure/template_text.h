// SPDX-License-Identifier: MIT
// IR operands as text of the [...] template language, and literals with its escape.
#pragma once

#include "ir/node.h"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

namespace writ::azure {

/// One enclosing `count` while a condition is printed: what `current()` and bound fields refer to.
struct CountScope {
  bool is_field = false;
  std::string name; ///< alias ending in [*], or the count's `name`
};

/// Why a node has no Azure Policy spelling.
struct NotExpressible {
  ir::NodeId node;
  std::string reason;
};

/// Prints operands. What cannot be said is left out; failures() tells which parts and why.
class TemplateWriter {
public:
  explicit TemplateWriter(const ir::Graph& graph) : graph_(graph) {}

  /// The operand as a JSON value of a policy rule: a literal (escaped), an array or object of such, or
  /// "[expression]".
  nlohmann::ordered_json value(ir::NodeId operand);
  /// The operand as expression text, without the outer brackets.
  std::string expression(ir::NodeId operand);
  /// Name of a field as it stands after `"field":`; respects enclosing counts.
  std::string field_name(const ir::Node& node, ir::NodeId id);

  /// While an existence condition is printed, the function field() reads the resource of the rule, not the
  /// related one.
  void set_in_existence(bool in_existence) { in_existence_ = in_existence; }

  /// Names of parameters ignore case; they are spelled as they are declared here.
  void declare(std::string name) { parameters_.push_back(std::move(name)); }

  std::vector<CountScope>& scopes() { return scopes_; }
  void fail(ir::NodeId node, std::string reason);
  /// In the order they were met; the later ones never follow from the earlier ones.
  [[nodiscard]] const std::vector<NotExpressible>& failures() const { return failures_; }

private:
  std::string parameter_expression(std::string_view name);
  std::string literal_expression(const Value& value);
  std::string current_expression(const ir::Node& node, ir::NodeId id);
  std::string member_expression(ir::NodeId id);
  const CountScope* scope(std::uint16_t binder, ir::NodeId id);

  const ir::Graph& graph_;
  bool in_existence_ = false;
  std::vector<CountScope> scopes_;
  std::vector<NotExpressible> failures_;
  std::vector<std::string> parameters_;
};

/// A string as it must stand in a policy rule so that Azure reads it as this literal: "[x]" becomes "[[x]".
std::string escape_literal(std::string_view text);

/// A value as ordered JSON; strings are not escaped for the template language.
nlohmann::ordered_json to_ordered_json(const Value& value);

} // namespace writ::azure
