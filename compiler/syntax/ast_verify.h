// SPDX-License-Identifier: MIT
// Checks what every later phase relies on: the shape of nodes and the nesting of their spans.
#pragma once

#include "syntax/ast.h"

#include <string>
#include <vector>

namespace writ::syntax {

/// One line for each broken rule; empty for a sound tree. Rules: a span lies in the module's own text and
/// inside the span of its parent; an expression has the children, names and keys that ExprKind promises. In
/// an incomplete module (syntax errors were reported) a node may have no position and an expression that
/// could not be read is Null; everything else must still hold.
std::vector<std::string> verify(const Module& module, const SourceMap& sources);

} // namespace writ::syntax
