// SPDX-License-Identifier: MIT
// Verdicts of controls that related resources decide, where only their number is wanted: resources of a kind
// wait as one list of controls (WaitingCount), and are counted list by list.
#pragma once

#include "engine/existence.h"
#include "engine/worker.h"

#include <cstdint>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

namespace writ {

class RelatedCounts {
public:
  /// What is passed must outlive the object. The tally's types are complete.
  RelatedCounts(const Engine::State& state, Existence& existence, relate::Inventory& inventory, Tally& tally)
      : state_(state), existence_(existence), inventory_(inventory), tally_(tally) {}

  void add(const WaitingCount& waiting);
  /// Moves what was counted to the tally.
  void finish();

private:
  /// Where the related resources of some controls of a list are.
  struct Place {
    const relate::Selection* selection = nullptr;
    bool in_input = false; ///< the input holds resources of that type
    std::vector<std::uint32_t> controls;
    /// Resources by where what is related to them is: there it is the same for all of them.
    std::unordered_map<const std::vector<std::size_t>*, std::uint64_t> resources;
  };
  struct List {
    std::uint32_t bundle = 0;
    std::vector<Place> places;
    std::uint64_t without_id = 0;   ///< resources: nothing is known of what is related to them
    std::uint64_t not_in_input = 0; ///< resources, counted for places whose type the input lacks
  };
  List& list_of(const WaitingCount::List& waiting);
  List make_list(std::uint32_t bundle, const std::vector<std::uint32_t>& controls) const;
  void count(std::uint32_t bundle, const Place& place);

  const Engine::State& state_;
  Existence& existence_;
  relate::Inventory& inventory_;
  Tally& tally_;
  std::vector<List*> lists_at_hand_;
  std::unordered_map<const std::vector<std::uint32_t>*, List*> by_address_;
  std::map<std::pair<std::uint32_t, std::vector<std::uint32_t>>, List> lists_;
};

} // namespace writ
