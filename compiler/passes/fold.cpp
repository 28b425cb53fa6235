// SPDX-License-Identifier: MIT
#include "passes/fold.h"
#include "catalog/field_of.h"
#include "passes/single_valued.h"
#include "writ/text.h"

#include <algorithm>

namespace writ::passes {

using ir::NodeId;
using ir::NodeKind;

namespace {

bool is_boolean(const std::optional<Value>& value) { return value && value->is(ValueKind::Bool); }

/// As the VM prints a part of a text.
std::string printed(const Value& value) {
  return value.is(ValueKind::String) ? std::string(value.as_string()) : to_json(value);
}

std::optional<ir::Field> field_by_name(std::string_view name, const Catalog* catalog) {
  if (name.empty()) return std::nullopt;
  // Below `identity` a name is plain steps; what looks like an index is left to the runtime.
  const bool plain = name.find('[') == std::string_view::npos && !equal_ascii_fold(name, "identity");
  if (std::optional<ir::Field> field = well_known_field(name); field && plain) return field;
  if (const std::optional<std::string> tag = ir::tag_of_name(name)) return tag_field(*tag);
  if (catalog == nullptr || name.find('/') == std::string_view::npos) return std::nullopt;
  const std::vector<Alias> entries = catalog->find_alias(name);
  if (entries.empty()) return std::nullopt;
  return field_of(*catalog, entries);
}

} // namespace

Folder::Folder(ir::Graph& graph, const SemanticsOptions& semantics, const Catalog* catalog)
    : graph_(graph), semantics_(semantics), catalog_(catalog),
      rewrite_(graph, [this](NodeId id) { return fold(id); }) {}

std::optional<Value> Folder::constant_of(NodeId id) const {
  const ir::Node& node = graph_.node(id);
  if (node.kind == NodeKind::Literal) {
    const Value& value = graph_.constant_value(id);
    return value.is(ValueKind::Missing) ? Value::null() : value;
  }
  if (node.kind == NodeKind::Call && node.function == Function::Null) return Value::null();
  return std::nullopt;
}

std::optional<std::vector<Value>> Folder::constants_of(std::span<const NodeId> ids) const {
  std::vector<Value> values;
  for (NodeId id : ids) {
    const std::optional<Value> value = constant_of(id);
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

NodeId Folder::computed(const Value& value, NodeId otherwise) {
  if (value.undecided()) return otherwise;
  return value.absent() ? graph_.call(Function::Null, {}) : graph_.literal(value);
}

NodeId Folder::fold(NodeId id) {
  switch (graph_.node(id).kind) {
  case NodeKind::Test:
    return fold_test(id);
  case NodeKind::Count:
    return fold_count(id);
  case NodeKind::Call:
    return fold_call(id);
  case NodeKind::Record:
    return fold_record(id);
  case NodeKind::Text:
    return fold_text(id);
  case NodeKind::DynamicField:
  case NodeKind::DynamicFieldValue:
    return fold_name(id);
  case NodeKind::List: {
    const auto elements = constants_of(graph_.children(id));
    return elements ? graph_.literal(Value::array(*elements)) : id;
  }
  case NodeKind::Member: {
    const auto parts = constants_of(graph_.children(id));
    if (!parts) return id;
    Arena arena;
    return computed(access_member((*parts)[0], (*parts)[1], arena), id);
  }
  default:
    return id;
  }
}

NodeId Folder::fold_test(NodeId id) {
  const Operator op = graph_.node(id).op;
  const NodeId left = graph_.children(id)[0];
  const NodeId right = graph_.children(id)[1];
  if (graph_.node(right).kind != NodeKind::Literal) return id;
  const Value& operand = graph_.constant_value(right);
  if (const std::optional<Value> subject = constant_of(left)) {
    const Truth truth = apply_operator(op, *subject, operand.absent() ? Value::null() : operand, semantics_);
    return decided(truth) ? graph_.constant(truth == Truth::True) : id;
  }
  const bool empty_list = operand.is(ValueKind::Array) && operand.as_array().empty();
  if (empty_list && (op == Operator::In || op == Operator::NotIn) &&
      graph_.node(left).kind == NodeKind::Field && is_single_valued(graph_, left))
    return graph_.constant(op == Operator::NotIn);
  return id;
}

NodeId Folder::fold_count(NodeId id) {
  const std::optional<Value> collection = constant_of(graph_.children(id)[0]);
  const ir::Node& where = graph_.node(graph_.children(id)[1]);
  if (!collection) return id;
  if (collection->is(ValueKind::Null)) return graph_.literal(Value::integer(0));
  if (!collection->is(ValueKind::Array)) return id; // fails when evaluated
  // Longer lists may run into the limit of iterations together with the counts around.
  const std::size_t size = collection->as_array().size();
  if (size == 0) return graph_.literal(Value::integer(0));
  if (size == 1 && where.kind == NodeKind::Constant)
    return graph_.literal(Value::integer(where.truth ? 1 : 0));
  return id;
}

NodeId Folder::fold_call(NodeId id) {
  const ir::Node node = graph_.node(id);
  switch (node.function) {
  case Function::If: {
    const std::optional<Value> condition = constant_of(graph_.children(id)[0]);
    if (!is_boolean(condition)) return id;
    return graph_.children(id)[condition->as_bool() ? 1 : 2];
  }
  case Function::And:
  case Function::Or:
    return fold_junction(id);
  case Function::Coalesce:
    return fold_coalesce(id);
  case Function::Null:
    return id;
  default:
    break;
  }
  if ((info(node.function).flags & (kContext | kLazy | kSpecial)) != 0) return id;
  const auto arguments = constants_of(graph_.children(id));
  if (!arguments) return id;
  Arena arena;
  return computed(call_function(node.function, *arguments, {}, arena, semantics_), id);
}

/// The functions and()/or(): arguments behind the deciding one are never evaluated, except with eager_logic.
NodeId Folder::fold_junction(NodeId id) {
  const bool deciding = graph_.node(id).function == Function::Or;
  const auto children = graph_.children(id);
  const auto arguments = constants_of(children);
  if (arguments) {
    Arena arena;
    return computed(call_function(graph_.node(id).function, *arguments, {}, arena, semantics_), id);
  }
  if (semantics_.eager_logic) return id;
  for (NodeId child : children) {
    const std::optional<Value> value = constant_of(child);
    if (!is_boolean(value)) return id;
    if (value->as_bool() == deciding) return graph_.literal(*value);
  }
  return id;
}

NodeId Folder::fold_coalesce(NodeId id) {
  const auto children = graph_.children(id);
  std::size_t first = 0;
  while (first < children.size()) {
    const std::optional<Value> value = constant_of(children[first]);
    if (!value || !value->is(ValueKind::Null)) break;
    ++first;
  }
  if (first == children.size()) return graph_.call(Function::Null, {});
  // With eager_logic the arguments behind a present constant still have to be evaluated.
  if (constant_of(children[first]) && (!semantics_.eager_logic || constants_of(children)))
    return children[first];
  if (first == 0 || semantics_.eager_logic) return id;
  const std::vector<NodeId> rest(children.begin() + static_cast<std::ptrdiff_t>(first), children.end());
  return graph_.call(Function::Coalesce, rest);
}

NodeId Folder::fold_record(NodeId id) {
  const auto parts = constants_of(graph_.children(id));
  if (!parts) return id;
  std::vector<Member> members;
  for (std::size_t i = 0; i + 1 < parts->size(); i += 2) {
    const Value& key = (*parts)[i];
    if (!key.is(ValueKind::String)) return id;
    for (const Member& earlier : members)
      if (equal_ascii_fold(earlier.key, key.as_string())) return id;
    members.push_back({key.as_string(), (*parts)[i + 1]});
  }
  return graph_.literal(Value::object(members));
}

NodeId Folder::fold_text(NodeId id) {
  std::vector<NodeId> parts;
  std::string run;
  const auto flush = [&] {
    if (!run.empty()) parts.push_back(graph_.literal_text(run));
    run.clear();
  };
  const auto old = graph_.children(id);
  const std::vector<NodeId> children(old.begin(), old.end());
  for (NodeId child : children) {
    if (const std::optional<Value> value = constant_of(child)) {
      run += printed(*value);
    } else {
      flush();
      parts.push_back(child);
    }
  }
  if (parts.empty()) return graph_.literal_text(run);
  flush();
  return graph_.text(parts);
}

NodeId Folder::fold_name(NodeId id) {
  const ir::Node node = graph_.node(id);
  const std::optional<Value> name = constant_of(graph_.children(id)[0]);
  if (!name || !name->is(ValueKind::String)) return id;
  const std::optional<ir::Field> field = field_by_name(name->as_string(), catalog_);
  if (!field) return id;
  const ir::FieldId number = graph_.add_field(*field);
  const NodeId left = graph_.field(number);
  if (field->kind == ir::FieldKind::Alias && !is_single_valued(graph_, left)) return id;
  if (node.kind == NodeKind::DynamicField) return left;
  return graph_.field_value(number, ir::kUnbound, 0, node.of_primary);
}

} // namespace writ::passes
