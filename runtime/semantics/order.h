// SPDX-License-Identifier: MIT
// The ordering operators. Source: docs/azure-policy-semantics.md, "Ordering".
#pragma once

#include "writ/semantics/compare.h"

namespace writ {

/// less, lessOrEquals, greater, greaterOrEquals on decided values.
Truth compare_order(Operator op, const Value& left, const Value& right, const SemanticsOptions& options,
                    EvaluationError* why);

/// Substring test after full case folding.
bool contains_fold(std::string_view text, std::string_view needle);

} // namespace writ
