// SPDX-License-Identifier: MIT
#include "codegen/join_writer.h"
#include "writ/text.h"

#include <algorithm>

namespace writ::codegen {

using ir::NodeId;
using ir::NodeKind;

void for_each_own_node(const ir::Graph& graph, NodeId root,
                       const std::function<void(NodeId, const ir::Node&)>& visit) {
  if (!root.valid()) return;
  std::vector<NodeId> open{root};
  std::set<std::uint32_t> seen;
  while (!open.empty()) {
    const NodeId next = open.back();
    open.pop_back();
    if (!seen.insert(next.index).second) continue;
    const ir::Node& node = graph.node(next);
    visit(next, node);
    const auto children = graph.children(next);
    if (node.kind != NodeKind::Join) {
      open.insert(open.end(), children.begin(), children.end());
      continue;
    }
    open.push_back(children[2]);
    for (std::size_t key = ir::kJoinHead; key < children.size(); key += 3)
      open.push_back(children[key + 2]);
  }
}

bool JoinWriter::has_join(NodeId id) const {
  bool found = false;
  ir::for_each_node(graph_, id,
                    [&](NodeId, const ir::Node& node) { found = found || node.kind == NodeKind::Join; });
  return found;
}

void JoinWriter::begin(std::span<const NodeId> roots, bc::Control& out) {
  joins_.clear();
  index_.clear();
  out.first_join = static_cast<std::uint32_t>(program_.joins.size());
  std::set<std::uint32_t> found;
  for (NodeId root : roots)
    ir::for_each_node(graph_, root, [&](NodeId id, const ir::Node& node) {
      if (node.kind == NodeKind::Join) found.insert(id.index);
    });
  for (const std::uint32_t id : found) {
    index_.emplace(id, out.first_join + static_cast<std::uint32_t>(joins_.size()));
    joins_.push_back({id});
  }
  blocks_.set_joins(&index_);
  for (NodeId join : joins_)
    add(join);
  out.join_count = static_cast<std::uint32_t>(joins_.size());
}

void JoinWriter::add(NodeId id) {
  const auto children = graph_.children(id);
  bc::JoinInfo out;
  out.type = pools_.string(lower_ascii(text_of(children[0])));
  out.title = pools_.string(text_of(children[0]));
  out.name = pools_.string(graph_.name_hint(id));
  const auto place = std::find(ir::kJoinPlaces.begin(), ir::kJoinPlaces.end(), text_of(children[1]));
  out.place = static_cast<bc::JoinPlace>(place - ir::kJoinPlaces.begin());
  if (out.place == bc::JoinPlace::NamedResourceGroup) out.group = blocks_.value_block(children[2]);
  if (const ir::Node& filter = graph_.node(children[3]); filter.kind != NodeKind::Constant || !filter.truth)
    out.filter = blocks_.condition_block(children[3]);
  std::vector<bc::JoinKey> keys;
  for (std::size_t at = ir::kJoinHead; at < children.size(); at += 3) {
    bc::JoinKey key;
    key.inner_list = text_of(children[at]) == "any";
    key.outer_list = text_of(children[at]) == "in";
    for (std::size_t side : {at + 1, at + 2})
      if (const ir::FieldId field = graph_.node(children[side]).field; field.valid())
        key.location = key.location || graph_.field_info(field).kind == ir::FieldKind::Location;
    key.inner = blocks_.value_block(children[at + 1]);
    key.outer = blocks_.value_block(children[at + 2]);
    keys.push_back(key);
  }
  out.first_key = static_cast<std::uint32_t>(program_.join_keys.size());
  out.key_count = static_cast<std::uint32_t>(keys.size());
  program_.join_keys.insert(program_.join_keys.end(), keys.begin(), keys.end());
  program_.joins.push_back(out);
}

void JoinWriter::terms(NodeId condition, std::uint32_t& first, std::uint32_t& count) {
  first = static_cast<std::uint32_t>(program_.join_terms.size());
  count = 0;
  if (!has_join(condition)) return;
  std::vector<bc::JoinTerm> out;
  term(condition, out);
  first = static_cast<std::uint32_t>(program_.join_terms.size());
  count = static_cast<std::uint32_t>(out.size());
  program_.join_terms.insert(program_.join_terms.end(), out.begin(), out.end());
}

void JoinWriter::term(NodeId id, std::vector<bc::JoinTerm>& out) {
  const ir::Node& node = graph_.node(id);
  bc::JoinTerm term;
  if (!has_join(id)) {
    term.condition = blocks_.condition_block(id);
    out.push_back(term);
    return;
  }
  const auto children = graph_.children(id);
  if (node.kind == NodeKind::Test) {
    term.kind = bc::JoinTermKind::Compare;
    term.op = node.op;
    term.join = index_.at(children[0].index);
    term.right = blocks_.value_block(children[1]);
    out.push_back(term);
    return;
  }
  for (NodeId child : children)
    this->term(child, out);
  term.kind = node.kind == NodeKind::Not   ? bc::JoinTermKind::Not
              : node.kind == NodeKind::And ? bc::JoinTermKind::All
                                           : bc::JoinTermKind::Any;
  if (node.kind != NodeKind::Not) term.count = static_cast<std::uint32_t>(children.size());
  out.push_back(term);
}

std::vector<JoinShape> JoinWriter::shapes() const {
  std::vector<JoinShape> out;
  for (NodeId id : joins_) {
    const auto children = graph_.children(id);
    JoinShape shape;
    shape.type = lower_ascii(text_of(children[0]));
    const auto collect = [&](NodeId root) {
      ir::for_each_node(graph_, root, [&](NodeId, const ir::Node& node) {
        if (node.field.valid()) shape.fields.insert(node.field.index);
        if (node.kind == NodeKind::DynamicField || node.kind == NodeKind::DynamicFieldValue)
          shape.computed_names = true;
      });
    };
    collect(children[3]);
    for (std::size_t key = ir::kJoinHead; key < children.size(); key += 3)
      collect(children[key + 1]);
    out.push_back(std::move(shape));
  }
  return out;
}

} // namespace writ::codegen
