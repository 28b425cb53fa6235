// SPDX-License-Identifier: MIT
#include "snapshot/extract.h"

#include "writ/text.h"

#include <algorithm>
#include <bit>

namespace writ::snapshot {

using bc::kNone;

TrieIndex::TrieIndex(const bc::Program& program) : program_(program), tables_(program.trie.size()) {
  for (std::size_t node = 0; node < program.trie.size(); ++node) {
    const bc::TrieNode& parent = program.trie[node];
    if (parent.child_count == 0) continue;
    const auto places = static_cast<std::uint32_t>(std::bit_ceil(std::size_t{2} * parent.child_count + 1));
    tables_[node] = {static_cast<std::uint32_t>(entries_.size()), places - 1};
    entries_.resize(entries_.size() + places);
    for (std::uint32_t child = parent.first_child; child < parent.first_child + parent.child_count; ++child) {
      const std::string_view key = program.strings[program.trie[child].key];
      std::uint32_t at = spread(key) & (places - 1);
      while (entries_[tables_[node].first + at].child != kNone)
        at = (at + 1) & (places - 1);
      entries_[tables_[node].first + at] = {key, child};
    }
  }
}

Extractor::Extractor(const TrieIndex& index)
    : index_(index), program_(index.program()), visited_(program_.trie.size(), 0) {
  std::uint32_t most = 0;
  for (const bc::TypeProgram& type : program_.types)
    most = std::max(most, type.slot_count);
  slots_.resize(most);
}

std::span<const Value> Extractor::extract(const ResourceRoot& resource, std::uint32_t type, Arena& arena) {
  const bc::TypeProgram& program = program_.types[type];
  const std::span slots = std::span(slots_).first(program.slot_count);
  std::fill(slots.begin(), slots.end(), Value::missing());
  if (slots.empty()) return slots;
  tape_ = resource.tape();
  arena_ = &arena;
  ++epoch_;
  const bc::TrieNode& root = program_.trie[program.trie_root];
  if (root.slot != kNone) slots_[root.slot] = root.whole ? resource.materialise(arena) : Value::object({});
  for (const RootMember& member : resource.members()) {
    const std::uint32_t child = index_.find(program.trie_root, member.key);
    if (child == kNone || !first_visit(child)) continue;
    if (resource.properties() == PropertiesState::NotExported && equal_ascii_fold(member.key, "properties"))
      fill_unknown(child);
    else
      enter(child, member.value);
  }
  return slots;
}

std::span<const Value> Extractor::extract_plainly(const ResourceRoot& resource, std::uint32_t type,
                                                  Arena& arena) {
  const bc::TypeProgram& program = program_.types[type];
  const std::span slots = std::span(slots_).first(program.slot_count);
  std::fill(slots.begin(), slots.end(), Value::missing());
  if (!slots.empty()) fill_plainly(program.trie_root, resource.materialise(arena));
  return slots;
}

void Extractor::fill_plainly(std::uint32_t node, const Value& value) {
  const bc::TrieNode& entry = program_.trie[node];
  if (value.is(ValueKind::Unknown)) return fill_unknown(node);
  if (entry.slot != kNone) {
    slots_[entry.slot] = value;
    if (!entry.whole && value.is(ValueKind::Array)) slots_[entry.slot] = Value::array({});
    if (!entry.whole && value.is(ValueKind::Object)) slots_[entry.slot] = Value::object({});
  }
  for (std::uint32_t child = entry.first_child; child < entry.first_child + entry.child_count; ++child) {
    const Value member = find_member(value, program_.strings[program_.trie[child].key]);
    if (!member.is(ValueKind::Missing)) fill_plainly(child, member);
  }
}

void Extractor::enter(std::uint32_t node, std::uint32_t value) {
  const bc::TrieNode& entry = program_.trie[node];
  const TapeKind kind = tape_.kind(value);
  if (entry.slot != kNone) {
    if (entry.whole || !tape_.is_container(value)) slots_[entry.slot] = tape_.materialise(value, *arena_);
    // Nobody looks inside: it is enough that something is there, and of which kind.
    else
      slots_[entry.slot] = kind == TapeKind::Array ? Value::array({}) : Value::object({});
  }
  if (entry.child_count > 0 && kind == TapeKind::Object) walk(node, value);
}

void Extractor::walk(std::uint32_t node, std::uint32_t object) {
  const std::uint32_t end = tape_.end(object);
  for (std::uint32_t next = Tape::begin(object); next < end; next = tape_.after(next + 1)) {
    const std::uint32_t child = index_.find(node, tape_.text(next));
    if (child != kNone && first_visit(child)) enter(child, next + 1);
  }
}

void Extractor::fill_unknown(std::uint32_t node) {
  const bc::TrieNode& entry = program_.trie[node];
  if (entry.slot != kNone) slots_[entry.slot] = Value::unknown();
  for (std::uint32_t child = entry.first_child; child < entry.first_child + entry.child_count; ++child)
    fill_unknown(child);
}

} // namespace writ::snapshot
