// SPDX-License-Identifier: MIT
// The instruction loop, built twice: with computed goto and with a switch. Private to the VM.
#pragma once

#include "vm/core.h"

namespace writ::vm {

class Tracer;

/// What a block returned: a truth or a value, as its last instruction says.
struct Outcome {
  Judgement judgement;
  Value value;
};

/// Runs a block. `tracer` may be null: then nothing is written down and nothing is paid for it. With a log in
/// the core, the block is logic (Image::is_logic), and what it looks at goes there.
using RunBlock = Outcome (*)(Core& core, Tracer* tracer, std::uint32_t block);

Outcome run_block_goto(Core& core, Tracer* tracer, std::uint32_t block);
Outcome run_block_switch(Core& core, Tracer* tracer, std::uint32_t block);

} // namespace writ::vm
