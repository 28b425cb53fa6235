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
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace writ {

/// The looks that trees of one type have in common, and how they came out for the resource at hand.
class Looks {
public:
  /// The number of a look.
  std::uint32_t number_of(const vm::Observation& what);
  /// Forgets what is known of the resource before.
  void begin() { ++resource_; }
  Truth at(std::uint32_t number, vm::Machine& machine) {
    std::uint64_t& known = known_[number];
    if (known >> 2 != resource_)
      known = resource_ << 2 | static_cast<std::uint64_t>(machine.observe(looks_[number]));
    return static_cast<Truth>(known & 3);
  }

private:
  std::vector<vm::Observation> looks_;
  std::vector<std::uint64_t> known_; ///< per look: resource and truth
  std::unordered_multimap<std::uint64_t, std::uint32_t> numbers_;
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
