// SPDX-License-Identifier: MIT
// The parts of one policy rule as IR: conditions, counts, expressions, field names. One reader per
// definition.
#pragma once

#include "azure/import.h"
#include "azure/json_doc.h"
#include "azure/template_parse.h"
#include "ir/node.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace writ::azure {

/// Every member function that yields a node yields an invalid one after it has reported a mistake; callers go
/// on, so that one run reports all mistakes.
class RuleReader {
public:
  RuleReader(const SourceMap& sources, const Catalog& catalog, const ImportOptions& options, ir::Graph& graph,
             Diagnostics& diagnostics)
      : sources_(sources), catalog_(catalog), options_(options), graph_(graph), diagnostics_(diagnostics) {}

  /// Declares a parameter that parameters() may name.
  void declare_parameter(std::string name) { parameters_.push_back(std::move(name)); }

  /// The rule is about records of a data-plane mode: an alias of a type that the catalogue does not have
  /// reads its path below the record or below its `properties`. Source: docs/azure-policy-semantics.md,
  /// "Which resources a rule looks at".
  void set_data_plane() { data_plane_ = true; }

  /// A condition tree. Source: docs/azure-policy-semantics.md, "Logical operators", "Shape of a leaf
  /// condition".
  ir::NodeId condition(const JsonNode& node);
  /// The condition of an existence check: field conditions read the candidate, the function field() the
  /// resource of the `if`.
  ir::NodeId existence_condition(const JsonNode& node);
  /// Any JSON as an operand: strings in brackets are expressions, also inside arrays and objects.
  ir::NodeId operand(const JsonNode& node);
  /// JSON as it is: nothing in it is evaluated.
  ir::NodeId literal(const JsonNode& node);
  /// The name of a field to write to (modify, append): an operand; literal names are checked.
  ir::NodeId target(const JsonNode& node);

  /// The first unknown alias when unknown aliases shall skip the definition.
  struct SkippedAlias {
    std::string name;
    Span span;
  };
  [[nodiscard]] const std::optional<SkippedAlias>& skipped() const { return skipped_; }

  ir::NodeId fail(Code code, Span span, std::string message);
  ir::NodeId fail(Diagnostic diagnostic);
  [[nodiscard]] ir::Graph& graph() { return graph_; }

private:
  /// A running count.
  struct Scope {
    bool by_field = false;
    std::string name; ///< lower case: the alias, ending in [*], or the name of a count over values
    std::uint16_t stars = 1;
  };
  struct Binding {
    std::uint16_t binder = ir::kUnbound;
    std::uint16_t level = 0;
  };
  /// The JSON string that an expression is, for positions.
  struct Place {
    const JsonNode* string = nullptr;
  };

  ir::NodeId too_deep(const JsonNode& node);
  // import_condition.cpp
  ir::NodeId logical(const JsonMember& member);
  ir::NodeId leaf(const JsonNode& node);
  ir::NodeId left_field(const JsonNode& name);
  bool accepts_right(Operator op, const JsonNode& right) const;
  // import_count.cpp
  ir::NodeId count(const JsonNode& node);
  ir::NodeId counted_field(const JsonNode& node, const JsonNode* name, Scope& scope);
  bool value_scope(const JsonNode& node, const JsonNode* name, Scope& scope);
  // import_field.cpp
  std::optional<ir::FieldId> field(std::string_view name, Span span);
  std::optional<ir::Field> find_field(std::string_view name) const;
  std::optional<ir::Field> alias_as_path(std::string_view name) const;
  std::optional<ir::Field> record_member(std::string_view name) const;
  [[nodiscard]] Binding bind(std::string_view name, ir::FieldId field) const;
  // import_expression.cpp
  ir::NodeId string_operand(const JsonNode& node);
  ir::NodeId expression(const TemplateNode& node, const Place& place);
  ir::NodeId call(const TemplateNode& node, const Place& place);
  /// The value of an operand that depends on nothing.
  std::optional<Value> constant_of(ir::NodeId operand);
  ir::NodeId parameters_call(const TemplateNode& node, const Place& place);
  ir::NodeId field_call(const TemplateNode& node, const Place& place);
  ir::NodeId current_call(const TemplateNode& node, const Place& place);
  ir::NodeId current_named(const TemplateNode& name, const Place& place);
  [[nodiscard]] Span span_of(const TemplateNode& node, const Place& place) const;
  [[nodiscard]] Span span_of(std::uint32_t begin, std::uint32_t end, const Place& place) const;

  const SourceMap& sources_;
  const Catalog& catalog_;
  const ImportOptions& options_;
  ir::Graph& graph_;
  Diagnostics& diagnostics_;
  std::vector<std::string> parameters_;
  std::vector<Scope> scopes_;
  std::optional<SkippedAlias> skipped_;
  Arena arena_;
  bool existence_ = false;
  bool data_plane_ = false;
  std::size_t conditions_ = 0;
  std::size_t calls_ = 0;
  int depth_ = 0;
};

} // namespace writ::azure
