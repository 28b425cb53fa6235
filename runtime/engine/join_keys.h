// SPDX-License-Identifier: MIT
// What two resources of a join compare, computed for each of them alone.
#pragma once

#include "engine/prepared.h"
#include "relate/join_book.h"
#include "vm/vm.h"
#include "writ/bytecode/program.h"

#include <string_view>

namespace writ {

/// Of the other resource. The machine holds it.
relate::JoinKeys inner_keys(vm::Machine& machine, const bc::Program& program, const bc::JoinInfo& join,
                            std::string_view id);
/// Of the resource of the control. The machine holds it.
relate::JoinKeys outer_keys(vm::Machine& machine, const bc::Program& program, const bc::JoinInfo& join,
                            std::string_view id);
/// The condition about the other resource; why it is undecided goes to `reason`.
Truth passes_filter(vm::Machine& machine, const bc::JoinInfo& join, std::string& reason);

} // namespace writ
