// SPDX-License-Identifier: MIT
// From a resource on the tape to the slots of its type's program: one walk along the path trie.
#pragma once

#include "snapshot/resource_root.h"
#include "writ/arena.h"
#include "writ/bytecode/program.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace writ::snapshot {

/// Children of trie nodes by key, any case, without allocation. Immutable; shared by all threads.
class TrieIndex {
public:
  explicit TrieIndex(const bc::Program& program);
  /// Index of the child into Program::trie, or kNone.
  [[nodiscard]] std::uint32_t find(std::uint32_t node, std::string_view key) const {
    const Table& table = tables_[node];
    if (table.mask == 0) return bc::kNone;
    for (std::uint32_t at = spread(key) & table.mask;; at = (at + 1) & table.mask) {
      const Entry& entry = entries_[table.first + at];
      if (entry.child == bc::kNone) return bc::kNone;
      if (entry.key.size() == key.size() && equal(entry.key, key)) return entry.child;
    }
  }
  [[nodiscard]] const bc::Program& program() const { return program_; }

private:
  struct Table {
    std::uint32_t first = 0;
    std::uint32_t mask = 0; ///< 0: no children
  };
  struct Entry {
    std::string_view key; ///< lower case
    std::uint32_t child = bc::kNone;
  };
  /// Length, first, middle and last character: property names differ there. Setting bit 5 folds letters, and
  /// maps other characters alike on both sides.
  static std::uint32_t spread(std::string_view key) {
    if (key.empty()) return 0;
    const auto at = [&](std::size_t i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(key[i]) | 0x20u);
    };
    return static_cast<std::uint32_t>(key.size()) * 0x9E3779B1u + at(0) * 0x85EBCA6Bu +
           at(key.size() / 2) * 0x27D4EB2Fu + at(key.size() - 1) * 0x165667B1u +
           ((at(0) ^ at(key.size() - 1)) << 3) + (at(key.size() / 2) >> 1);
  }
  static bool equal(std::string_view lower, std::string_view key) {
    for (std::size_t i = 0; i < lower.size(); ++i) {
      const char c = key[i];
      if (lower[i] != (c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c)) return false;
    }
    return true;
  }
  const bc::Program& program_;
  std::vector<Table> tables_;
  std::vector<Entry> entries_;
};

/// Fills slots. One per thread and program; after warm-up only containers that are wanted whole take arena
/// memory.
class Extractor {
public:
  explicit Extractor(const TrieIndex& index);
  /// The slots of Program::types[type] for the resource. Valid until the next call; what the values point to
  /// lives in the parser and the arena. Below properties that were not exported every slot is unknown.
  std::span<const Value> extract(const ResourceRoot& resource, std::uint32_t type, Arena& arena);
  /// The same the longest way: path by path over the resource as a tree of values.
  std::span<const Value> extract_plainly(const ResourceRoot& resource, std::uint32_t type, Arena& arena);

private:
  void enter(std::uint32_t node, std::uint32_t value);
  void walk(std::uint32_t node, std::uint32_t object);
  void fill_plainly(std::uint32_t node, const Value& value);
  void fill_unknown(std::uint32_t node);
  bool first_visit(std::uint32_t node) {
    if (visited_[node] == epoch_) return false;
    visited_[node] = epoch_;
    return true;
  }

  const TrieIndex& index_;
  const bc::Program& program_;
  Tape tape_;
  Arena* arena_ = nullptr;
  std::vector<Value> slots_;
  std::vector<std::uint64_t> visited_; ///< per trie node: the extraction that met it; of keys that differ in
                                       ///< case the first counts
  std::uint64_t epoch_ = 0;
};

} // namespace writ::snapshot
