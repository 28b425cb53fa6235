// SPDX-License-Identifier: MIT
// A verified program prepared for running: everything that can be looked up once is looked up here.
#pragma once

#include "vm/constant_arrays.h"
#include "writ/bytecode/program.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace writ::vm {

/// How a field is read on one type.
struct Access {
  std::uint32_t field = bc::kNone;
  std::uint32_t slot = bc::kNone; ///< kNone: no slot
  std::uint32_t path = bc::kNone; ///< FieldPath; kNone: the type has no such field
  std::uint8_t walked = 0;        ///< steps of the path that the slot is behind
  bool direct = false;            ///< the slot's value is the field's value, nothing else to do
};

/// Whether an instruction looks at a property of the resource. Others reach it through what these bound.
bool reads_property(bc::Opcode opcode);

/// Immutable after construction and parameters; any number of machines on any thread may share it.
/// INVARIANT: the program has passed bc::verify; nothing here or in the machine checks it again.
class Image {
public:
  explicit Image(bc::Program program);
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;

  /// Replaces the value of a parameter that is not bound. `value` must outlive the image.
  void set_parameter(std::uint32_t parameter, const Value& value) { parameters_[parameter] = value; }

  [[nodiscard]] const bc::Program& program() const { return program_; }
  [[nodiscard]] std::string_view text(bc::StringId id) const { return program_.strings[id]; }

  /// The entry of a resource type, any case; 0 (other types) when it has none. O(1), no allocation.
  [[nodiscard]] std::uint32_t find_type(std::string_view name) const;

  /// How the type reads the field. O(1). Never fails: an Access without slot and path reads missing.
  [[nodiscard]] const Access& access(std::uint32_t type, std::uint32_t field) const {
    const AccessTable& table = access_tables_[type];
    for (std::uint32_t at = spread(field) & table.mask;; at = (at + 1) & table.mask) {
      const Access& entry = accesses_[table.first + at];
      if (entry.field == field) return entry;
      if (entry.field == bc::kNone) return everywhere_[field];
    }
  }

  /// The field that a computed name means: an alias or raw path by its name, any case; kNone when there is
  /// none.
  [[nodiscard]] std::uint32_t find_field(std::string_view name) const;
  /// The path of a field on a type that may have no program of its own (slow).
  [[nodiscard]] std::uint32_t find_path(std::uint32_t field, std::string_view type) const;

  /// Whether the field selects several members on some type (slow).
  [[nodiscard]] bool is_collection(std::uint32_t field) const;

  /// Constants as instructions load them: a literal null is Missing, so that it differs from a computed null.
  [[nodiscard]] const Value* constants() const { return constants_.data(); }
  [[nodiscard]] const ConstantArrays& constant_arrays() const { return constant_arrays_; }
  [[nodiscard]] const Value& parameter(std::uint32_t index) const { return parameters_[index]; }

  /// Most shared tests compare one field with one constant. They run without a frame of their own.
  struct SimpleTest {
    std::uint32_t field = bc::kNone; ///< kNone: not of this form
    std::uint32_t constant = 0;
    Operator op = Operator::Equals;
  };
  [[nodiscard]] const SimpleTest& simple_test(std::uint32_t test) const { return simple_tests_[test]; }

  /// Most blocks are one test. They run without the instruction loop.
  struct BlockShape {
    enum class Kind : std::uint8_t { Code, True, SharedTest, FieldTest };
    Kind kind = Kind::Code;
    std::uint32_t test = 0; ///< SharedTest: of the form of simple_test()
    SimpleTest field_test;  ///< SharedTest, FieldTest
  };
  [[nodiscard]] const BlockShape& block_shape(std::uint32_t block) const { return block_shapes_[block]; }

  /// Whether a block is logic over tests of fields against constants or parameters and over shared tests: its
  /// truth follows from theirs.
  [[nodiscard]] bool is_logic(std::uint32_t block) const { return logic_[block] != 0; }
  /// Whether a block looks at the resource at all: otherwise it gives the same for every resource of a run.
  [[nodiscard]] bool reads_resource(std::uint32_t block) const { return reads_resource_[block] != 0; }
  /// Adds the fields that a block and its tests read of the resource; with `of_primary`, those that an
  /// existence condition reads of the resource of the `if`. False when they read more of it than fields:
  /// computed names, elements of collections, other resources.
  [[nodiscard]] bool add_fields(std::uint32_t block, bool of_primary,
                                std::vector<std::uint32_t>& fields) const;
  /// What a parameter without value evaluates to.
  [[nodiscard]] const EvaluationError& parameter_error(std::uint32_t parameter) const {
    return parameter_errors_[parameter];
  }
  /// A number for each look (see Observation) that a block of truth may rest on; equal numbers mean the same
  /// look.
  void add_looks(std::uint32_t block, std::vector<std::uint64_t>& looks) const;

  /// Registers that the deepest chain of blocks needs.
  struct StackSize {
    std::size_t values = 0;
    std::size_t truths = 0;
    std::size_t binders = 0;
  };
  [[nodiscard]] const StackSize& stack_size() const { return stack_; }

private:
  struct AccessTable {
    std::uint32_t first = 0;
    std::uint32_t mask = 0;
  };
  static std::uint32_t spread(std::uint32_t field) { return (field * 0x9E3779B1u) >> 12; }
  void build_accesses();
  void build_names();
  void find_simple_tests();
  [[nodiscard]] BlockShape shape_of(const bc::Block& block) const;
  [[nodiscard]] bool is_logic(const bc::Block& block) const;
  [[nodiscard]] bool reads_resource(const bc::Block& block, const std::vector<std::uint8_t>& tests) const;
  void measure_stack();

  bc::Program program_;
  std::vector<Value> constants_;
  ConstantArrays constant_arrays_;
  std::vector<Value> parameters_;
  std::vector<Access> accesses_;
  std::vector<AccessTable> access_tables_; // per type: open addressing
  std::vector<Access> everywhere_;         // per field: its path that holds on every type, if it has one
  std::vector<std::uint32_t> type_slots_;  // type names: open addressing, 0 = empty
  std::unordered_map<std::string, std::uint32_t> field_names_; // only when the program computes names
  std::vector<SimpleTest> simple_tests_;                       // per test
  std::vector<BlockShape> block_shapes_;                       // per block
  std::vector<std::uint8_t> logic_;                            // per block
  std::vector<std::uint8_t> reads_resource_;                   // per block
  std::vector<EvaluationError> parameter_errors_;              // per parameter: that it has no value
  StackSize stack_;
};

} // namespace writ::vm
