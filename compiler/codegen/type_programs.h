// SPDX-License-Identifier: MIT
// Which controls run for which resource type, and what is read of a resource of that type.
#pragma once

#include "codegen/join_writer.h"
#include "codegen/pools.h"
#include "ir/policy.h"
#include "writ/bytecode/program.h"

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace writ::codegen {

/// What a generated control needs of type dispatch.
struct ControlShape {
  std::uint32_t control = 0; ///< index into Program::controls
  ir::NodeId applicable;
  std::set<std::uint32_t> fields;           ///< ir fields read of the resource
  std::set<std::uint32_t> candidate_fields; ///< ir fields read of related resources
  std::string candidate_type;               ///< lower-cased; empty = none or not a constant
  bool computed_names = false;              ///< fields by computed names: the whole resource is needed
  bool candidate_computed_names = false;
  std::vector<JoinShape> joins;
};

/// Fills types, trie, slot_uses and type_controls.
///
/// A control runs for a type unless its `applicable` is false whatever else the resource holds: tests of the
/// field `type` are decided, everything else is left open (three-valued). Types that no control mentions
/// share entry 0.
class TypePrograms {
public:
  TypePrograms(const ir::Graph& graph, bc::Program& program, Pools& pools)
      : graph_(graph), program_(program), pools_(pools) {}
  void build(const std::vector<ControlShape>& controls);

private:
  enum class Maybe : std::uint8_t { No, Yes, Open };
  /// `type` lower-cased; empty = any type that is not mentioned.
  Maybe decide(ir::NodeId condition, const std::string& type, std::unordered_map<std::uint32_t, Maybe>& memo);
  Maybe decide_type_test(const ir::Node& node, ir::NodeId right, const std::string& type);
  void mention(ir::NodeId condition, std::set<std::string>& types);
  void add_type(const std::string& type, const std::vector<const ControlShape*>& controls,
                const std::set<std::uint32_t>& more_fields, bool needs_whole);

  const ir::Graph& graph_;
  bc::Program& program_;
  Pools& pools_;
};

} // namespace writ::codegen
