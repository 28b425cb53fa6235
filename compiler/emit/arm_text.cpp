// SPDX-License-Identifier: MIT
#include "emit/arm_text.h"

namespace writ::emit {

std::string arm_escaped(std::string_view text) {
  const bool bracketed = text.size() >= 2 && text.front() == '[' && text.back() == ']';
  return bracketed ? "[" + std::string(text) : std::string(text);
}

} // namespace writ::emit
