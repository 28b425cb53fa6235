// SPDX-License-Identifier: MIT
#include "codegen/type_programs.h"
#include "ir/rewrite.h"
#include "writ/text.h"

#include <algorithm>
#include <memory>

namespace writ::codegen {

namespace {

/// A path trie while it grows.
struct TrieBranch {
  std::map<std::string, std::unique_ptr<TrieBranch>> children;
  std::uint32_t slot = bc::kNone;
};

bool is_type_field(const ir::Graph& graph, const ir::Node& node) {
  return node.kind == ir::NodeKind::Field && graph.field_info(node.field).kind == ir::FieldKind::Type;
}

/// Operators whose right side is whole types; that of the others is a part or a pattern.
bool names_types(Operator op) {
  return op == Operator::Equals || op == Operator::NotEquals || op == Operator::In || op == Operator::NotIn;
}

/// Fields that the VM answers from the identity of a resource, without a slot.
bool from_identity(bc::FieldKind kind) {
  return kind == bc::FieldKind::Name || kind == bc::FieldKind::FullName || kind == bc::FieldKind::Type ||
         kind == bc::FieldKind::Id || kind == bc::FieldKind::ApiVersion || kind == bc::FieldKind::ParentId ||
         kind == bc::FieldKind::SubscriptionId || kind == bc::FieldKind::ResourceGroupId;
}

} // namespace

TypePrograms::Maybe TypePrograms::decide_type_test(const ir::Node& node, ir::NodeId right,
                                                   const std::string& type) {
  if (graph_.node(right).kind != ir::NodeKind::Literal) return Maybe::Open;
  // These see the case in which a resource spells its type; `type` is in lower case.
  if (node.op == Operator::Match || node.op == Operator::NotMatch) return Maybe::Open;
  const Value& value = graph_.constant_value(right);
  if (!type.empty()) {
    const Truth truth = apply_operator(node.op, Value::string(type), value, program_.semantics);
    return truth == Truth::True ? Maybe::Yes : truth == Truth::False ? Maybe::No : Maybe::Open;
  }
  // A type that nobody mentions differs from every constant, but may match a pattern.
  switch (node.op) {
  case Operator::Equals:
  case Operator::In:
    return Maybe::No;
  case Operator::NotEquals:
  case Operator::NotIn:
    return Maybe::Yes;
  default:
    return Maybe::Open;
  }
}

TypePrograms::Maybe TypePrograms::decide(ir::NodeId id, const std::string& type,
                                         std::unordered_map<std::uint32_t, Maybe>& memo) {
  if (auto found = memo.find(id.index); found != memo.end()) return found->second;
  const ir::Node& node = graph_.node(id);
  Maybe result = Maybe::Open;
  switch (node.kind) {
  case ir::NodeKind::Constant:
    result = node.truth ? Maybe::Yes : Maybe::No;
    break;
  case ir::NodeKind::Not: {
    const Maybe inner = decide(graph_.children(id)[0], type, memo);
    result = inner == Maybe::Yes ? Maybe::No : inner == Maybe::No ? Maybe::Yes : Maybe::Open;
    break;
  }
  case ir::NodeKind::And:
  case ir::NodeKind::Or: {
    const Maybe decisive = node.kind == ir::NodeKind::And ? Maybe::No : Maybe::Yes;
    result = decisive == Maybe::No ? Maybe::Yes : Maybe::No;
    for (ir::NodeId child : graph_.children(id)) {
      const Maybe inner = decide(child, type, memo);
      if (inner == decisive) {
        result = decisive;
        break;
      }
      if (inner == Maybe::Open) result = Maybe::Open;
    }
    break;
  }
  case ir::NodeKind::Test:
    if (is_type_field(graph_, graph_.node(graph_.children(id)[0])))
      result = decide_type_test(node, graph_.children(id)[1], type);
    break;
  default:
    break;
  }
  memo.emplace(id.index, result);
  return result;
}

void TypePrograms::mention(ir::NodeId condition, std::set<std::string>& types) {
  for_each_own_node(graph_, condition, [&](ir::NodeId id, const ir::Node& node) {
    if (node.kind != ir::NodeKind::Test || !names_types(node.op) ||
        !is_type_field(graph_, graph_.node(graph_.children(id)[0])))
      return;
    const ir::NodeId right = graph_.children(id)[1];
    if (graph_.node(right).kind != ir::NodeKind::Literal) return;
    const Value& value = graph_.constant_value(right);
    auto add = [&](const Value& one) {
      if (one.is(ValueKind::String) && !one.as_string().empty()) types.insert(lower_ascii(one.as_string()));
    };
    if (value.is(ValueKind::Array))
      for (const Value& element : value.as_array())
        add(element);
    else
      add(value);
  });
}

void TypePrograms::build(const std::vector<ControlShape>& controls) {
  std::set<std::string> types;
  for (const ControlShape& control : controls) {
    mention(control.applicable, types);
    for (const std::set<std::uint32_t>* fields : {&control.fields, &control.candidate_fields})
      for (std::uint32_t field : *fields)
        for (const ir::Resolution& resolution : graph_.field_info({field}).resolutions)
          types.insert(lower_ascii(resolution.type));
    if (!control.candidate_type.empty()) types.insert(control.candidate_type);
    for (const JoinShape& join : control.joins)
      types.insert(join.type);
  }
  // Most controls are about a few types: those are found by asking once for the types nobody mentions, and
  // then only for the types the control itself mentions.
  std::map<std::string, std::vector<const ControlShape*>> by_type;
  for (const std::string& type : types)
    by_type[type];
  std::vector<const ControlShape*> everywhere;
  for (const ControlShape& control : controls) {
    std::unordered_map<std::uint32_t, Maybe> memo;
    const bool open = decide(control.applicable, "", memo) != Maybe::No;
    if (open) everywhere.push_back(&control);
    std::set<std::string> candidates;
    if (!open) mention(control.applicable, candidates);
    for (const std::string& type : open ? types : candidates) {
      std::unordered_map<std::uint32_t, Maybe> memo_of_type;
      if (decide(control.applicable, type, memo_of_type) != Maybe::No) by_type[type].push_back(&control);
    }
  }
  std::map<std::string, std::set<std::uint32_t>> candidate_fields;
  std::set<std::string> candidate_whole;
  std::set<std::uint32_t> any_candidate;
  bool any_whole = false;
  for (const ControlShape& control : controls) {
    for (const JoinShape& join : control.joins) {
      candidate_fields[join.type].insert(join.fields.begin(), join.fields.end());
      if (join.computed_names) candidate_whole.insert(join.type);
    }
    if (!control.candidate_type.empty()) {
      candidate_fields[control.candidate_type].insert(control.candidate_fields.begin(),
                                                      control.candidate_fields.end());
      if (control.candidate_computed_names) candidate_whole.insert(control.candidate_type);
    } else {
      any_candidate.insert(control.candidate_fields.begin(), control.candidate_fields.end());
      any_whole = any_whole || control.candidate_computed_names;
    }
  }
  add_type("", everywhere, any_candidate, any_whole);
  for (const auto& [type, list] : by_type) {
    std::set<std::uint32_t> more = any_candidate;
    if (auto found = candidate_fields.find(type); found != candidate_fields.end())
      more.insert(found->second.begin(), found->second.end());
    add_type(type, list, more, any_whole || candidate_whole.contains(type));
  }
}

void TypePrograms::add_type(const std::string& type, const std::vector<const ControlShape*>& controls,
                            const std::set<std::uint32_t>& more_fields, bool needs_whole) {
  bc::TypeProgram out;
  out.name = type.empty() ? bc::kNone : pools_.string(type);
  out.first_control = static_cast<std::uint32_t>(program_.type_controls.size());
  out.control_count = static_cast<std::uint32_t>(controls.size());
  out.needs_whole = needs_whole;
  std::set<std::uint32_t> fields = more_fields;
  for (const ControlShape* control : controls) {
    program_.type_controls.push_back(control->control);
    fields.insert(control->fields.begin(), control->fields.end());
    out.needs_whole = out.needs_whole || control->computed_names;
  }

  TrieBranch root;
  std::map<std::uint32_t, bc::SlotUse> uses; // by program field
  for (std::uint32_t ir_field : fields) {
    const std::uint32_t index = pools_.field({ir_field});
    const bc::Field& field = program_.fields[index];
    if (from_identity(field.kind)) continue;
    for (std::uint32_t p = field.first_path; p < field.first_path + field.path_count; ++p) {
      const bc::FieldPath& path = program_.paths[p];
      if (path.type != bc::kNone && (type.empty() || program_.strings[path.type] != type)) continue;
      bc::SlotUse use;
      use.field = index;
      use.path = p;
      std::uint32_t walked = 0;
      TrieBranch* branch = &root;
      while (walked < path.step_count && !use.each) {
        const bc::Step& step = program_.steps[path.first_step + walked++];
        auto& child = branch->children[program_.strings[step.name]];
        if (!child) child = std::make_unique<TrieBranch>();
        branch = child.get();
        use.each = step.each;
      }
      if (branch->slot == bc::kNone) branch->slot = out.slot_count++;
      use.slot = branch->slot;
      use.first_step = path.first_step + walked;
      use.step_count = path.step_count - walked;
      // The slot shows the default place only; other places need the resource itself.
      if (path.version_count > 0 || (path.flags & bc::kRootOrProperties)) out.needs_whole = true;
      uses.emplace(index, use);
      break;
    }
  }
  out.first_use = static_cast<std::uint32_t>(program_.slot_uses.size());
  out.use_count = static_cast<std::uint32_t>(uses.size());
  for (const auto& [field, use] : uses)
    program_.slot_uses.push_back(use);

  // Breadth first: the children of a node lie side by side, behind it.
  out.trie_root = static_cast<std::uint32_t>(program_.trie.size());
  std::vector<std::pair<const TrieBranch*, std::uint32_t>> level{{&root, out.trie_root}};
  program_.trie.push_back({});
  for (std::size_t i = 0; i < level.size(); ++i) {
    const auto [branch, at] = level[i];
    program_.trie[at].slot = branch->slot;
    program_.trie[at].whole = branch->slot != bc::kNone;
    program_.trie[at].first_child = static_cast<std::uint32_t>(program_.trie.size());
    program_.trie[at].child_count = static_cast<std::uint32_t>(branch->children.size());
    for (const auto& [key, child] : branch->children) {
      level.emplace_back(child.get(), static_cast<std::uint32_t>(program_.trie.size()));
      bc::TrieNode node;
      node.key = pools_.string(key);
      program_.trie.push_back(node);
    }
  }
  program_.types.push_back(out);
}

} // namespace writ::codegen
