// SPDX-License-Identifier: MIT
// Conditions and operands to blocks of instructions.
#pragma once

#include "codegen/pools.h"
#include "ir/rewrite.h"

#include <functional>
#include <unordered_map>
#include <vector>

namespace writ::codegen {

/// Where the parameters of the control being generated are in the program.
using ParameterIndex = std::unordered_map<std::string, std::uint32_t>; // lower-cased name

/// Where the joins of the control being generated are in the program, by node.
using JoinIndex = std::unordered_map<std::uint32_t, std::uint32_t>;

class BlockWriter {
public:
  /// `uses` tells how often each condition occurs: what occurs once is not worth a shared test.
  BlockWriter(const ir::Graph& graph, bc::Program& program, Pools& pools,
              std::unordered_map<std::uint32_t, std::uint32_t> uses)
      : graph_(graph), program_(program), pools_(pools), uses_(std::move(uses)), elements_(graph) {}

  /// Begins with another control.
  void set_parameters(const ParameterIndex* parameters) {
    parameters_ = parameters;
    own_tests_.clear();
  }
  void set_joins(const JoinIndex* joins) { joins_ = joins; }
  /// Index of a block that returns the truth of the condition / the value of the operand.
  std::uint32_t condition_block(ir::NodeId condition);
  std::uint32_t value_block(ir::NodeId operand);

private:
  /// One block while it is written. Registers are used like a stack: depth is width.
  struct Draft {
    std::vector<bc::Instruction> code;
    std::uint16_t values = 0;
    std::uint16_t truths = 0;
    std::uint16_t binders = 0;
    std::vector<std::uint16_t> scopes; ///< binders of the counts around, innermost last
  };

  std::uint32_t finish(Draft draft);
  void condition(Draft& draft, ir::NodeId id, std::uint16_t truth, std::uint16_t value);
  void test(Draft& draft, ir::NodeId id, std::uint16_t truth, std::uint16_t value);
  void value(Draft& draft, ir::NodeId id, std::uint16_t out);
  void call(Draft& draft, ir::NodeId id, std::uint16_t out);
  /// Writes the loop; the binder holds the count behind it.
  std::uint16_t count(Draft& draft, ir::NodeId id, std::uint16_t truth, std::uint16_t value);
  /// A field of the resource, a constant or a parameter against a constant or a parameter.
  [[nodiscard]] bool is_plain(ir::NodeId test) const;
  std::uint32_t shared_test(ir::NodeId id);
  /// Whether the condition is the same for all controls, and for all elements.
  [[nodiscard]] bool shareable(ir::NodeId id);

  static std::uint16_t binder_of(const Draft& draft, std::uint16_t index) {
    return draft.scopes[draft.scopes.size() - 1 - index];
  }
  static void need_value(Draft& draft, std::uint16_t reg) {
    draft.values = std::max<std::uint16_t>(draft.values, static_cast<std::uint16_t>(reg + 1));
  }
  static void need_truth(Draft& draft, std::uint16_t reg) {
    draft.truths = std::max<std::uint16_t>(draft.truths, static_cast<std::uint16_t>(reg + 1));
  }
  static std::size_t add(Draft& draft, bc::Instruction instruction) {
    draft.code.push_back(instruction);
    return draft.code.size() - 1;
  }
  static std::uint32_t here(const Draft& draft) { return static_cast<std::uint32_t>(draft.code.size()); }

  const ir::Graph& graph_;
  bc::Program& program_;
  Pools& pools_;
  std::unordered_map<std::uint32_t, std::uint32_t> uses_;
  ir::ElementDependence elements_;
  const ParameterIndex* parameters_ = nullptr;
  const JoinIndex* joins_ = nullptr;
  std::unordered_map<std::uint32_t, std::uint32_t> tests_;     // node -> test
  std::unordered_map<std::uint32_t, std::uint32_t> own_tests_; // the same, with parameters of the control
  std::unordered_map<std::uint32_t, std::uint32_t> blocks_;    // condition without parameters -> block
  std::unordered_map<std::uint32_t, bool> has_parameter_;
};

} // namespace writ::codegen
