// SPDX-License-Identifier: MIT
// What resources of one type are worth to controls that look for related resources: how each existence
// condition comes out, found by what it looks at. Resources that show the same share their facts.
#pragma once

#include "engine/engine_state.h"
#include "engine/evaluator.h"
#include "engine/look_tree.h"
#include "relate/inventory.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace writ {

class TypeFacts {
public:
  /// Of the relations of one bundle. What is passed must outlive the object.
  TypeFacts(const Engine::State& state, std::uint32_t bundle, std::string_view type);

  /// Some condition looks at the resource of the `if`, too: the resource itself is needed.
  [[nodiscard]] bool needs_text() const { return needs_text_; }
  /// Adds the facts of the evaluator's resource.
  void collect(Evaluator& evaluator, std::vector<std::shared_ptr<const relate::FactList>>& facts);

private:
  struct Leaf {
    std::shared_ptr<const relate::FactList> facts; ///< the same for every resource
    std::vector<std::uint32_t> open;               ///< relations to be decided anew, for the words
  };
  struct Group {
    std::vector<std::uint32_t> relations;
    LookTree<Leaf> tree;
  };
  relate::ExistenceFact fact(std::uint32_t relation, vm::Machine& machine) const;
  Leaf* learn(Group& group, vm::Machine& machine);

  const Engine::State& state_;
  const vm::Image& image_;
  bool needs_text_ = false;
  std::shared_ptr<const relate::FactList> constant_; ///< of relations without condition; null when none
  Looks looks_;
  std::vector<Group> groups_;
  vm::ObservationLog log_;
};

} // namespace writ
