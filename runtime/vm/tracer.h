// SPDX-License-Identifier: MIT
// Writes down what a run looks at. Beside every register lies what is known of its content: a truth's tree, a
// value's origin, an iteration's elements. Slow and allocating; the interpreter calls it only when asked to
// trace.
#pragma once

#include "vm/core.h"
#include "vm/trace.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace writ::vm {

class Tracer {
public:
  explicit Tracer(Core& core);
  /// The tree of the block that ran last; forgets the trees of shared tests.
  TraceNode take();

  // Called by the interpreter, which passes the registers of the running block.
  void begin(const Registers& r, const bc::Instruction& i, TraceKind kind);
  void join(const Registers& r, const bc::Instruction& i, TraceKind kind);
  void negate(const Registers& r, const bc::Instruction& i);
  void keep_test(std::uint32_t test, const Registers& r);
  void use_test(const Registers& r, const bc::Instruction& i);
  void block_ends(const Registers& r, std::uint16_t truth);

  Judgement test_field(const Registers& r, const bc::Instruction& i);
  Judgement test_bound(const Registers& r, const bc::Instruction& i);
  Judgement test_dynamic(const Registers& r, const bc::Instruction& i);
  void value_tested(const Registers& r, const bc::Instruction& i);
  void count_tested(const Registers& r, const bc::Instruction& i);

  bool count_field(const Registers& r, const bc::Instruction& i, std::uint64_t& rounds);
  bool count_bound(const Registers& r, const bc::Instruction& i, std::uint64_t& rounds);
  bool count_value(const Registers& r, const bc::Instruction& i, std::uint64_t& rounds);
  void round_ends(const Registers& r, const bc::Instruction& i);
  void count_ends() { places_.resize(core_.elements.size()); }

  void computed(const Registers& r, std::uint16_t to) { origin(r, to) = {}; }
  void moved(const Registers& r, std::uint16_t to, std::uint16_t from) { origin(r, to) = origin(r, from); }
  void derived(const Registers& r, std::uint16_t to, std::uint16_t from);
  void combined(const Registers& r, const bc::Instruction& i);
  void field_loaded(const Registers& r, const bc::Instruction& i);
  void element_loaded(const Registers& r, const bc::Instruction& i);

private:
  /// Where a value came from; a secret stays one in everything made of it. What is computed from one place of
  /// the resource still points there.
  struct Origin {
    std::string pointer;
    std::string field;
    bool secret = false;
    bool computed = false; ///< made of what is at the place, not the value itself
  };
  struct CountTrace {
    Origin collection;
    std::vector<TracedValue> elements;
    std::vector<TraceNode> rounds;
  };
  class PlaceSink;
  class TestSink;
  class CountSink;
  class FirstPlaceSink;

  TraceNode& node(const Registers& r, std::size_t truth);
  Origin& origin(const Registers& r, std::size_t value);
  CountTrace& count(const Registers& r, std::size_t binder);
  [[nodiscard]] std::string name_of(std::uint32_t field) const;
  [[nodiscard]] bool secret(std::uint32_t field) const { return core_.program.fields[field].secret; }
  [[nodiscard]] std::string place_of(const Binder& binder, std::uint32_t level) const;
  [[nodiscard]] std::uint32_t number(const bc::Instruction& i) const;
  TraceNode leaf(const Registers& r, const bc::Instruction& i, TraceKind kind, Judgement judgement) const;
  Judgement finish_test(const Registers& r, const bc::Instruction& i, TestSink& sink, std::string field);
  void keep_elements(const Registers& r, const bc::Instruction& i, const CountSink& sink);

  Core& core_;
  TraceNode result_;
  std::vector<TraceNode> nodes_;                       // per truth register of the stack
  std::vector<Origin> origins_;                        // per value register
  std::vector<CountTrace> counts_;                     // per binder
  std::unordered_map<std::uint32_t, TraceNode> tests_; // of shared tests that this trace has met
  std::vector<std::string> places_;                    // beside Core::elements
};

} // namespace writ::vm
