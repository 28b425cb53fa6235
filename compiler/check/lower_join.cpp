// SPDX-License-Identifier: MIT
// Other resources as conditions and numbers: what is compared becomes keys, what is asked of the other
// resource alone a filter. See docs/language.md, "Joins".
#include "catalog/field_of.h"
#include "check/lower.h"
#include "ir/rewrite.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::check {

using ir::Node;
using ir::NodeId;
using ir::NodeKind;
using syntax::Expr;
using syntax::RelatedPlace;
using syntax::RelatedQuantity;

namespace {

/// Which of the two resources a part of a condition reads.
struct Reads {
  bool other = false;
  bool own = false;
  bool scope = false; ///< subscription() or resourceGroup()
};

Reads reads_of(const ir::Graph& graph, NodeId id) {
  Reads out;
  ir::for_each_node(graph, id, [&](NodeId, const Node& node) {
    const bool reads = node.kind == NodeKind::Field || node.kind == NodeKind::FieldValue ||
                       node.kind == NodeKind::DynamicField || node.kind == NodeKind::DynamicFieldValue;
    if (reads) (node.of_primary ? out.own : out.other) = true;
    out.scope = out.scope || (node.kind == NodeKind::Call && (node.function == Function::Subscription ||
                                                              node.function == Function::ResourceGroup));
  });
  return out;
}

bool has_join(const ir::Graph& graph, NodeId id) {
  bool found = false;
  ir::for_each_node(graph, id,
                    [&](NodeId, const Node& node) { found = found || node.kind == NodeKind::Join; });
  return found;
}

bool is_comparison(Operator op) {
  return op == Operator::Equals || op == Operator::NotEquals || op == Operator::Less ||
         op == Operator::LessOrEquals || op == Operator::Greater || op == Operator::GreaterOrEquals;
}

ir::JoinPlace place_of(const syntax::RelatedShape& shape) {
  switch (shape.place) {
  case RelatedPlace::Below:
    return ir::JoinPlace::Below;
  case RelatedPlace::ResourceGroup:
    return shape.group >= 0 ? ir::JoinPlace::NamedResourceGroup : ir::JoinPlace::ResourceGroup;
  case RelatedPlace::Subscription:
    return ir::JoinPlace::Subscription;
  case RelatedPlace::Anywhere:
    break;
  }
  return ir::JoinPlace::Anywhere;
}

} // namespace

/// Parts of a join while its condition is split.
struct JoinParts {
  std::vector<NodeId> filter;
  std::vector<NodeId> keys; ///< kind, inner, outer
};

bool Lowering::is_list(NodeId value) const {
  const Node& node = graph_.node(value);
  if (node.kind == NodeKind::Literal) return graph_.constant_value(value).is(ValueKind::Array);
  if (node.kind == NodeKind::List) return true;
  if (!node.field.valid()) return false;
  const ir::Field& field = graph_.field_info(node.field);
  if (ir::star_count(field) > 0) return true;
  const std::vector<Alias> aliases = catalog_.find_alias(field.name);
  return !aliases.empty() && type_of(aliases.front()).kind == TypeKind::Array;
}

NodeId Lowering::as_own_value(NodeId id) {
  ir::Rewriter plain(graph_, [&](NodeId part) {
    const Node node = graph_.node(part);
    if (!node.of_primary && node.kind != NodeKind::Field) return part;
    if (node.kind == NodeKind::DynamicFieldValue) return graph_.dynamic_field_value(graph_.children(part)[0]);
    return graph_.field_value(node.field, node.binder, node.level);
  });
  return plain(id);
}

bool Lowering::split_condition(NodeId condition, Span whole, JoinParts& parts) {
  std::vector<NodeId> conjuncts{condition};
  if (graph_.node(condition).kind == NodeKind::And)
    conjuncts.assign(graph_.children(condition).begin(), graph_.children(condition).end());
  bool good = true;
  for (const NodeId conjunct : conjuncts) {
    const auto noted = node_spans_.find(conjunct.index);
    const Span span = noted == node_spans_.end() ? whole : noted->second;
    const auto refuse = [&](std::string_view what, std::string_view instead) {
      diagnostics_.add(
          Diagnostic(Code::InvalidJoinCondition, span, std::string(what)).note(std::string(instead)));
      good = false;
    };
    const Reads all = reads_of(graph_, conjunct);
    if (!all.own) {
      if (all.scope)
        refuse("the other resources are looked at one by one, without the records of their place",
               "compare `subscription_id` or `resource_group_id` instead");
      parts.filter.push_back(conjunct);
      continue;
    }
    const Node node = graph_.node(conjunct);
    constexpr std::string_view kForm = "a part that reads both resources is `a == b`, `list contains a` or "
                                       "`a in list`, one side of it about "
                                       "each resource";
    if (node.kind != NodeKind::Test) {
      refuse("this part reads both resources and is no comparison of the two", kForm);
      continue;
    }
    const NodeId left = graph_.children(conjunct)[0];
    const NodeId right = graph_.children(conjunct)[1];
    const Reads l = reads_of(graph_, left);
    const Reads r = reads_of(graph_, right);
    if ((l.own && l.other) || (r.own && r.other) || l.own == r.own) {
      refuse("each side of the comparison reads one of the resources", kForm);
      continue;
    }
    const NodeId inner = l.own ? right : left;
    const NodeId outer = l.own ? left : right;
    std::string_view kind;
    if (node.op == Operator::Equals && !is_list(left) && !is_list(right))
      kind = "equals";
    else if (node.op == Operator::In && is_list(right) && !is_list(left))
      kind = l.own ? "any" : "in";
    else if (node.op == Operator::Contains && is_list(left) && !is_list(right))
      kind = l.own ? "in" : "any";
    if (kind.empty()) {
      refuse(fmt::format("`{}` cannot join resources here", info(node.op).azure_name), kForm);
      continue;
    }
    parts.keys.insert(parts.keys.end(),
                      {graph_.literal_text(kind), as_own_value(inner), as_own_value(outer)});
  }
  return good;
}

Term Lowering::related(const Expr& e, const ScopePtr& scope) {
  const syntax::RelatedShape& shape = *e.related;
  const ResourceTypeInfo* type = related_type(shape);
  if (!type) return failed(e.span);
  if (primary_ || depth_ > 0) {
    diagnostics_.add(
        Diagnostic(Code::InvalidJoin, e.span,
                   primary_ ? "other resources cannot be asked for inside the condition about another one"
                            : "other resources cannot be asked for once for each element of an array")
            .note("name the condition with its own `require`, beside this one"));
    return failed(e.span);
  }
  if (shape.place != RelatedPlace::Anywhere && !check_place_subject(e, scope)) return failed(e.span);

  JoinParts parts;
  const ir::JoinPlace place = place_of(shape);
  NodeId group = graph_.literal_text("");
  if (!related_text(e, shape.group, "the name of a resource group", scope, group)) return failed(e.span);
  const auto equal = [&](int child, const char* field, const char* what) {
    NodeId outer;
    if (!related_text(e, child, what, scope, outer)) return false;
    if (!outer.valid()) return true;
    const NodeId inner = graph_.field_value(graph_.add_field(*well_known_field(field)));
    parts.keys.insert(parts.keys.end(), {graph_.literal_text("equals"), inner, outer});
    return true;
  };
  // The name of one level: parents are a matter of the place.
  if (!equal(shape.named, "name", "the name of a resource") ||
      !equal(shape.kind, "kind", "the kind of a resource"))
    return failed(e.span);
  if (shape.where >= 0) {
    const Expr& where = e.children[static_cast<std::size_t>(shape.where)];
    Subject other;
    other.name = e.text;
    other.types.push_back(type);
    auto inner = std::make_shared<Scope>(scope);
    Binding binding;
    binding.kind = BindingKind::Subject;
    binding.span = e.name_span;
    binding.related = true;
    binding.used = true;
    inner->declare(e.text, binding);
    Lowering lowering(graph_, catalog_, diagnostics_, node_spans_, other, &subject_);
    const NodeId condition = lowering.condition(where, inner);
    if (!condition.valid() || !split_condition(condition, where.span, parts)) return failed(e.span);
  }
  constexpr std::size_t kMostKeys = 15;
  if (parts.keys.size() / 3 > kMostKeys) {
    diagnostics_.add(
        Diagnostic(Code::InvalidJoinCondition, e.span,
                   fmt::format("two resources are compared in at most {} properties", kMostKeys)));
    return failed(e.span);
  }
  std::vector<NodeId> children{graph_.literal_text(type->name),
                               graph_.literal_text(ir::kJoinPlaces[static_cast<std::size_t>(place)]), group,
                               graph_.all_of(parts.filter)};
  children.insert(children.end(), parts.keys.begin(), parts.keys.end());
  const NodeId join = note(graph_.join(children, e.text), e.span);
  if (shape.quantity == RelatedQuantity::Count) return of_value(join, Type::of(TypeKind::Int), e.span);
  const Operator op = shape.quantity == RelatedQuantity::Some ? Operator::Greater : Operator::Equals;
  return of_condition(graph_.test(op, join, graph_.literal(Value::integer(0))), e.span);
}

bool Lowering::check_joins(NodeId condition, Span whole) {
  if (!condition.valid() || !has_join(graph_, condition)) return true;
  const Node& node = graph_.node(condition);
  const auto children = graph_.children(condition);
  if (node.kind == NodeKind::And || node.kind == NodeKind::Or || node.kind == NodeKind::Not) {
    bool good = true;
    for (std::size_t i = 0; i < children.size(); ++i)
      good = check_joins(graph_.children(condition)[i], whole) && good;
    return good;
  }
  const bool compared = node.kind == NodeKind::Test && graph_.node(children[0]).kind == NodeKind::Join &&
                        !has_join(graph_, children[1]);
  if (compared && is_comparison(node.op)) return true;
  const auto noted = node_spans_.find(condition.index);
  diagnostics_.add(
      Diagnostic(Code::InvalidJoin, noted == node_spans_.end() ? whole : noted->second,
                 "the number of other resources is compared here in a way that cannot be decided")
          .note("it stands alone on one side of ==, !=, <, <=, > or >=, and the other side asks "
                "for no other resources"));
  return false;
}

bool Lowering::refuse_joins(NodeId value, Span span) {
  if (!value.valid() || !has_join(graph_, value)) return true;
  diagnostics_.add(
      Diagnostic(Code::InvalidJoin, span, "the number of other resources is not known where this is printed")
          .note("the evidence of the finding says it"));
  return false;
}

} // namespace writ::check
