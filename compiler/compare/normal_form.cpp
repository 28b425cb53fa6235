// SPDX-License-Identifier: MIT
#include "compare/normal_form.h"
#include "writ/text.h"

#include <algorithm>
#include <map>
#include <vector>

namespace writ::compare {

using ir::NodeId;
using ir::NodeKind;

namespace {

bool is_list_operator(Operator op) { return op == Operator::In || op == Operator::NotIn; }

/// Operators that compare texts whatever their case. The others see it, or read patterns letter by letter.
bool ignores_case(Operator op) {
  switch (op) {
  case Operator::Equals:
  case Operator::NotEquals:
  case Operator::Like:
  case Operator::NotLike:
  case Operator::Contains:
  case Operator::NotContains:
  case Operator::ContainsKey:
  case Operator::NotContainsKey:
    return true;
  default:
    return is_list_operator(op);
  }
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

} // namespace

NormalForm::NormalForm(ir::Graph& graph, const SemanticsOptions& semantics, const Catalog* catalog)
    : graph_(graph), fold_(graph, semantics, catalog), normalise_(graph),
      order_(graph, [this](NodeId id) { return canonical(id); }) {}

NodeId NormalForm::condition(NodeId id) { return id.valid() ? order_(fold_(normalise_(id))) : id; }

NodeId NormalForm::operand(NodeId id) { return id.valid() ? order_(fold_(id)) : id; }

NodeId NormalForm::canonical(NodeId id) {
  const NodeKind kind = graph_.node(id).kind;
  if (kind == NodeKind::Test) return canonical_test(id);
  if (kind != NodeKind::And && kind != NodeKind::Or) return id;
  const auto children = graph_.children(id);
  std::vector<NodeId> sorted(children.begin(), children.end());
  std::sort(sorted.begin(), sorted.end(), [](NodeId a, NodeId b) { return a.index < b.index; });
  return kind == NodeKind::And ? graph_.all_of(sorted) : graph_.any_of(sorted);
}

NodeId NormalForm::canonical_test(NodeId id) {
  const Operator op = graph_.node(id).op;
  const NodeId left = canonical_left(graph_.children(id)[0]);
  const NodeId right = graph_.children(id)[1];
  const bool constant = graph_.node(right).kind == NodeKind::Literal;
  return graph_.test(op, left, constant ? canonical_right(op, right) : right);
}

NodeId NormalForm::canonical_left(NodeId left) {
  // field('type') and the field itself differ where there is none, and every resource has its type.
  const ir::Node node = graph_.node(left);
  const bool reads_type = node.kind == NodeKind::FieldValue && !node.of_primary &&
                          graph_.field_info(node.field).kind == ir::FieldKind::Type;
  return reads_type ? graph_.field(node.field) : left;
}

NodeId NormalForm::canonical_right(Operator op, NodeId literal) {
  if (!ignores_case(op)) return literal;
  const Value value = graph_.constant_value(literal);
  if (value.is(ValueKind::String))
    return is_ascii(value.as_string()) ? graph_.literal_text(lower_ascii(value.as_string())) : literal;
  if (!value.is(ValueKind::Array) || !is_list_operator(op)) return literal;
  // By JSON text: sorted, and what is there twice stands once.
  std::map<std::string, Value> elements;
  std::vector<std::string> lowered;
  lowered.reserve(value.as_array().size());
  for (const Value& element : value.as_array()) {
    Value kept = element;
    if (element.is(ValueKind::String) && is_ascii(element.as_string()))
      kept = Value::string(lowered.emplace_back(lower_ascii(element.as_string())));
    elements.emplace(to_json(kept), kept);
  }
  std::vector<Value> sorted;
  for (const auto& [text, element] : elements)
    sorted.push_back(element);
  return graph_.literal(Value::array(sorted));
}

} // namespace writ::compare
