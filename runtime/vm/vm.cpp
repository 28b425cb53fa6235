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

/// A block that returns a truth, without the loop where it is one test.
Judgement judge_block(Dispatch dispatch, Core& core, std::uint32_t block) {
  using Kind = Image::BlockShape::Kind;
  const Image::BlockShape& shape = core.image.block_shape(block);
  if (dispatch == Dispatch::Switch || shape.kind == Kind::Code)
    return run_block(dispatch, core, nullptr, block).judgement;
  if (shape.kind == Kind::True) return {};
  const auto test = [&] {
    return core.test_field(shape.field_test.op, shape.field_test.field,
                           core.image.constants()[shape.field_test.constant]);
  };
  if (shape.kind == Kind::FieldTest) return test();
  return core.once(shape.test, test);
}

/// The same, telling what it rests on.
Judgement observe_block(Dispatch dispatch, Core& core, std::uint32_t block, ObservationLog& log) {
  if (!core.image.is_logic(block)) {
    const Judgement result = judge_block(dispatch, core, block);
    log.push_back({{Observation::Kind::Block, Operator::Equals, block, {}}, result.truth});
    return result;
  }
  core.log = &log;
  const Judgement result = run_block(dispatch, core, nullptr, block).judgement;
  core.log = nullptr;
  return result;
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

void Machine::forget_tests() { core_->epoch = ++core_->newest_epoch; }

void Machine::set_context(const EvaluationContext& context) { core_->context = &context; }

Truth Machine::run_truth(std::uint32_t block) {
  const Judgement result = log_ == nullptr ? judge_block(dispatch_, *core_, block)
                                           : observe_block(dispatch_, *core_, block, *log_);
  reason_ = decided(result.truth) || result.reason == nullptr ? EvaluationError{} : *result.reason;
  return result.truth;
}

Truth Machine::observe(const Observation& what) {
  switch (what.kind) {
  case Observation::Kind::Field:
    return core_->test_field(what.op, what.number, what.right).truth;
  case Observation::Kind::Test:
    return core_
        ->once(what.number,
               [&] {
                 return run_block(dispatch_, *core_, nullptr, core_->program.tests[what.number]).judgement;
               })
        .truth;
  case Observation::Kind::Block:
    break;
  }
  return judge_block(dispatch_, *core_, what.number).truth;
}

std::optional<Value> Machine::single(std::uint32_t field) {
  const Access& access = core_->image.access(core_->subject.type, field);
  if (access.direct) return core_->subject.slots[access.slot];
  if (core_->selector.stars(core_->subject, access) > 0) return std::nullopt;
  SingleSink sink;
  core_->selector.field(core_->subject, field, access, sink);
  return sink.value;
}

Value Machine::run_value(std::uint32_t block) {
  ++values_run_;
  return run_block(dispatch_, *core_, nullptr, block).value;
}

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
