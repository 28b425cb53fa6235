// SPDX-License-Identifier: MIT
// What a run knows about a resource type, found by the exact spelling in a few nanoseconds.
#pragma once

#include "engine/engine_state.h"
#include "engine/evaluator.h"
#include "engine/fold_map.h"
#include "engine/outcome_tree.h"
#include "engine/type_facts.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace writ {

/// What a bundle does with resources of one type.
struct TypePlan {
  bool made = false;                      ///< the rest is filled
  bool idle = false;                      ///< no control runs, nobody looks for them
  bool contests = false;                  ///< several of `controls` may contradict each other
  std::vector<TypeControl> controls;      ///< those that run
  std::unique_ptr<TypeOutcomes> outcomes; ///< null when each control is decided by itself
};

/// One resource type in one spelling.
struct TypeEntry {
  /// What a bundle knows of it.
  struct InBundle {
    std::uint32_t program = 0; ///< index into Program::types
    bool related = false;      ///< some control looks for resources of this type
    bool joined = false;       ///< some control counts resources of this type
    /// Without and with a location, by which mode Indexed knows resources of types that the catalogue does
    /// not list.
    std::array<TypePlan, 2> plans;
    std::unique_ptr<TypeFacts> facts; ///< once a resource was met, when `related`
  };
  std::string name;
  std::uint64_t resources = 0;
  bool scope = false; ///< subscription or resource group
  bool idle = false;  ///< in every bundle, with and without a location
  std::vector<InBundle> bundles;
};

/// One per thread.
class TypeCache {
public:
  explicit TypeCache(const Engine::State& state) : state_(state) {}

  TypeEntry& find(std::string_view type) {
    Recent& recent = recent_[hash(type) % recent_.size()];
    if (recent.entry == nullptr || recent.spelling != type) remember(recent, type);
    return *recent.entry;
  }
  /// Moves the counts to the totals: by any spelling, and per bundle and control.
  void move_to(FoldMap<std::uint64_t>& types, std::vector<std::vector<ControlSummary>>& controls) {
    for (const auto& [name, entry] : entries_) {
      if (entry->resources == 0) continue;
      types[name] += std::exchange(entry->resources, 0);
      for (std::size_t b = 0; b < entry->bundles.size(); ++b)
        for (const TypePlan& plan : entry->bundles[b].plans)
          if (plan.outcomes != nullptr) plan.outcomes->move_to(controls[b]);
    }
  }

private:
  struct Recent {
    std::string spelling;
    TypeEntry* entry = nullptr;
  };
  static std::uint64_t hash(std::string_view text) {
    std::uint64_t value = text.size() * 0x9E3779B97F4A7C15ull;
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + at, 8);
      value = (value ^ word) * 0x9E3779B97F4A7C15ull;
      value ^= value >> 32;
    }
    std::uint64_t rest = 0;
    if (at < text.size()) std::memcpy(&rest, text.data() + at, text.size() - at);
    value = (value ^ rest) * 0x9E3779B97F4A7C15ull;
    return value >> 40;
  }
  void remember(Recent& recent, std::string_view type);

  const Engine::State& state_;
  std::array<Recent, 1024> recent_;
  std::unordered_map<std::string, std::unique_ptr<TypeEntry>> entries_;
};

} // namespace writ
