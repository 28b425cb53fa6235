// SPDX-License-Identifier: MIT
#include "syntax/ast.h"

#include <array>

namespace writ::syntax {

std::string QualifiedName::text() const {
  std::string out;
  for (const Identifier& part : parts) {
    if (!out.empty()) out += '.';
    out += part.text;
  }
  return out;
}

std::string_view to_text(BinaryOperator op) {
  constexpr std::array<std::string_view, 18> kNames = {"==",
                                                       "!=",
                                                       "<",
                                                       "<=",
                                                       ">",
                                                       ">=",
                                                       "in",
                                                       "not in",
                                                       "like",
                                                       "not like",
                                                       "matches",
                                                       "not matches",
                                                       "matches exactly",
                                                       "not matches exactly",
                                                       "contains",
                                                       "not contains",
                                                       "has key",
                                                       "has no key"};
  return kNames[static_cast<std::size_t>(op)];
}

} // namespace writ::syntax
