// SPDX-License-Identifier: MIT
// Expressions of one control to IR. Private to check/.
#pragma once

#include "check/term.h"
#include "ir/policy.h"
#include "writ/catalog.h"
#include "writ/diagnostic.h"

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace writ::check {

/// The subject of a control: what `account.x` means.
struct Subject {
  std::string name;
  std::vector<const ResourceTypeInfo*> types;
};

struct JoinParts;

class Lowering {
public:
  Lowering(ir::Graph& graph, const Catalog& catalog, Diagnostics& diagnostics,
           std::unordered_map<std::uint32_t, Span>& node_spans, const Subject& subject,
           const Subject* primary = nullptr)
      : graph_(graph), catalog_(catalog), diagnostics_(diagnostics), node_spans_(node_spans),
        subject_(subject), primary_(primary) {}

  Term expression(const syntax::Expr& e, const ScopePtr& scope);
  /// The expression as a condition; a Bool value is compared with true. Reports NotACondition.
  ir::NodeId condition(const syntax::Expr& e, const ScopePtr& scope);
  /// A message: Text over its parts.
  ir::NodeId message(const syntax::Expr& e, const ScopePtr& scope);
  /// `some T of x as r where …` as the related resources of an effect; nothing when it has mistakes.
  std::optional<ir::Existence> existence(const syntax::Expr& e, const ScopePtr& scope);
  /// A literal (with nested literals only), or a name of the scope that stands for one, as a constant;
  /// reports anything else.
  std::optional<ir::NodeId> literal(const syntax::Expr& e, const Type& type, const ScopePtr& scope);
  /// Whether joins stand only where their numbers decide; reports others.
  bool check_joins(ir::NodeId condition, Span whole);
  /// Reports joins in a value.
  bool refuse_joins(ir::NodeId value, Span span);
  /// The type as written; nothing (reported) when it names an unknown one.
  std::optional<Type> declared_type(const syntax::TypeExpr& type);

private:
  // lower_expr.cpp
  Term expression_of(const syntax::Expr& e, const ScopePtr& scope);
  bool check_value_side(const Term& term, Span span);
  Term name(const syntax::Expr& e, const ScopePtr& scope);
  Term binary(const syntax::Expr& e, const ScopePtr& scope);
  Term quantified(const syntax::Expr& e, const ScopePtr& scope);
  Term count(const syntax::Expr& e, const ScopePtr& scope);
  Term count_of(const syntax::Expr& collection, const std::string& binder, Span binder_span,
                const syntax::Expr* where, bool negate_where, Span span, const ScopePtr& scope);
  Term range(const Term& left, const syntax::Expr& e, bool negated, const ScopePtr& scope);
  Term array(const syntax::Expr& e, const ScopePtr& scope);
  Term object(const syntax::Expr& e, const ScopePtr& scope);
  Term binding(Binding& binding, const syntax::Expr& e);
  Term inline_expression(Binding& binding, const syntax::Expr& e);
  Term choice(const syntax::Expr& e, const ScopePtr& scope);
  ir::NodeId as_condition(const Term& term);
  /// False (reported once) when unfolding has passed its limits.
  bool enter();
  // lower_compare.cpp
  bool check_comparable(const Term& left, const Term& right, const syntax::Expr& e);
  /// Whether `term` can have the constants that stand on side `side` of the comparison.
  void check_values(const Term& term, const Term& other, const syntax::Expr& e, std::size_t side);
  void check_value(const Type& type, const std::string& owner, const Value& value, Span span);
  void check_pattern(const Term& left, const Term& pattern, const syntax::Expr& e);
  // lower_call.cpp
  Term call(const syntax::Expr& e, const ScopePtr& scope);
  bool check_argument(const syntax::FnDecl& fn, std::size_t position, const syntax::Expr& argument,
                      const ScopePtr& scope);
  Term inline_call(Binding& binding, const syntax::Expr& e, const ScopePtr& scope);
  Term method(const syntax::Expr& e, const ScopePtr& scope);
  // lower_related.cpp
  const ResourceTypeInfo* related_type(const syntax::RelatedShape& shape);
  bool check_place_subject(const syntax::Expr& e, const ScopePtr& scope);
  bool check_place(const syntax::Expr& e, const ResourceTypeInfo& type, const ScopePtr& scope);
  /// A text in a relation: a name, a kind, a resource group.
  bool related_text(const syntax::Expr& e, int child, const char* what, const ScopePtr& scope,
                    ir::NodeId& out);
  // lower_join.cpp
  Term related(const syntax::Expr& e, const ScopePtr& scope);
  /// Parts of a condition over two resources: about the other one alone, or comparing the two.
  bool split_condition(ir::NodeId condition, Span whole, JoinParts& parts);
  [[nodiscard]] bool is_list(ir::NodeId value) const;
  /// As read of the resource that it belongs to, as a value.
  ir::NodeId as_own_value(ir::NodeId id);
  // lower_place.cpp
  /// Whose place it is: the subject, or inside a relation also the subject of the control.
  [[nodiscard]] const Subject& subject_of(const Place& place) const {
    return place.primary && primary_ ? *primary_ : subject_;
  }
  Term member(const syntax::Expr& e, const ScopePtr& scope);
  Term index(const syntax::Expr& e, const ScopePtr& scope);
  /// The value at a place: a built-in field, an alias, or an error with the nearest names.
  Term read(const Place& place, Span span, Span name_span);
  std::optional<ir::Field> builtin_field(std::string_view suffix, Type& type) const;
  /// The alias of a place; null on several types, where no one alias speaks of all of them.
  [[nodiscard]] const Alias* find_alias(const Place& place) const;
  [[nodiscard]] Type type_at(const Place& place, const Alias& alias) const;
  ir::FieldId add_alias(const Alias& alias);
  /// An object whose members the catalogue does not know: they are read from its value.
  [[nodiscard]] bool is_leaf(const Term& base) const;
  /// Member or element of a value.
  Term below(const Term& base, ir::NodeId key, Type type, Span span);
  /// The place one member further.
  [[nodiscard]] static Place step(const Place& place, std::string_view name);
  Term field_term(ir::FieldId field, const Place& place, Type type, Span span);
  void report_unknown_property(const Place& place, Span name_span);
  bool report_ambiguous_property(const Place& place, Span name_span);

  Term failed(Span span) const;
  Term of_condition(ir::NodeId condition, Span span);
  Term of_value(ir::NodeId value, Type type, Span span);
  ir::NodeId note(ir::NodeId node, Span span);
  /// De Bruijn index of the element at an absolute depth.
  [[nodiscard]] std::uint16_t binder_index(int depth) const {
    return static_cast<std::uint16_t>(depth_ - 1 - depth);
  }

  ir::Graph& graph_;
  const Catalog& catalog_;
  Diagnostics& diagnostics_;
  std::unordered_map<std::uint32_t, Span>& node_spans_;
  const Subject& subject_;
  const Subject* primary_ = nullptr; ///< inside a relation: the subject of the control
  int depth_ = 0;                    ///< counts around the current expression
  std::vector<const void*> open_;    ///< functions and constants being inlined, to catch recursion
  std::size_t nesting_ = 0;          ///< of expression(), inlining included
  std::size_t inlined_ = 0;          ///< functions and constants unfolded so far
  Span outermost_;                   ///< expression that is being lowered, outside of everything inlined
  bool exhausted_ = false;           ///< a limit was passed and reported
};

} // namespace writ::check
