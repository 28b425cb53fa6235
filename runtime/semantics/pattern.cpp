// SPDX-License-Identifier: MIT
// like: two pointers with a return to the last star. match: one walk over code points.
#include "writ/semantics/pattern.h"

#include "fold_search.h"
#include "writ/text.h"

#include <optional>
#include <string>

namespace writ {

namespace {

char lower_pattern_char(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// Bytes of the code point that begins here. Folded text is valid UTF-8 or single stray bytes.
std::size_t code_point_size(std::string_view text, std::size_t at) {
  std::size_t next = at;
  (void)next_code_point(text, next);
  return next - at;
}

/// Both sides ASCII, or both folded before: then lower_pattern_char changes nothing and bytes are compared.
bool like_folded(std::string_view text, std::string_view pattern, bool question_mark) {
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t t = 0;
  std::size_t p = 0;
  std::size_t star = kNone; // position after the last star seen in the pattern
  std::size_t retry = 0;    // where the text goes on when that star takes one character more
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      retry = t;
    } else if (p < pattern.size() && pattern[p] == '?' && question_mark) {
      ++p;
      t += code_point_size(text, t);
    } else if (p < pattern.size() && lower_pattern_char(pattern[p]) == lower_pattern_char(text[t])) {
      ++p;
      ++t;
    } else if (star != kNone) {
      p = star;
      retry += code_point_size(text, retry);
      t = retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*')
    ++p;
  return p == pattern.size();
}

/// Most patterns have stars at their ends only: then the rest is looked for as it stands. Nothing for others.
std::optional<bool> like_at_ends(std::string_view text, std::string_view pattern, bool question_mark) {
  const std::size_t begin = pattern.find_first_not_of('*');
  if (begin == std::string_view::npos) return !pattern.empty() || text.empty();
  const std::size_t end = pattern.find_last_not_of('*') + 1;
  const std::string_view rest = pattern.substr(begin, end - begin);
  if (rest.find('*') != std::string_view::npos || (question_mark && rest.find('?') != std::string_view::npos))
    return std::nullopt;
  const bool open_begin = begin > 0;
  const bool open_end = end < pattern.size();
  if (open_begin && open_end) return detail::contains_fold(text, rest);
  if (open_begin) return detail::ends_with_fold(text, rest);
  if (open_end) return detail::starts_with_fold(text, rest);
  return equal_fold(text, rest);
}

bool ascii_letter(char32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

} // namespace

bool like(std::string_view text, std::string_view pattern, bool question_mark) {
  if (is_ascii(text) && is_ascii(pattern)) {
    const std::optional<bool> simple = like_at_ends(text, pattern, question_mark);
    return simple ? *simple : like_folded(text, pattern, question_mark);
  }
  return like_folded(fold_case(text), fold_case(pattern), question_mark);
}

bool match(std::string_view text, std::string_view pattern, bool ignore_case) {
  std::size_t t = 0;
  std::size_t p = 0;
  while (p < pattern.size()) {
    if (t >= text.size()) return false;
    const char32_t wanted = next_code_point(pattern, p);
    const char32_t c = next_code_point(text, t);
    switch (wanted) {
    case '#':
      if (c < '0' || c > '9') return false;
      break;
    case '?':
      if (!ascii_letter(c)) return false;
      break;
    case '.':
      break;
    default:
      if (c != wanted && !(ignore_case && fold_code_point(c) == fold_code_point(wanted))) return false;
    }
  }
  return t == text.size();
}

} // namespace writ
