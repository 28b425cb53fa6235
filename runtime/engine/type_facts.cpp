// SPDX-License-Identifier: MIT
#include "engine/type_facts.h"

#include <utility>

namespace writ {

TypeFacts::TypeFacts(const Engine::State& state, std::uint32_t bundle, std::string_view type)
    : state_(state), image_(state.bundles[bundle].state->image) {
  relate::FactList constant;
  LookGroups groups;
  for (const std::uint32_t number : state.relations.of_type(type)) {
    const RelationPlan& plan = state.relations.plans[number];
    if (plan.control.bundle != bundle) continue;
    if (!plan.decided_early) {
      needs_text_ = true;
    } else if (plan.condition == bc::kNone) {
      constant.push_back({number, Truth::True, {}});
    } else {
      std::vector<std::uint64_t> looks;
      image_.add_looks(plan.condition, looks);
      groups.add(number, std::move(looks));
    }
  }
  if (!constant.empty()) constant_ = std::make_shared<const relate::FactList>(std::move(constant));
  for (std::vector<std::uint32_t>& group : groups.things())
    groups_.push_back({std::move(group), {}});
}

relate::ExistenceFact TypeFacts::fact(std::uint32_t relation, vm::Machine& machine) const {
  relate::ExistenceFact fact{relation, machine.run_truth(state_.relations.plans[relation].condition), {}};
  if (!decided(fact.truth) && !is_only_counted(state_.options)) fact.reason = reason_text(machine.reason());
  return fact;
}

TypeFacts::Leaf* TypeFacts::learn(Group& group, vm::Machine& machine) {
  if (group.tree.is_full() || state_.options.plain) return nullptr;
  log_.clear();
  machine.observe_to(&log_);
  relate::FactList facts;
  Leaf leaf;
  for (const std::uint32_t relation : group.relations) {
    relate::ExistenceFact one = fact(relation, machine);
    // The words may be different for the next resource.
    if (one.reason.empty())
      facts.push_back(std::move(one));
    else
      leaf.open.push_back(relation);
  }
  machine.observe_to(nullptr);
  if (!facts.empty()) leaf.facts = std::make_shared<const relate::FactList>(std::move(facts));
  return group.tree.add(looks_, image_, log_, std::move(leaf));
}

void TypeFacts::collect(Evaluator& evaluator, std::vector<std::shared_ptr<const relate::FactList>>& facts) {
  vm::Machine& machine = evaluator.machine();
  looks_.begin();
  if (constant_ != nullptr) facts.push_back(constant_);
  relate::FactList own;
  for (Group& group : groups_) {
    const Leaf* leaf = group.tree.find(looks_, machine);
    if (leaf == nullptr) leaf = learn(group, machine);
    if (leaf != nullptr && leaf->facts != nullptr) facts.push_back(leaf->facts);
    for (const std::uint32_t relation : leaf == nullptr ? group.relations : leaf->open)
      own.push_back(fact(relation, machine));
  }
  if (!own.empty()) facts.push_back(std::make_shared<const relate::FactList>(std::move(own)));
}

} // namespace writ
