// SPDX-License-Identifier: MIT
// The policy IR: Azure Policy's condition algebra made total, as an immutable hash-consed graph.
// Equal conditions are one node, across all controls of a compilation.
#pragma once

#include "ir/field.h"
#include "writ/arena.h"
#include "writ/semantics/functions.h"
#include "writ/semantics/value.h"

#include <array>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace writ::ir {

/// Where the other resources of a Join are: child 1, as a text.
enum class JoinPlace : std::uint8_t { Anywhere, Below, ResourceGroup, NamedResourceGroup, Subscription };
inline constexpr std::array<std::string_view, 5> kJoinPlaces = {"anywhere", "below", "resourceGroup",
                                                                "namedResourceGroup", "subscription"};
/// How the sides of a key of a Join compare.
inline constexpr std::array<std::string_view, 3> kJoinKeyKinds = {"equals", "any", "in"};
/// Children of a Join in front of its keys.
inline constexpr std::size_t kJoinHead = 4;

enum class NodeKind : std::uint8_t {
#define WRIT_NODE(name, text, category, meaning) name,
#include "ir/nodes.def"
#undef WRIT_NODE
};

struct NodeKindInfo {
  NodeKind kind;
  std::string_view name; ///< as dumped
  bool is_condition;
  std::string_view meaning;
};
std::span<const NodeKindInfo> all_node_kinds();
const NodeKindInfo& info(NodeKind kind);

struct NodeId {
  std::uint32_t index = 0xFFFFFFFF;
  [[nodiscard]] bool valid() const { return index != 0xFFFFFFFF; }
  bool operator==(const NodeId&) const = default;
};
struct FieldId {
  std::uint32_t index = 0xFFFFFFFF;
  [[nodiscard]] bool valid() const { return index != 0xFFFFFFFF; }
  bool operator==(const FieldId&) const = default;
};

/// Reference to an element scope: 0 is the innermost enclosing Count, 1 the next outer one, …
/// (de Bruijn index, so that equal conditions are equal wherever they stand).
inline constexpr std::uint16_t kUnbound = 0xFFFF;

/// Attributes used per kind:
///   Constant          truth
///   Test              op; children left, right
///   Literal           literal (index into Graph constants)
///   Parameter         text (index of the parameter's name; names fold ASCII case)
///   Field, FieldValue field, binder, level, of_primary
///   Current           binder, level, field (invalid = the element itself)
///   DynamicField(Value)  of_primary; child name
///   Count             children collection, where; name_hint (not part of identity)
///   Call              function; children arguments
///   Join              see nodes.def; name_hint (not part of identity)
/// `binder`/`level`: a field inside a Count that continues from its current element. Level k means that the
/// first k stars of the field's path are bound to the k-th star of the binder's collection; the rest of the
/// path is walked from that element. binder == kUnbound: from the resource. `of_primary`: inside an existence
/// condition, read the resource of the `if` instead of the candidate.
struct Node {
  NodeKind kind = NodeKind::Constant;
  Operator op = Operator::Equals;
  bool truth = false;
  bool of_primary = false;
  std::uint16_t binder = kUnbound;
  std::uint16_t level = 0;
  Function function{};
  FieldId field;
  std::uint32_t literal = 0;
  std::uint32_t text = 0;
  std::uint32_t first_child = 0;
  std::uint32_t child_count = 0;
};

/// Owns the nodes, constants, fields and names. Append-only; ids stay valid. Not thread-safe while growing.
class Graph {
public:
  Graph();
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  // --- conditions. Local simplification only where no meaning can change:
  // And/Or are flattened, constants absorbed, single children unwrapped, equal children dropped; Not of
  // Constant and of Not is resolved. Nothing else: negation of tests is the passes' business.
  NodeId constant(bool truth);
  NodeId all_of(std::span<const NodeId> children);
  NodeId any_of(std::span<const NodeId> children);
  NodeId all_of(std::initializer_list<NodeId> children);
  NodeId any_of(std::initializer_list<NodeId> children);
  NodeId negate(NodeId child);
  NodeId test(Operator op, NodeId left, NodeId right);

  // --- operands
  NodeId
  literal(const Value& value); ///< copied into the graph; equal values (same kind and JSON text) are one
  NodeId literal_text(std::string_view text);
  NodeId parameter(std::string_view name);
  NodeId field(FieldId field, std::uint16_t binder = kUnbound, std::uint16_t level = 0);
  NodeId field_value(FieldId field, std::uint16_t binder = kUnbound, std::uint16_t level = 0,
                     bool of_primary = false);
  NodeId current(std::uint16_t binder, std::uint16_t level = 1, FieldId field = {});
  NodeId dynamic_field(NodeId name);
  NodeId dynamic_field_value(NodeId name, bool of_primary = false);
  /// `where` invalid = every element counts.
  NodeId count(NodeId collection, NodeId where, std::string_view name_hint = {});
  /// How many other resources there are. `name_hint`: as the source calls them.
  NodeId join(std::span<const NodeId> children, std::string_view name_hint = {});
  NodeId call(Function function, std::span<const NodeId> arguments);
  NodeId call(Function function, std::initializer_list<NodeId> arguments);
  NodeId member(NodeId container, NodeId key);
  NodeId list(std::span<const NodeId> elements);
  NodeId record(std::span<const NodeId> keys_and_values);
  NodeId text(std::span<const NodeId> parts);

  /// Interns a field. Fields equal in kind, folded name and resolutions are one.
  FieldId add_field(Field field);

  [[nodiscard]] const Node& node(NodeId id) const { return nodes_[id.index]; }
  [[nodiscard]] std::span<const NodeId> children(NodeId id) const;
  [[nodiscard]] const Field& field_info(FieldId id) const { return fields_[id.index]; }
  [[nodiscard]] const Value& constant_value(NodeId literal) const {
    return constants_[node(literal).literal];
  }
  [[nodiscard]] std::string_view name_of(NodeId parameter) const { return names_[node(parameter).text]; }
  [[nodiscard]] std::string_view name_hint(NodeId count_or_join) const;
  [[nodiscard]] bool is_condition(NodeId id) const { return info(node(id).kind).is_condition; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] std::size_t field_count() const { return fields_.size(); }

  /// Rebuilds a node of the same kind and attributes over other children (for passes).
  NodeId with_children(NodeId id, std::span<const NodeId> children);

private:
  NodeId intern(Node node, std::span<const NodeId> children);
  NodeId junction(NodeKind kind, std::span<const NodeId> children);

  Arena arena_;
  std::vector<Node> nodes_;
  std::vector<NodeId> children_;
  std::vector<Value> constants_;
  std::deque<Field> fields_;
  std::deque<std::string> names_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> node_index_;
  std::unordered_map<std::string, std::uint32_t> constant_index_;
  std::unordered_map<std::string, std::uint32_t> field_index_;
  std::unordered_map<std::string, std::uint32_t> name_index_;
  std::unordered_map<std::uint32_t, std::string> name_hints_;
};

} // namespace writ::ir
