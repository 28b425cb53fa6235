// SPDX-License-Identifier: MIT
#include "fold_search.h"

#include "writ/text.h"

#include <algorithm>

namespace writ::detail {

namespace {

char fold_ascii_char(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool ascii_prefix_fold(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ascii_fold(text.substr(0, prefix.size()), prefix);
}

} // namespace

bool contains_fold(std::string_view text, std::string_view needle) {
  if (needle.empty()) return true;
  if (is_ascii(text) && is_ascii(needle)) {
    if (text.size() < needle.size()) return false;
    const char first = fold_ascii_char(needle.front());
    for (std::size_t i = 0; i + needle.size() <= text.size(); ++i)
      if (fold_ascii_char(text[i]) == first && ascii_prefix_fold(text.substr(i), needle)) return true;
    return false;
  }
  return fold_case(text).find(fold_case(needle)) != std::string::npos;
}

bool starts_with_fold(std::string_view text, std::string_view prefix) {
  if (is_ascii(text) && is_ascii(prefix)) return ascii_prefix_fold(text, prefix);
  return fold_case(text).starts_with(fold_case(prefix));
}

bool ends_with_fold(std::string_view text, std::string_view suffix) {
  if (is_ascii(text) && is_ascii(suffix))
    return text.size() >= suffix.size() &&
           ascii_prefix_fold(text.substr(text.size() - suffix.size()), suffix);
  return fold_case(text).ends_with(fold_case(suffix));
}

FoldedText::FoldedText(std::string_view text) {
  folded_.reserve(text.size());
  begins_.reserve(text.size());
  ends_.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (c < 0x80) {
      folded_ += static_cast<char32_t>(fold_ascii_char(static_cast<char>(c)));
      begins_.push_back(begin);
      ends_.push_back(at);
      continue;
    }
    const std::string folded = fold_case(text.substr(begin, at - begin));
    std::size_t i = 0;
    while (i < folded.size()) {
      folded_ += next_code_point(folded, i);
      begins_.push_back(begin);
      ends_.push_back(at);
    }
  }
}

FoldMatch FoldedText::widen(std::size_t index, std::size_t count) const {
  return {begins_[index], ends_[index + count - 1]};
}

FoldMatch FoldedText::find(const FoldedText& needle, std::size_t from, bool whole) const {
  const std::size_t count = needle.folded_.size();
  if (count == 0 || count > folded_.size()) return {kNoMatch, kNoMatch};
  auto index = static_cast<std::size_t>(
      std::distance(begins_.begin(), std::lower_bound(begins_.begin(), begins_.end(), from)));
  while ((index = folded_.find(needle.folded_, index)) != std::u32string::npos) {
    if (!whole || (boundary(index) && boundary(index + count))) return widen(index, count);
    ++index;
  }
  return {kNoMatch, kNoMatch};
}

FoldMatch FoldedText::find_last(const FoldedText& needle) const {
  const std::size_t count = needle.folded_.size();
  if (count == 0 || count > folded_.size()) return {kNoMatch, kNoMatch};
  const std::size_t index = folded_.rfind(needle.folded_);
  if (index == std::u32string::npos) return {kNoMatch, kNoMatch};
  return widen(index, count);
}

} // namespace writ::detail
