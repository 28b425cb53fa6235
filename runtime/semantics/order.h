// SPDX-License-Identifier: MIT
// less, lessOrEquals, greater, greaterOrEquals as condition operators. Private to this layer.
#pragma once

#include "writ/semantics/compare.h"

namespace writ::detail {

/// Neither operand is an Error, the right one is not Unknown.
Truth apply_ordering(Operator op, const Value& left, const Value& right, const SemanticsOptions& options,
                     EvaluationError* why);

/// Records the reason, gives Truth::Error.
Truth comparison_fails(EvaluationError* why, std::string_view code, std::string_view detail);

} // namespace writ::detail
