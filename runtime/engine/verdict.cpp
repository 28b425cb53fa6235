// SPDX-License-Identifier: MIT
#include "writ/finding.h"

#include <array>

namespace writ {

std::string_view to_text(Verdict verdict) {
  constexpr std::array<std::string_view, kVerdictCount> kWords = {
      "compliant", "noncompliant", "not-applicable", "exempt", "unknown", "error"};
  return kWords[static_cast<std::size_t>(verdict)];
}

} // namespace writ
