// SPDX-License-Identifier: MIT
#include "layout.h"

#include "vm/select.h"
#include "writ/text.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <deque>
#include <optional>
#include <set>

namespace writ::vm::testing {

namespace {

struct Node {
  std::map<std::string, Node> children;
  std::optional<std::size_t> slot;
};

/// Cuts a path behind the step that holds the first [*]: keys of the slot, whether [*] follows, remaining
/// steps.
struct Cut {
  std::vector<std::string> keys;
  bool each = false;
  std::string rest;
};
Cut cut_path(std::string_view steps) {
  Cut cut;
  while (!steps.empty() && !cut.each) {
    const std::size_t end = std::min(steps.find('.'), steps.size());
    std::string_view step = steps.substr(0, end);
    steps.remove_prefix(std::min(end + 1, steps.size()));
    cut.each = step.ends_with("[*]");
    if (cut.each) step.remove_suffix(3);
    if (step.starts_with("['")) step = step.substr(2, step.size() - 4);
    cut.keys.push_back(lower_ascii(step));
  }
  cut.rest = steps;
  return cut;
}

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

/// The trie and uses of one type.
class TypeLayout {
public:
  void add(std::size_t field, const FieldSpec& spec) {
    if (spec.slotless) return;
    Cut cut = cut_path(spec.steps);
    if (!spec.versions.empty() || spec.fallback) cut = {{}, false, spec.steps}; // paths part at the root
    Node* node = &root_;
    for (const std::string& key : cut.keys)
      node = &node->children[key];
    if (!node->slot) node->slot = slots_++;
    uses_ += "use field=" + std::to_string(field) + " path=" + std::to_string(field) +
             " slot=" + std::to_string(*node->slot) + " steps=" + quoted(cut.rest) +
             (cut.each ? " each" : "") + "\n";
    ++use_count_;
  }
  /// `first_node` and `first_use` are advanced.
  void print(const std::string& name, bool whole, std::size_t& first_node, std::size_t& first_use,
             std::string& nodes, std::string& uses, std::string& types) const {
    types += "type" + (name.empty() ? "" : " name=" + quoted(name)) + " trie=" + std::to_string(first_node) +
             " slots=" + std::to_string(slots_) + " uses=" + std::to_string(first_use) + "+" +
             std::to_string(use_count_) + (whole ? " whole" : "") + "\n";
    std::deque<std::pair<std::string, const Node*>> open{{"", &root_}};
    std::size_t next = first_node + 1;
    for (; !open.empty(); open.pop_front()) {
      const auto& [key, node] = open.front();
      nodes += "node key=" + quoted(key) + " children=" + std::to_string(next) + "+" +
               std::to_string(node->children.size()) +
               (node->slot ? " slot=" + std::to_string(*node->slot) + " whole" : "") + "\n";
      next += node->children.size();
      for (const auto& [child_key, child] : node->children)
        open.emplace_back(child_key, &child);
      ++first_node;
    }
    uses += uses_;
    first_use += use_count_;
  }

private:
  Node root_;
  std::size_t slots_ = 0;
  std::size_t use_count_ = 0;
  std::string uses_;
};

Value with_unknowns(Arena& arena, const Value& value) {
  if (value.is(ValueKind::String) && value.as_string() == "$unknown") return Value::unknown();
  if (value.is(ValueKind::Array)) {
    const auto elements = arena.array<Value>(value.as_array().size());
    for (std::size_t i = 0; i < elements.size(); ++i)
      elements[i] = with_unknowns(arena, value.as_array()[i]);
    return Value::array(elements);
  }
  if (value.is(ValueKind::Object)) {
    const auto members = arena.array<Member>(value.as_object().size());
    for (std::size_t i = 0; i < members.size(); ++i)
      members[i] = {value.as_object()[i].key, with_unknowns(arena, value.as_object()[i].value)};
    return Value::object(members);
  }
  return value;
}

/// Walks a resource along a trie.
void fill_slots(const Image& image, std::uint32_t node, const Value& value, std::vector<Value>& slots) {
  const bc::TrieNode& row = image.program().trie[node];
  if (row.slot != bc::kNone) slots[row.slot] = value;
  for (std::uint32_t c = row.first_child; c < row.first_child + row.child_count; ++c) {
    if (const Member* member = find_entry(value, image.text(image.program().trie[c].key)))
      fill_slots(image, c, member->value, slots);
    else if (value.is(ValueKind::Unknown))
      fill_slots(image, c, value, slots);
  }
}

} // namespace

std::string layout_text(const std::vector<FieldSpec>& fields, bool whole) {
  std::string text;
  std::set<std::string> types{""};
  std::size_t versions = 0;
  for (const FieldSpec& field : fields) {
    for (const auto& [version, steps] : field.versions)
      text += "version api_version=" + quoted(version) + " steps=" + quoted(steps) + "\n";
    text +=
        "path" + (field.type.empty() ? "" : " type=" + quoted(field.type)) + " steps=" + quoted(field.steps) +
        " versions=" + std::to_string(versions) + "+" + std::to_string(field.versions.size()) +
        (field.phrase.empty() ? ""
                              : " pattern=" + quoted(field.phrase) + " variable=" + quoted(field.variable)) +
        (field.fallback ? " flags=1" : "") + "\n";
    versions += field.versions.size();
    types.insert(field.type);
  }
  for (std::size_t f = 0; f < fields.size(); ++f)
    text += "field kind=" + fields[f].kind + " name=" + quoted(fields[f].name) +
            " paths=" + std::to_string(f) + "+1" + (fields[f].secret ? " secret" : "") + "\n";
  std::string nodes;
  std::string uses;
  std::string type_rows;
  std::size_t first_node = 0;
  std::size_t first_use = 0;
  for (const std::string& type : types) {
    TypeLayout layout;
    for (std::size_t f = 0; f < fields.size(); ++f)
      if (fields[f].type.empty() || fields[f].type == type) layout.add(f, fields[f]);
    layout.print(type, whole, first_node, first_use, nodes, uses, type_rows);
  }
  return text + nodes + uses + type_rows;
}

Value parse_with_unknowns(Arena& arena, std::string_view json) {
  Value value;
  JsonError error;
  if (!parse_json(arena, json, value, error))
    FAIL("JSON at " << error.offset << ": " << error.reason << "\n" << json);
  return with_unknowns(arena, value);
}

TestResource::TestResource(std::string_view json) : value_(parse_with_unknowns(arena_, json)) {}

ResourceView TestResource::view(const Image& image, bool with_whole) {
  ResourceView view;
  view.identity = {find_member(value_, "id"), find_member(value_, "name"), find_member(value_, "type"),
                   find_member(value_, "fullName"), find_member(value_, "apiVersion")};
  if (view.identity.type.is(ValueKind::String)) view.type = image.find_type(view.identity.type.as_string());
  const bc::TypeProgram& type = image.program().types[view.type];
  slots_.assign(type.slot_count, Value::missing());
  fill_slots(image, type.trie_root, value_, slots_);
  view.slots = slots_;
  if (with_whole) view.whole = &value_;
  return view;
}

} // namespace writ::vm::testing
