// SPDX-License-Identifier: MIT
// Constants in a bundle: a tag byte and the content; containers hold their elements inline.
//
//   0 null   1 false   2 true   3 integer: i64   4 floating: IEEE-754 bits, finite   5 string: u32 length,
//   UTF-8 6 array: u32 count, elements   7 object: u32 count, per member key (as string without tag) and
//   value
#pragma once

#include "bytes.h"
#include "writ/arena.h"
#include "writ/semantics/value.h"

#include <string>

namespace writ::bc {

/// Missing, unknown and error values are no constants: they are written as null.
void append_constant(std::string& out, const Value& value);

/// Fails the reader on anything that append_constant does not write, and past ProgramLimits::kConstantDepth.
Value read_constant(ByteReader& in, Arena& arena, unsigned depth = 0);

} // namespace writ::bc
