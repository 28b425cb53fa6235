// SPDX-License-Identifier: MIT
// `param` declarations of controls and initiatives. Private to check/.
#pragma once

#include "check/lower.h"

namespace writ::check {

/// A doc comment as one paragraph.
std::string one_line(std::string_view doc);

/// The declaration as a parameter of Azure Policy; mistakes are reported. Defaults and allowed values are
/// read in `scope`. Gives the type that the name has where it is used.
Type check_parameter(const syntax::ParamDecl& decl, Lowering& lowering, const ScopePtr& scope,
                     ir::Graph& graph, Diagnostics& diagnostics, ir::PolicyParameter& out);

} // namespace writ::check
