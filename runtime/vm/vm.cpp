// SPDX-License-Identifier: MIT
#include "vm/vm.h"

#include "vm/core.h"
#include "vm/interpreter.h"
#include "vm/tracer.h"

namespace writ::vm {

namespace {

Outcome run_block(Dispatch dispatch, Core& core, Tracer* tracer, std::uint32_t block) {
  core.value_rounds = 1;
  core.elements.clear();
  return dispatch == Dispatch::Switch ? run_block_switch(core, tracer, block)
                                      : run_block_goto(core, tracer, block);
}

} // namespace

Machine::Machine(const Image& image, const EvaluationContext& context, const Limits& limits,
                 Dispatch dispatch)
    : core_(std::make_unique<Core>(image, context, limits)), dispatch_(dispatch) {}
Machine::~Machine() = default;
Machine::Machine(Machine&&) noexcept = default;
Machine& Machine::operator=(Machine&&) noexcept = default;

void Machine::begin_resource(const ResourceView& subject, const ResourceView* primary) {
  core_->begin(subject, primary);
}

void Machine::set_context(const EvaluationContext& context) { core_->context = &context; }

Truth Machine::run_truth(std::uint32_t block) {
  const Judgement result = run_block(dispatch_, *core_, nullptr, block).judgement;
  reason_ = decided(result.truth) || result.reason == nullptr ? EvaluationError{} : *result.reason;
  return result.truth;
}

Value Machine::run_value(std::uint32_t block) { return run_block(dispatch_, *core_, nullptr, block).value; }

Truth Machine::trace_truth(std::uint32_t block, TraceNode& trace) {
  if (!tracer_) tracer_ = std::make_unique<Tracer>(*core_);
  // Tests that ran untraced have to run again; those that this trace does not meet keep their results.
  const std::uint64_t untraced = core_->epoch;
  core_->epoch = ++core_->newest_epoch;
  const Judgement result = run_block(dispatch_, *core_, tracer_.get(), block).judgement;
  core_->epoch = untraced;
  reason_ = decided(result.truth) || result.reason == nullptr ? EvaluationError{} : *result.reason;
  trace = tracer_->take();
  return result.truth;
}

} // namespace writ::vm
