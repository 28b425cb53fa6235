// SPDX-License-Identifier: MIT
// Interning of strings, constants, fields and paths of a program.
#pragma once

#include "ir/node.h"
#include "writ/bytecode/program.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace writ::codegen {

class Pools {
public:
  Pools(bc::Program& program, const ir::Graph& graph);
  bc::StringId string(std::string_view text);
  std::uint32_t constant(const Value& value);
  /// Index of the field in the program, added on first use.
  std::uint32_t field(ir::FieldId id);
  [[nodiscard]] const std::unordered_map<std::uint32_t, std::uint32_t>& fields() const { return fields_; }

private:
  std::uint32_t steps(const ir::Path& path);

  bc::Program& program_;
  const ir::Graph& graph_;
  std::unordered_map<std::string, bc::StringId> strings_;
  std::unordered_map<std::string, std::uint32_t> constants_;
  std::unordered_map<std::string, std::uint32_t> step_runs_;
  std::unordered_map<std::uint32_t, std::uint32_t> fields_; // ir field -> program field
};

} // namespace writ::codegen
