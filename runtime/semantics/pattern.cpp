// SPDX-License-Identifier: MIT
#include "writ/semantics/pattern.h"
#include "writ/text.h"

namespace writ {

namespace {

char lower_pattern_byte(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// Greedy two-pointer match that goes back to the last `*`. Both texts are folded already unless `fold` is
/// set, which folds ASCII bytes on the fly. Bytes suffice: UTF-8 sequences compare equal exactly when their
/// characters do, and `?` moves over continuation bytes.
bool wildcard(std::string_view text, std::string_view pattern, bool question_mark, bool fold) {
  auto same = [&](char a, char b) {
    return a == b || (fold && lower_pattern_byte(a) == lower_pattern_byte(b));
  };
  auto after_character = [&](std::size_t i) {
    ++i;
    while (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80)
      ++i;
    return i;
  };
  std::size_t t = 0;
  std::size_t p = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && question_mark && pattern[p] == '?') {
      t = after_character(t);
      ++p;
    } else if (p < pattern.size() && same(text[t], pattern[p])) {
      ++t;
      ++p;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*')
    ++p;
  return p == pattern.size();
}

} // namespace

bool like(std::string_view text, std::string_view pattern, bool question_mark) {
  if (is_ascii(text) && is_ascii(pattern)) return wildcard(text, pattern, question_mark, true);
  return wildcard(fold_case(text), fold_case(pattern), question_mark, false);
}

bool match(std::string_view text, std::string_view pattern, bool ignore_case) {
  std::size_t t = 0;
  std::size_t p = 0;
  while (p < pattern.size()) {
    if (t >= text.size()) return false;
    const char32_t wanted = next_code_point(pattern, p);
    const char32_t given = next_code_point(text, t);
    bool accepted = false;
    switch (wanted) {
    case U'#':
      accepted = given >= U'0' && given <= U'9';
      break;
    case U'?':
      accepted = (given >= U'a' && given <= U'z') || (given >= U'A' && given <= U'Z');
      break;
    case U'.':
      accepted = true;
      break;
    default:
      accepted = given == wanted || (ignore_case && fold_code_point(given) == fold_code_point(wanted));
    }
    if (!accepted) return false;
  }
  return t == text.size();
}

} // namespace writ
