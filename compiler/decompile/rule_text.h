// SPDX-License-Identifier: MIT
// Conditions and values of a policy rule as Writ expressions. What has no spelling keeps its own: arm("[…]")
// for template expressions, condition({ … }) for conditions, field("…") for names.
#pragma once

#include "azure/json_doc.h"
#include "azure/template_parse.h"

#include <set>
#include <string>
#include <vector>

namespace writ::decompile {

/// Text of an expression, and how strongly it binds.
struct ExpressionText {
  std::string text;
  int strength = 9; ///< 9 primary, 5 comparison, 3 not, 2 and, 1 or
};

class RuleText {
public:
  /// `type` and `subject` of `on`; empty when the definition has none.
  RuleText(std::string type, std::string subject, std::set<std::string> parameters)
      : type_(std::move(type)), subject_(std::move(subject)), parameters_(std::move(parameters)) {}

  /// A condition, broken into lines behind `indent` blanks where it is long.
  std::string condition(const azure::JsonNode& node, std::size_t indent);
  /// The parts of an allOf joined by `and`, from the given one on.
  std::string conjunction(std::span<const azure::JsonNode> parts, std::size_t indent);
  /// A value of the rule.
  std::string value(const azure::JsonNode& node, std::size_t indent);
  /// Plain data.
  static std::string data(const azure::JsonNode& node, std::size_t indent);
  /// `details` without the existence condition.
  std::string details(const azure::JsonNode& node, std::size_t indent);

  /// Conditions that stand for a `let`, by their JSON text.
  void name_condition(std::string json, std::string name) {
    named_.emplace_back(std::move(json), std::move(name));
  }
  /// While the existence condition is printed, names of fields are about the other resource.
  void set_in_existence(bool in_existence) { in_existence_ = in_existence; }

private:
  struct Element {
    std::string name;
    std::string alias; ///< ending in [*]; empty: count over values
    std::string given; ///< name in the JSON of a count over values
  };

  ExpressionText condition_text(const azure::JsonNode& node, std::size_t indent);
  ExpressionText junction(std::span<const azure::JsonNode> parts, const char* word, int strength,
                          std::size_t indent);
  ExpressionText leaf(const azure::JsonNode& node, std::size_t indent);
  std::string left_side(const azure::JsonNode& node, std::string_view kind, std::size_t indent);
  std::string counted(const azure::JsonNode& count, std::size_t indent);
  std::string binder_name(const std::string& wanted) const;
  /// The place that a field name stands for, or empty.
  std::string place(std::string_view field) const;
  std::string field(std::string_view name) const;
  static ExpressionText raw_condition(const azure::JsonNode& node, std::size_t indent);
  /// False when a part of the expression has no spelling.
  bool expression(const azure::TemplateNode& node, std::string& out) const;
  bool call(const azure::TemplateNode& node, std::string& out) const;
  std::string details_at(const azure::JsonNode& node, std::size_t indent, std::vector<std::string> path);

  std::string type_;
  std::string subject_;
  std::set<std::string> parameters_;
  std::vector<std::pair<std::string, std::string>> named_;
  std::vector<Element> elements_;
  bool in_existence_ = false;
};

} // namespace writ::decompile
