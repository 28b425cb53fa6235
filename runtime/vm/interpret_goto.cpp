// SPDX-License-Identifier: MIT
// The instruction loop with one indirect jump per opcode: branch predictors learn which opcode follows which.
#if defined(__GNUC__) && !defined(WRIT_VM_NO_COMPUTED_GOTO)
#pragma GCC diagnostic ignored "-Wpedantic" // labels as values are a GNU extension
#define WRIT_VM_GOTO 1
#else
#define WRIT_VM_GOTO 0
#endif
#define WRIT_VM_ENTRY run_block_goto
#include "vm/interpreter.inc"
