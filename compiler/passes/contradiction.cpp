// SPDX-License-Identifier: MIT
#include "passes/contradiction.h"
#include "passes/normalise.h"
#include "passes/single_valued.h"
#include "writ/semantics/number_text.h"
#include "writ/text.h"

#include <algorithm>
#include <optional>

namespace writ::passes {

using ir::NodeId;
using ir::NodeKind;

namespace {

/// A text that equals only texts that fold to the same: not empty (absent values equal that), no number, no
/// boolean.
bool is_plain_word(const Value& value) {
  if (!value.is(ValueKind::String)) return false;
  const std::string_view text = value.as_string();
  return !text.empty() && !parse_decimal(text) && !equal_ascii_fold(text, "true") &&
         !equal_ascii_fold(text, "false");
}

/// The words that a value must equal for the test to hold; nothing when it does not say so.
std::optional<std::vector<Value>> words_of(const ir::Graph& graph, NodeId test) {
  const ir::Node& node = graph.node(test);
  if (node.kind != NodeKind::Test || !is_single_valued(graph, graph.children(test)[0])) return std::nullopt;
  const NodeId right = graph.children(test)[1];
  if (graph.node(right).kind != NodeKind::Literal) return std::nullopt;
  const Value& value = graph.constant_value(right);
  std::vector<Value> words;
  if (node.op == Operator::Equals)
    words = {value};
  else if (node.op == Operator::In && value.is(ValueKind::Array))
    words.assign(value.as_array().begin(), value.as_array().end());
  else
    return std::nullopt;
  if (!std::all_of(words.begin(), words.end(), is_plain_word)) return std::nullopt;
  return words;
}

/// Operators whose truth is the same for every spelling that folds alike.
bool ignores_case(Operator op) {
  switch (op) {
  case Operator::Equals:
  case Operator::NotEquals:
  case Operator::In:
  case Operator::NotIn:
  case Operator::Like:
  case Operator::NotLike:
  case Operator::Contains:
  case Operator::NotContains:
  case Operator::Exists:
    return true;
  default:
    return false;
  }
}

bool is_location(const ir::Graph& graph, NodeId left) {
  const ir::Node& node = graph.node(left);
  return node.kind == NodeKind::Field && graph.field_info(node.field).kind == ir::FieldKind::Location;
}

} // namespace

bool Contradiction::never_true(NodeId id) {
  if (auto found = known_.find(id.index); found != known_.end()) return found->second;
  const auto view = graph_.children(id);
  const std::vector<NodeId> children(view.begin(), view.end());
  bool result = false;
  switch (graph_.node(id).kind) {
  case NodeKind::Constant:
    result = !graph_.node(id).truth;
    break;
  case NodeKind::Or:
    result = std::all_of(children.begin(), children.end(), [&](NodeId child) { return never_true(child); });
    break;
  case NodeKind::And:
    result = std::any_of(children.begin(), children.end(), [&](NodeId child) { return never_true(child); }) ||
             conjunction_never_true(id);
    break;
  default:
    break;
  }
  known_.emplace(id.index, result);
  return result;
}

bool Contradiction::conjunction_never_true(NodeId id) {
  const auto view = graph_.children(id);
  const std::vector<NodeId> children(view.begin(), view.end());
  const auto holds_too = [&](NodeId wanted) {
    return std::find(children.begin(), children.end(), wanted) != children.end();
  };
  Normaliser normalise(graph_);
  for (NodeId child : children) {
    if (holds_too(normalise(graph_.negate(child)))) return true;
    if (!words_of(graph_, child)) continue;
    for (NodeId other : children)
      if (!(other == child) && excludes(child, other)) return true;
  }
  return false;
}

bool Contradiction::excludes(NodeId chosen, NodeId other) {
  const ir::Node& node = graph_.node(other);
  if (node.kind != NodeKind::Test || !ignores_case(node.op)) return false;
  const NodeId left = graph_.children(chosen)[0];
  const NodeId right = graph_.children(other)[1];
  if (!(left == graph_.children(other)[0]) || graph_.node(right).kind != NodeKind::Literal) return false;
  const std::optional<std::vector<Value>> words = words_of(graph_, chosen);
  const bool location = is_location(graph_, left);
  Arena arena;
  Value operand = graph_.constant_value(right);
  if (location) operand = normalize_location(arena, operand);
  return std::all_of(words->begin(), words->end(), [&](Value word) {
    if (location) word = normalize_location(arena, word);
    return apply_operator(node.op, word, operand, semantics_) == Truth::False;
  });
}

} // namespace writ::passes
