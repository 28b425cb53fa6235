// SPDX-License-Identifier: MIT
// A tree over what conditions look at. Another resource that shows the same, look by look, is led along the
// same path to the same leaf; none of the logic runs again. What a leaf is, those say who grow the tree.
#pragma once

#include "vm/observation.h"
#include "vm/vm.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace writ {

/// A field that many looks test. Which of them hold follows from its value, so that a value seen before needs
/// no test at all.
class LookColumn {
public:
  explicit LookColumn(std::uint32_t field) : field_(field) {}
  /// The place of another look at the field in this column.
  std::uint32_t add_look() { return looks_++; }
  /// Whether finding out which value it is costs less than the tests.
  [[nodiscard]] bool is_worth_it() const { return looks_ >= kFewLooks; }
  /// The number of the value that the machine's resource has; kOther for values that are not kept.
  std::uint32_t value(std::uint64_t resource, vm::Machine& machine) {
    if (resource_ != resource) {
      resource_ = resource;
      value_ = find_value(machine);
    }
    return value_;
  }
  /// How a look came out for a value; nothing when it was not asked before.
  [[nodiscard]] std::optional<Truth> known(std::uint32_t value, std::uint32_t look) const {
    const std::vector<std::uint8_t>& truths = truths_[value];
    if (look >= truths.size() || truths[look] == 0) return std::nullopt;
    return static_cast<Truth>(truths[look] - 1);
  }
  void remember(std::uint32_t value, std::uint32_t look, Truth truth) {
    if (look >= truths_[value].size()) truths_[value].resize(looks_);
    truths_[value][look] = static_cast<std::uint8_t>(static_cast<unsigned>(truth) + 1);
  }
  static constexpr std::uint32_t kOther = ~0u;

private:
  static constexpr std::uint32_t kFewLooks = 3;
  static constexpr std::size_t kMostValues = 256;
  static constexpr std::size_t kLongestValue = 128;
  std::uint32_t find_value(vm::Machine& machine);

  std::uint32_t field_ = 0;
  std::uint32_t looks_ = 0;
  std::uint64_t resource_ = 0;
  std::uint32_t value_ = kOther;
  std::string key_;
  std::unordered_map<std::string, std::uint32_t> values_;
  std::vector<std::vector<std::uint8_t>> truths_; ///< per value and look: 0 unknown, else truth + 1
};

/// The looks that trees of one type have in common, and how they came out for the resource at hand.
class Looks {
public:
  /// The number of a look.
  std::uint32_t number_of(const vm::Observation& what);
  /// Forgets what is known of the resource before.
  void begin() { ++resource_; }
  Truth at(std::uint32_t number, vm::Machine& machine) {
    Look& look = looks_[number];
    if (look.known >> 2 != resource_)
      look.known = resource_ << 2 | static_cast<std::uint64_t>(take(look, machine));
    return static_cast<Truth>(look.known & 3);
  }

private:
  static constexpr std::uint32_t kNoColumn = ~0u;
  struct Look {
    vm::Observation what;
    std::uint64_t known = 0; ///< resource and truth
    std::uint32_t column = kNoColumn;
    std::uint32_t in_column = 0;
  };
  Truth take(const Look& look, vm::Machine& machine);

  std::vector<Look> looks_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> numbers_;
  std::unordered_map<std::uint32_t, std::uint32_t> column_of_field_;
  std::vector<LookColumn> columns_;
  std::uint64_t resource_ = 0;
};

/// The inner nodes: looks, and where their outcomes lead.
class LookPaths {
public:
  static constexpr std::uint32_t kNowhere = ~0u;

  /// The number of the leaf for the machine's resource; kNowhere when none like it was there before.
  std::uint32_t find(Looks& looks, vm::Machine& machine) const {
    std::uint32_t at = root_;
    while (at < kLeaf) {
      const Node& node = nodes_[at];
      at = node.next[static_cast<std::size_t>(looks.at(node.look, machine))];
    }
    return at == kNowhere ? kNowhere : at - kLeaf;
  }
  /// Leads what was observed to a leaf. False when the way leaves one that is known, which would mean that
  /// looks are not all there is.
  bool add(Looks& looks, const vm::Image& image, const vm::ObservationLog& log, std::uint32_t leaf);
  /// Nothing should be added any more.
  [[nodiscard]] bool is_full() const { return nodes_.size() >= kMostNodes; }

private:
  static constexpr std::uint32_t kLeaf = 1u << 31; ///< from here on: leaves
  static constexpr std::size_t kMostNodes = std::size_t{1} << 15;
  struct Node {
    std::uint32_t look = 0;
    std::array<std::uint32_t, 4> next{kNowhere, kNowhere, kNowhere, kNowhere}; ///< by truth
  };
  std::uint32_t root_ = kNowhere;
  std::vector<Node> nodes_;
};

template <class Leaf> class LookTree {
public:
  /// Null when no resource like the machine's was there before.
  Leaf* find(Looks& looks, vm::Machine& machine) {
    const std::uint32_t leaf = paths_.find(looks, machine);
    return leaf == LookPaths::kNowhere ? nullptr : &leaves_[leaf];
  }
  /// Null when the leaf found no place.
  Leaf* add(Looks& looks, const vm::Image& image, const vm::ObservationLog& log, Leaf leaf) {
    if (!paths_.add(looks, image, log, static_cast<std::uint32_t>(leaves_.size()))) return nullptr;
    return &leaves_.emplace_back(std::move(leaf));
  }
  [[nodiscard]] bool is_full() const { return paths_.is_full(); }
  [[nodiscard]] std::deque<Leaf>& leaves() { return leaves_; }

private:
  LookPaths paths_;
  std::deque<Leaf> leaves_;
};

/// Things that look at the same, so that one tree serves them all.
class LookGroups {
public:
  /// Adds a thing by the numbers of its looks (Image::add_looks), any order.
  void add(std::uint32_t thing, std::vector<std::uint64_t> looks);
  /// The things of each group, in the order that they came.
  [[nodiscard]] std::vector<std::vector<std::uint32_t>> things() const;

private:
  struct Group {
    std::vector<std::uint32_t> things;
    std::vector<std::uint64_t> looks; ///< sorted
  };
  std::vector<Group> groups_;
};

} // namespace writ
