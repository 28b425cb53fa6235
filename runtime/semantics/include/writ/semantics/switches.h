// SPDX-License-Identifier: MIT
// Names of the switches that choose another reading of Azure Policy where sources differ.
#pragma once

#include "writ/semantics/compare.h"

#include <array>
#include <string_view>

namespace writ {

struct SemanticsSwitch {
  std::string_view name; ///< on the command line
  bool SemanticsOptions::*option;
};

/// `documented` is what Microsoft's pages say about a missing array; it is the same switch as
/// vacuous-missing.
inline constexpr std::array<SemanticsSwitch, 7> kSemanticsSwitches = {{
    {"documented", &SemanticsOptions::vacuous_missing},
    {"vacuous-missing", &SemanticsOptions::vacuous_missing},
    {"like-question-mark", &SemanticsOptions::like_question_mark},
    {"lenient-ordering", &SemanticsOptions::lenient_ordering},
    {"numeric-strings", &SemanticsOptions::numeric_strings},
    {"eager-logic", &SemanticsOptions::eager_logic},
    {"innermost-current", &SemanticsOptions::innermost_current},
}};

} // namespace writ
