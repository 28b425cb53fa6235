// SPDX-License-Identifier: MIT
// Whether related resources satisfy a control's existence condition, asked when the whole input was read.
// Source: docs/azure-policy-semantics.md, "Existence".
#pragma once

#include "engine/engine_state.h"
#include "engine/pair_machine.h"
#include "engine/scope_book.h"
#include "relate/inventory.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace writ {

/// The resource of the `if`.
struct ExistencePrimary {
  std::string_view id;
  std::string_view type;
  std::string_view text; ///< JSON; needed where the condition looks at it
};

/// What a control that holds says when this is whether related resources satisfy its condition.
Verdict verdict_of_existence(Truth satisfied);

/// Remembers what several resources ask for.
class Existence {
public:
  /// What is passed must outlive the object.
  Existence(const Engine::State& state, relate::Inventory& inventory, ScopeBook& scopes)
      : state_(state), inventory_(inventory), scopes_(scopes), pairs_(state.bundles.size()) {}

  /// The next resource of an `if` may be another one: what was read of the last is forgotten.
  void begin_primary() { primary_loaded_ = false; }
  /// True: some related resource satisfies the condition of the control. `reason` is filled when undecided.
  Truth satisfied(ControlNumber control, const ExistencePrimary& primary, const relate::Selection& selection,
                  std::string& reason);
  /// The same for a condition that looks at nothing but what is related, in a place that is known already
  /// (Inventory::in_place).
  Truth satisfied(ControlNumber control, const std::vector<std::size_t>& place,
                  const relate::Selection& selection) {
    std::string reason;
    return look(state_.relations.number_of(control), {}, selection,
                selection.name ? named(place, *selection.name) : place, reason);
  }

private:
  const std::vector<std::size_t>& named(const std::vector<std::size_t>& place, std::string_view name);
  Truth look(std::uint32_t relation, const ExistencePrimary& primary, const relate::Selection& selection,
             const std::vector<std::size_t>& place, std::string& reason);
  bool load_primary(const ExistencePrimary& primary);
  PairMachine& pair(std::uint32_t bundle);

  const Engine::State& state_;
  relate::Inventory& inventory_;
  ScopeBook& scopes_;
  std::vector<std::unique_ptr<PairMachine>> pairs_;
  /// What related resources in one place came to, for a relation that asks no more.
  struct Looked {
    Truth truth = Truth::False;
    std::string reason;
  };
  std::map<std::tuple<std::uint32_t, const std::vector<std::size_t>*, std::string>, Looked> looked_;
  std::unordered_map<const std::vector<std::size_t>*,
                     std::unordered_map<std::string, std::vector<std::size_t>>>
      named_; ///< candidates in a place, by the last part of their names in lower case
  const std::vector<std::size_t> none_;
  KeptResource kept_; ///< the resource of the `if`
  bool primary_loaded_ = false;
  KeptResource candidate_;
};

} // namespace writ
