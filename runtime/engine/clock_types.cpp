// SPDX-License-Identifier: MIT
#include "engine/clock_types.h"

#include "writ/semantics/functions.h"

#include <span>

namespace writ {

namespace {

/// Per block, whether it calls utcNow() or runs a test that does. A test runs only tests before it.
std::vector<bool> clock_blocks(const bc::Program& program) {
  std::vector<bool> of_test(program.tests.size());
  const auto look_at = [&](const bc::Block& block) {
    for (const bc::Instruction& i : std::span(program.code).subspan(block.start, block.length)) {
      if (i.opcode == bc::Opcode::Call && i.d == static_cast<std::uint32_t>(Function::UtcNow)) return true;
      if (i.opcode == bc::Opcode::RunTest && of_test[i.d]) return true;
    }
    return false;
  };
  for (std::size_t test = 0; test < program.tests.size(); ++test)
    of_test[test] = look_at(program.blocks[program.tests[test]]);
  std::vector<bool> blocks(program.blocks.size());
  for (std::size_t block = 0; block < blocks.size(); ++block)
    blocks[block] = look_at(program.blocks[block]);
  return blocks;
}

/// Every block that belongs to a control.
template <class Each>
void each_block(const bc::Program& program, const bc::Control& control, const Each& each) {
  each(control.applicable);
  each(control.effect);
  each(control.details);
  const auto terms = [&](std::uint32_t first, std::uint32_t count) {
    for (const bc::JoinTerm& term : std::span(program.join_terms).subspan(first, count)) {
      each(term.condition);
      each(term.right);
    }
  };
  terms(control.first_term, control.term_count);
  for (const bc::ViolationInfo& violation :
       std::span(program.violations).subspan(control.first_violation, control.violation_count)) {
    each(violation.condition);
    each(violation.message);
    terms(violation.first_term, violation.term_count);
  }
  for (const bc::OperationInfo& operation :
       std::span(program.operations).subspan(control.first_operation, control.operation_count))
    for (const std::uint32_t block :
         {operation.operation, operation.field, operation.value, operation.condition})
      each(block);
  if (control.relation != bc::kNone) {
    const bc::RelationInfo& relation = program.relations[control.relation];
    for (const std::uint32_t block : {relation.type, relation.name, relation.kind, relation.resource_group,
                                      relation.scope, relation.condition})
      each(block);
  }
  for (const bc::JoinInfo& join : std::span(program.joins).subspan(control.first_join, control.join_count)) {
    each(join.group);
    each(join.filter);
    for (const bc::JoinKey& key : std::span(program.join_keys).subspan(join.first_key, join.key_count)) {
      each(key.inner);
      each(key.outer);
    }
  }
}

} // namespace

ClockTypes::ClockTypes(const Engine::State& state) : state_(state) {
  for (const PreparedBundle& bundle : state.bundles) {
    const bc::Program& program = bundle.program();
    const auto& blocks = blocks_.emplace_back(clock_blocks(program));
    auto& controls = controls_.emplace_back(program.controls.size());
    for (std::size_t c = 0; c < controls.size(); ++c)
      each_block(program, program.controls[c], [&](std::uint32_t block) {
        if (block != bc::kNone && blocks[block]) controls[c] = true;
      });
  }
}

bool ClockTypes::reads_clock(std::string_view type) {
  if (const auto known = known_.find(type); known != known_.end()) return known->second;
  const bool reads = look_up(type);
  known_.emplace(type, reads);
  return reads;
}

bool ClockTypes::look_up(std::string_view type) const {
  for (std::size_t b = 0; b < state_.bundles.size(); ++b) {
    const PreparedBundle& bundle = state_.bundles[b];
    const bc::Program& program = bundle.program();
    const bc::TypeProgram& own = program.types[bundle.state->image.find_type(type)];
    for (const std::uint32_t control :
         std::span(program.type_controls).subspan(own.first_control, own.control_count))
      if (controls_[b][control]) return true;
  }
  // What a resource leaves for others: the outcome of their conditions.
  for (const std::uint32_t number : state_.relations.of_type(type)) {
    const ControlNumber control = state_.relations.plans[number].control;
    if (controls_[control.bundle][control.control]) return true;
  }
  for (const std::uint32_t number : state_.joins.of_type(type)) {
    const JoinPlan& plan = state_.joins.plans[number];
    const bc::Program& program = state_.bundles[plan.bundle].program();
    const bc::JoinInfo& join = program.joins[plan.join];
    if (join.filter != bc::kNone && blocks_[plan.bundle][join.filter]) return true;
    for (const bc::JoinKey& key : std::span(program.join_keys).subspan(join.first_key, join.key_count))
      if (blocks_[plan.bundle][key.inner]) return true;
  }
  return false;
}

} // namespace writ
