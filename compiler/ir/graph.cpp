// SPDX-License-Identifier: MIT
// Hash-consing and the local simplifications that hold for every value.
#include "ir/node.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace writ::ir {

namespace {

constexpr bool Condition = true;
constexpr bool Operand = false;
constexpr std::array kNodeKinds = {
#define WRIT_NODE(name, text, category, meaning) NodeKindInfo{NodeKind::name, text, category, meaning},
#include "ir/nodes.def"
#undef WRIT_NODE
};

void mix(std::uint64_t& hash, std::uint64_t value) {
  hash ^= value + 0x9E3779B97F4A7C15ULL + (hash << 6) + (hash >> 2);
}

std::uint64_t hash_of(const Node& n, std::span<const NodeId> children) {
  std::uint64_t hash = static_cast<std::uint64_t>(n.kind);
  mix(hash, static_cast<std::uint64_t>(n.op) | (n.truth ? 256U : 0U) | (n.of_primary ? 512U : 0U));
  mix(hash, (static_cast<std::uint64_t>(n.binder) << 16) | n.level);
  mix(hash, static_cast<std::uint64_t>(n.function));
  mix(hash, (static_cast<std::uint64_t>(n.field.index) << 32) | n.literal);
  mix(hash, n.text);
  for (NodeId child : children)
    mix(hash, child.index);
  return hash;
}

bool same_attributes(const Node& a, const Node& b) {
  return a.kind == b.kind && a.op == b.op && a.truth == b.truth && a.of_primary == b.of_primary &&
         a.binder == b.binder && a.level == b.level && a.function == b.function && a.field == b.field &&
         a.literal == b.literal && a.text == b.text;
}

/// Kind and JSON text tell constants apart; 1 and 1.0 stay two (their text differs where it matters).
std::string constant_key(const Value& value) {
  std::string key(1, static_cast<char>('a' + static_cast<int>(value.kind())));
  if (value.is_absent_field()) key += '!';
  append_json(key, value);
  return key;
}

} // namespace

std::span<const NodeKindInfo> all_node_kinds() { return kNodeKinds; }
const NodeKindInfo& info(NodeKind kind) { return kNodeKinds[static_cast<std::size_t>(kind)]; }

Graph::Graph() = default;

NodeId Graph::intern(Node node, std::span<const NodeId> children) {
  const std::uint64_t hash = hash_of(node, children);
  auto [first, last] = node_index_.equal_range(hash);
  for (auto it = first; it != last; ++it) {
    const NodeId id{it->second};
    const auto existing = this->children(id);
    if (same_attributes(nodes_[id.index], node) &&
        std::equal(existing.begin(), existing.end(), children.begin(), children.end()))
      return id;
  }
  node.first_child = static_cast<std::uint32_t>(children_.size());
  node.child_count = static_cast<std::uint32_t>(children.size());
  // `children` may point into children_, which growing would move.
  const std::vector<NodeId> copy(children.begin(), children.end());
  children_.insert(children_.end(), copy.begin(), copy.end());
  const NodeId id{static_cast<std::uint32_t>(nodes_.size())};
  nodes_.push_back(node);
  node_index_.emplace(hash, id.index);
  return id;
}

std::span<const NodeId> Graph::children(NodeId id) const {
  const Node& n = nodes_[id.index];
  return std::span<const NodeId>(children_).subspan(n.first_child, n.child_count);
}

NodeId Graph::constant(bool truth) {
  Node n;
  n.kind = NodeKind::Constant;
  n.truth = truth;
  return intern(n, {});
}

NodeId Graph::junction(NodeKind kind, std::span<const NodeId> children) {
  const bool neutral = kind == NodeKind::And;
  std::vector<NodeId> parts;
  auto add = [&](NodeId child) {
    if (std::find(parts.begin(), parts.end(), child) == parts.end()) parts.push_back(child);
  };
  for (NodeId child : children) {
    const Node& n = node(child);
    if (n.kind == NodeKind::Constant) {
      if (n.truth != neutral) return child; // false decides And, true decides Or
      continue;
    }
    if (n.kind == kind) {
      for (NodeId inner : this->children(child))
        add(inner);
    } else {
      add(child);
    }
  }
  if (parts.empty()) return constant(neutral);
  if (parts.size() == 1) return parts.front();
  Node n;
  n.kind = kind;
  return intern(n, parts);
}

NodeId Graph::all_of(std::span<const NodeId> children) { return junction(NodeKind::And, children); }
NodeId Graph::any_of(std::span<const NodeId> children) { return junction(NodeKind::Or, children); }
NodeId Graph::all_of(std::initializer_list<NodeId> children) {
  return all_of(std::span(children.begin(), children.size()));
}
NodeId Graph::any_of(std::initializer_list<NodeId> children) {
  return any_of(std::span(children.begin(), children.size()));
}

NodeId Graph::negate(NodeId child) {
  const Node& n = node(child);
  if (n.kind == NodeKind::Constant) return constant(!n.truth);
  if (n.kind == NodeKind::Not) return children(child)[0];
  Node negation;
  negation.kind = NodeKind::Not;
  return intern(negation, std::array{child});
}

NodeId Graph::test(Operator op, NodeId left, NodeId right) {
  Node n;
  n.kind = NodeKind::Test;
  n.op = op;
  return intern(n, std::array{left, right});
}

NodeId Graph::literal(const Value& value) {
  std::string key = constant_key(value);
  auto [it, added] =
      constant_index_.try_emplace(std::move(key), static_cast<std::uint32_t>(constants_.size()));
  if (added) constants_.push_back(copy_into(arena_, value));
  Node n;
  n.kind = NodeKind::Literal;
  n.literal = it->second;
  return intern(n, {});
}

NodeId Graph::literal_text(std::string_view text) { return literal(Value::string(text)); }

NodeId Graph::parameter(std::string_view name) {
  auto [it, added] = name_index_.try_emplace(lower_ascii(name), static_cast<std::uint32_t>(names_.size()));
  if (added) names_.emplace_back(name);
  Node n;
  n.kind = NodeKind::Parameter;
  n.text = it->second;
  return intern(n, {});
}

NodeId Graph::field(FieldId field, std::uint16_t binder, std::uint16_t level) {
  Node n;
  n.kind = NodeKind::Field;
  n.field = field;
  n.binder = binder;
  n.level = level;
  return intern(n, {});
}

NodeId Graph::field_value(FieldId field, std::uint16_t binder, std::uint16_t level, bool of_primary) {
  Node n;
  n.kind = NodeKind::FieldValue;
  n.field = field;
  n.binder = binder;
  n.level = level;
  n.of_primary = of_primary;
  return intern(n, {});
}

NodeId Graph::current(std::uint16_t binder, std::uint16_t level, FieldId field) {
  Node n;
  n.kind = NodeKind::Current;
  n.binder = binder;
  n.level = level;
  n.field = field;
  return intern(n, {});
}

NodeId Graph::dynamic_field(NodeId name) {
  Node n;
  n.kind = NodeKind::DynamicField;
  return intern(n, std::array{name});
}

NodeId Graph::dynamic_field_value(NodeId name, bool of_primary) {
  Node n;
  n.kind = NodeKind::DynamicFieldValue;
  n.of_primary = of_primary;
  return intern(n, std::array{name});
}

namespace {

/// Of several names of one node the smallest stays, so that the order of sources does not show.
void keep_name(std::unordered_map<std::uint32_t, std::string>& names, NodeId id, std::string_view name) {
  if (name.empty()) return;
  const auto [found, added] = names.try_emplace(id.index, name);
  if (!added && name < found->second) found->second = name;
}

} // namespace

NodeId Graph::count(NodeId collection, NodeId where, std::string_view hint) {
  if (!where.valid()) where = constant(true);
  Node n;
  n.kind = NodeKind::Count;
  const NodeId id = intern(n, std::array{collection, where});
  keep_name(name_hints_, id, hint);
  return id;
}

NodeId Graph::join(std::span<const NodeId> children, std::string_view hint) {
  Node n;
  n.kind = NodeKind::Join;
  const NodeId id = intern(n, children);
  keep_name(name_hints_, id, hint);
  return id;
}

NodeId Graph::call(Function function, std::span<const NodeId> arguments) {
  Node n;
  n.kind = NodeKind::Call;
  n.function = function;
  return intern(n, arguments);
}

NodeId Graph::call(Function function, std::initializer_list<NodeId> arguments) {
  return call(function, std::span(arguments.begin(), arguments.size()));
}

NodeId Graph::member(NodeId container, NodeId key) {
  Node n;
  n.kind = NodeKind::Member;
  return intern(n, std::array{container, key});
}

NodeId Graph::list(std::span<const NodeId> elements) {
  Node n;
  n.kind = NodeKind::List;
  return intern(n, elements);
}

NodeId Graph::record(std::span<const NodeId> keys_and_values) {
  assert(keys_and_values.size() % 2 == 0);
  Node n;
  n.kind = NodeKind::Record;
  return intern(n, keys_and_values);
}

NodeId Graph::text(std::span<const NodeId> parts) {
  Node n;
  n.kind = NodeKind::Text;
  return intern(n, parts);
}

FieldId Graph::add_field(Field field) {
  std::sort(field.resolutions.begin(), field.resolutions.end(), [](const Resolution& a, const Resolution& b) {
    return lower_ascii(a.type) < lower_ascii(b.type);
  });
  std::string key(1, static_cast<char>('a' + static_cast<int>(field.kind)));
  key += lower_ascii(field.name);
  if (field.kind != FieldKind::Alias) key += '\n' + to_text(field.path);
  for (const Resolution& r : field.resolutions) {
    key += '\n' + lower_ascii(r.type) + '=' + to_text(r.path) + (r.below_root_or_properties ? "?" : "");
    if (!r.pattern_phrase.empty()) key += '|' + r.pattern_phrase + '|' + r.pattern_variable;
    for (const VersionedPath& v : r.versions) {
      for (const std::string& api : v.api_versions)
        key += ' ' + api;
      key += '=' + to_text(v.path);
    }
  }
  auto [it, added] = field_index_.try_emplace(std::move(key), static_cast<std::uint32_t>(fields_.size()));
  if (added)
    fields_.push_back(std::move(field));
  else if (field.name < fields_[it->second].name) // tags that differ in case; as with names of counts
    fields_[it->second].name = std::move(field.name);
  return {it->second};
}

std::string_view Graph::name_hint(NodeId count_or_join) const {
  auto found = name_hints_.find(count_or_join.index);
  return found == name_hints_.end() ? std::string_view() : std::string_view(found->second);
}

NodeId Graph::with_children(NodeId id, std::span<const NodeId> children) {
  const Node n = node(id);
  switch (n.kind) {
  case NodeKind::And:
    return all_of(children);
  case NodeKind::Or:
    return any_of(children);
  case NodeKind::Not:
    return negate(children[0]);
  case NodeKind::Count: {
    const std::string hint(name_hint(id));
    return count(children[0], children[1], hint);
  }
  case NodeKind::Join: {
    const std::string hint(name_hint(id));
    return join(children, hint);
  }
  default:
    return intern(n, children);
  }
}

} // namespace writ::ir
