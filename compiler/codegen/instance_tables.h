// SPDX-License-Identifier: MIT
// Initiatives, assignments and exemptions as tables of a program. Each is written when its first instance is.
#pragma once

#include "codegen/pools.h"
#include "ir/policy.h"
#include "writ/bytecode/program.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace writ::codegen {

class InstanceTables {
public:
  InstanceTables(const ir::PolicySet& set, bc::Program& program, Pools& pools)
      : set_(set), program_(program), pools_(pools) {}

  /// The record of an instance; kNone for one that is part of nothing. `problem`: more than the instance's
  /// own.
  std::uint32_t add(const ir::PolicyInstance& instance, const std::string& problem);

private:
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  Range texts(const std::vector<std::string>& values);
  Range selectors(const std::vector<ir::Selector>& list);
  Range selections(const std::vector<ir::Selection>& list);
  std::uint32_t initiative(std::size_t number);
  std::uint32_t assignment(std::size_t number);
  std::uint32_t exemption(std::size_t number);

  const ir::PolicySet& set_;
  bc::Program& program_;
  Pools& pools_;
  std::unordered_map<std::size_t, std::uint32_t> initiatives_;
  std::unordered_map<std::size_t, std::uint32_t> assignments_;
  std::unordered_map<std::size_t, std::uint32_t> exemptions_;
};

} // namespace writ::codegen
