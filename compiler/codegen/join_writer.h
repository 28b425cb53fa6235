// SPDX-License-Identifier: MIT
// Joins of a control: what is counted, and the control's conditions once more as truths over the numbers.
#pragma once

#include "codegen/block_writer.h"

#include <set>
#include <string>
#include <vector>

namespace writ::codegen {

/// What a join reads of the other resources.
struct JoinShape {
  std::string type;               ///< lower-cased
  std::set<std::uint32_t> fields; ///< ir fields
  bool computed_names = false;
};

class JoinWriter {
public:
  JoinWriter(const ir::Graph& graph, bc::Program& program, Pools& pools, BlockWriter& blocks)
      : graph_(graph), program_(program), pools_(pools), blocks_(blocks) {}

  /// Numbers the joins below the roots and writes their tables; the writer of blocks then knows them.
  void begin(std::span<const ir::NodeId> roots, bc::Control& out);
  /// Terms of a condition; none when no join decides it.
  void terms(ir::NodeId condition, std::uint32_t& first, std::uint32_t& count);
  /// Of the joins of the control at hand.
  [[nodiscard]] std::vector<JoinShape> shapes() const;

private:
  void add(ir::NodeId join);
  void term(ir::NodeId condition, std::vector<bc::JoinTerm>& out);
  [[nodiscard]] bool has_join(ir::NodeId id) const;
  [[nodiscard]] std::string_view text_of(ir::NodeId literal) const {
    return graph_.constant_value(literal).as_string();
  }

  const ir::Graph& graph_;
  bc::Program& program_;
  Pools& pools_;
  BlockWriter& blocks_;
  std::vector<ir::NodeId> joins_;
  JoinIndex index_;
};

/// The nodes that a control reads of its own resource: like for_each_node, but of a join only the resource
/// group and the outer values.
void for_each_own_node(const ir::Graph& graph, ir::NodeId root,
                       const std::function<void(ir::NodeId, const ir::Node&)>& visit);

} // namespace writ::codegen
