// SPDX-License-Identifier: MIT
// The instruction loop in standard C++.
#define WRIT_VM_GOTO 0
#define WRIT_VM_ENTRY run_block_switch
#include "vm/interpreter.inc"
