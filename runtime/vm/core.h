// SPDX-License-Identifier: MIT
// State of a machine, and what instructions do beyond moving registers. Private to the VM.
#pragma once

#include "vm/dynamic_field.h"
#include "vm/frame.h"
#include "vm/image.h"
#include "vm/limits.h"
#include "vm/observation.h"
#include "vm/select.h"
#include "writ/arena.h"
#include "writ/bytecode/format.h"
#include "writ/semantics/functions.h"
#include "writ/semantics/truth.h"

#include <array>
#include <cstdint>
#include <vector>

namespace writ::vm {

/// An iteration: its elements while it runs, the possible counts when it is finished.
struct Binder {
  std::uint32_t first = 0;        ///< first element in Core::elements
  std::uint32_t size = 0;         ///< number of elements
  std::uint32_t current = 0;      ///< element of this round
  std::uint32_t levels = 0;       ///< pointers per element, one for each [*] of the collection
  std::uint32_t outer_rounds = 1; ///< rounds of the value counts around it, multiplied
  std::int64_t least = 0;         ///< elements that count
  std::int64_t most = 0;          ///< ... and those that may; kUnbounded when the collection is not known
  bool failed = false;            ///< an element, or the collection, is an error
  const EvaluationError* reason = nullptr;
};
inline constexpr std::int64_t kUnbounded = INT64_MAX;

/// Registers of one running block. Blocks inside blocks use the registers behind.
struct Registers {
  Value* values;
  Truth* truths;
  const EvaluationError** reasons; ///< per truth; valid while the truth is undecided
  Binder* binders;
};

/// A truth and, when undecided, why.
struct Judgement {
  Truth truth = Truth::True;
  const EvaluationError* reason = nullptr;
};

struct TestMemo {
  std::uint64_t epoch = 0;
  Judgement result;
};

/// Everything but the instruction loop. One per machine.
class Core {
public:
  Core(const Image& image, const EvaluationContext& context, const Limits& limits);

  const Image& image;
  const bc::Program& program;
  const EvaluationContext* context;
  Limits limits;
  Arena arena;
  Selector selector;
  ResourceView subject;
  ResourceView primary;
  bool has_primary = false;
  std::uint64_t newest_epoch = 0;
  std::uint64_t epoch = 0; ///< changes with every resource; results of tests carry the epoch they hold for
  std::vector<TestMemo> tests;
  std::vector<const Value*> elements; ///< of running iterations, as a stack
  std::uint32_t value_rounds = 1;     ///< rounds of the value counts that are running, multiplied
  ObservationLog* log = nullptr;      ///< where blocks of logic write what they look at

  void begin(const ResourceView& view, const ResourceView* primary_view);
  /// The result of a shared test, which `run` finds out when nobody asked before.
  template <class Run> const Judgement& once(std::uint32_t test, Run&& run) {
    TestMemo& memo = tests[test];
    if (memo.epoch != epoch) memo = {epoch, run()};
    return memo.result;
  }
  [[nodiscard]] Registers base() {
    return {values_.data(), truths_.data(), reasons_.data(), binders_.data()};
  }

  // --- values
  Value load_field(std::uint32_t field, std::uint8_t flags);
  Value load_parameter(std::uint32_t parameter);
  Value load_bound(std::uint32_t field, const Binder& binder, std::uint32_t level);
  Value load_element_field(std::uint32_t field, const Binder& binder, std::uint32_t level);
  Value load_dynamic(const Value& name, std::uint8_t flags);
  Value load_count(const Binder& binder);
  Value make_list(std::span<const Value> elements_of_list);
  Value make_record(std::span<const Value> keys_and_values);
  Value make_text(std::span<const Value> parts);
  Value call(Function function, std::span<Value> arguments);
  Value get_member(const Value& container, const Value& key);
  /// The functions and()/or(): both sides, `stop` is the boolean that decides. True in `decided` = no more
  /// arguments.
  Value join_booleans(const Value& a, const Value& b, bool stop, bool& finished);
  Value require_boolean(const Value& value);

  // --- tests
  Judgement apply(Operator op, const Value& left, const Value& right);
  Judgement test_field(Operator op, std::uint32_t field, const Value& right);
  Judgement test_bound(Operator op, std::uint32_t field, const Binder& binder, std::uint32_t level,
                       const Value& right);
  Judgement test_dynamic(Operator op, const Value& name, const Value& right);
  Judgement test_count(Operator op, const Binder& binder, const Value& right);
  /// The right side of a test on `location`.
  Value normal_location(const Value& value);

  // --- iteration
  [[nodiscard]] const Value* element(const Binder& binder, std::uint32_t level) const {
    if (level > binder.levels) return nullptr;
    return elements[binder.first + std::size_t{binder.current} * binder.levels + level - 1];
  }
  /// False when there is no element. `spent` counts the rounds of the block.
  bool count_field(Binder& binder, std::uint32_t field, std::uint64_t& spent);
  bool count_bound(Binder& binder, std::uint32_t field, const Binder& outer, std::uint32_t level,
                   std::uint64_t& spent);
  /// Adds one round; true when another follows.
  bool count_next(Binder& binder, Judgement where) {
    if (where.truth != Truth::True) {
      if (where.truth != Truth::False) add_undecided(binder, where);
    } else {
      ++binder.least;
      if (binder.most != kUnbounded) ++binder.most;
    }
    if (++binder.current < binder.size) return true;
    end_iteration(binder);
    return false;
  }
  /// The parts of count_field and count_bound around the walk; the tracer walks with a sink of its own.
  void begin_collection(Binder& binder, std::uint32_t levels);
  bool end_collection(Binder& binder, const Value& undecided, std::uint64_t& spent);
  /// Elements of a value count; false when there is none.
  bool begin_value_count(Binder& binder, const Value& array, std::uint64_t& spent);

  /// The members of a field with a computed name; false when it is no name.
  template <class Sink> bool select_dynamic(const ResourceView& view, std::string_view name, Sink& sink);
  /// How a field with a computed name is read: its type may have no program of its own.
  [[nodiscard]] Access dynamic_access(const ResourceView& view, std::uint32_t field) const;
  /// Number of [*] of the field's path on this resource.
  [[nodiscard]] std::uint32_t stars(const ResourceView& view, std::uint32_t field) const {
    return selector.stars(view, image.access(view.type, field));
  }

  const EvaluationError* error(std::string_view code, std::string_view detail);
  const EvaluationError* unknown(std::uint32_t field);
  [[nodiscard]] const ResourceView* view_for(std::uint8_t flags) const {
    return (flags & bc::kOfPrimary) == 0 ? &subject : has_primary ? &primary : nullptr;
  }

private:
  static void add_undecided(Binder& binder, Judgement where);
  void end_iteration(Binder& binder);
  bool refuse(Binder& binder, std::string_view detail);
  Value gathered(const ResourceView& view, std::uint32_t field, const Access& access);

  std::vector<Value> values_;
  std::vector<Truth> truths_;
  std::vector<const EvaluationError*> reasons_;
  std::vector<Binder> binders_;
  std::vector<Value> gather_; // members on their way into an array
};

/// Keeps the first reason of the stronger undecided outcome.
inline void conjoin(Judgement& all, const Judgement& one) {
  const Truth joined = truth_and(all.truth, one.truth);
  if (joined != all.truth) all.reason = one.reason;
  all.truth = joined;
}

/// Sink of a leaf: the operator must hold for every member.
class AllOfSink : public PlainSink {
public:
  AllOfSink(Core& core, Operator op, const Value& right, bool location)
      : core_(core), right_(right), op_(op), location_(location) {}
  bool member(const Value& value) {
    conjoin(result, core_.apply(op_, location_ ? core_.normal_location(value) : value, right_));
    return result.truth != Truth::False;
  }
  Judgement result;

private:
  Core& core_;
  const Value& right_;
  Operator op_;
  bool location_;
};

/// Sink of an iteration: appends the elements of all levels to Core::elements.
class ElementSink : public PlainSink {
public:
  using Mark = std::uint32_t;
  ElementSink(Core& core, const Binder& binder) : core_(core), levels_(binder.levels) {}
  /// The elements that the first levels are bound to already.
  void preset(const Value* element) { way_[depth_++] = element; }
  void enter_element(std::size_t, const Value& element) { way_[depth_++] = &element; }
  [[nodiscard]] Mark mark() const { return depth_; }
  void rewind(Mark depth) { depth_ = depth; }
  bool member(const Value& value) {
    if (depth_ == levels_ && depth_ > 0) {
      if (!value.is(ValueKind::Missing))
        core_.elements.insert(core_.elements.end(), way_.begin(), way_.begin() + depth_);
    } else if (value.undecided()) {
      undecided = value;
    }
    return true;
  }
  /// Pointers in Core::elements, of this and enclosing iterations.
  [[nodiscard]] std::size_t count() const { return core_.elements.size(); }
  Value undecided; ///< a collection that is not known; Missing when all are

private:
  Core& core_;
  std::uint32_t levels_;
  std::uint32_t depth_ = 0;
  std::array<const Value*, bc::ProgramLimits::kPathStars + 1> way_{};
};

/// Sink of the function field() over one member.
class SingleSink : public PlainSink {
public:
  bool member(const Value& member_value) {
    value = member_value;
    return false;
  }
  Value value;
};

template <class Sink> bool Core::select_dynamic(const ResourceView& view, std::string_view name, Sink& sink) {
  const FieldName field = classify_field_name(name);
  switch (field.form) {
  case FieldName::Form::Invalid:
    return false;
  case FieldName::Form::Identity: {
    const auto outside = sink.mark();
    sink.enter_key(Selector::identity_key(field.kind));
    sink.member(selector.identity(view, field.kind));
    sink.rewind(outside);
    return true;
  }
  case FieldName::Form::Keys: {
    const std::vector<std::string_view> keys(field.keys.begin(), field.keys.end());
    selector.keys(view, keys, sink);
    return true;
  }
  case FieldName::Form::Other:
    break;
  }
  const std::uint32_t number = image.find_field(name);
  if (number == bc::kNone) return sink.member(Value::missing()), true;
  const Access access = dynamic_access(view, number);
  selector.field(view, number, access, sink);
  return true;
}

} // namespace writ::vm
