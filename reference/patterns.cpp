// SPDX-License-Identifier: MIT
#include "patterns.h"

#include "text.h"

#include <string>

namespace writ::reference {

bool like(std::string_view text, std::string_view pattern, bool question_mark) {
  const std::u32string t = code_points(fold(text));
  const std::u32string p = code_points(fold(pattern));
  // Greedy; on a mismatch the last star takes one character more.
  std::size_t ti = 0;
  std::size_t pi = 0;
  std::size_t star = std::u32string::npos;
  std::size_t resume = 0;
  while (ti < t.size()) {
    if (pi < p.size() && p[pi] == U'*') {
      star = pi++;
      resume = ti;
    } else if (pi < p.size() && (p[pi] == t[ti] || (question_mark && p[pi] == U'?'))) {
      ++pi;
      ++ti;
    } else if (star != std::u32string::npos) {
      pi = star + 1;
      ti = ++resume;
    } else {
      return false;
    }
  }
  while (pi < p.size() && p[pi] == U'*')
    ++pi;
  return pi == p.size();
}

bool match(std::string_view text, std::string_view pattern, bool fold_case) {
  const std::u32string t = code_points(text);
  const std::u32string p = code_points(pattern);
  if (t.size() != p.size()) return false;
  for (std::size_t i = 0; i < t.size(); ++i) {
    const char32_t c = t[i];
    switch (p[i]) {
    case U'#':
      if (c < U'0' || c > U'9') return false;
      break;
    case U'?':
      if (!((c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z'))) return false;
      break;
    case U'.':
      break;
    default:
      if (fold_case ? fold_simple(c) != fold_simple(p[i]) : c != p[i]) return false;
    }
  }
  return true;
}

} // namespace writ::reference
