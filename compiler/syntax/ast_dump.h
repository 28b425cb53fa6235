// SPDX-License-Identifier: MIT
// The syntax tree as text, for golden files and `--print=ast`.
#pragma once

#include "syntax/ast.h"

#include <string>

namespace writ::syntax {

/// Canonical text: one declaration after the other, grouped by kind in the order of the fields of Module,
/// expressions as `(operator operands…)`. Equal trees give equal text; spans are left out. Ends with a line
/// end.
std::string dump(const Module& module);

/// One expression on one line.
std::string dump(const Expr& expr);

/// One type on one line.
std::string dump(const TypeExpr& type);

} // namespace writ::syntax
