// SPDX-License-Identifier: MIT
#include "snapshot/scan.h"

#include <array>
#include <bit>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace writ::snapshot {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Bytes at which the scanner has to look: quotes and brackets.
constexpr std::array<bool, 256> kStructural = [] {
  std::array<bool, 256> table{};
  for (const char c : {'"', '[', ']', '{', '}'})
    table[static_cast<unsigned char>(c)] = true;
  return table;
}();

/// Moves over bytes of a string that need no look, sixteen at a time where the machine can.
std::size_t skip_plain(std::string_view text, std::size_t at) {
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i escape = _mm_set1_epi8('\\');
  const __m128i feed = _mm_set1_epi8('\n');
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i found =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, escape)),
                     _mm_cmpeq_epi8(bytes, feed));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(found));
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  return at;
}

/// Position behind the string that starts at `at`.
std::size_t skip_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    at = skip_plain(text, at);
    if (at == text.size()) break;
    const char c = text[at];
    if (c == '"') return at + 1;
    if (c == '\n') return at;
    if (c == '\\') ++at;
  }
  return kUnclosed;
}

} // namespace

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at]))
    ++at;
  return at;
}

std::size_t skip_value(std::string_view text, std::size_t at) {
  if (at >= text.size()) return kUnclosed;
  if (text[at] == '"') return skip_string(text, at);
  if (text[at] != '{' && text[at] != '[') {
    while (at < text.size() && !is_blank(text[at]) && text[at] != ',' && text[at] != ']' && text[at] != '}')
      ++at;
    return at;
  }
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (!kStructural[static_cast<unsigned char>(c)]) {
      ++at;
    } else if (c == '"') {
      at = skip_string(text, at);
      if (at == kUnclosed) return kUnclosed;
    } else {
      ++at;
      if (c == '{' || c == '[')
        ++depth;
      else if (--depth == 0)
        return at;
    }
  }
  return kUnclosed;
}

bool ContainerScan::stop(std::size_t at, bool damaged) {
  at_ = at;
  damaged_ = damaged_ || damaged;
  return false;
}

bool ContainerScan::next() {
  std::size_t at = skip_blanks(text_, at_);
  if (at >= text_.size()) return stop(at, true);
  const char close = object_ ? '}' : ']';
  if (text_[at] == close) return stop(at + 1, false);
  if (!first_) {
    if (text_[at] != ',') {
      // A forgotten comma: note it and take what follows, unless nothing can follow.
      damaged_ = true;
      if (text_[at] == ']' || text_[at] == '}') return stop(at, true);
    } else {
      at = skip_blanks(text_, at + 1);
    }
    if (at >= text_.size()) return stop(at, true);
    if (text_[at] == close) return stop(at + 1, true); // a comma too many
  }
  first_ = false;
  if (object_) {
    if (text_[at] != '"') return stop(at, true);
    const std::size_t behind = skip_string(text_, at);
    if (behind == kUnclosed || text_[behind - 1] != '"') return stop(at, true);
    key_ = text_.substr(at + 1, behind - at - 2);
    at = skip_blanks(text_, behind);
    if (at >= text_.size() || text_[at] != ':') return stop(at, true);
    at = skip_blanks(text_, at + 1);
  }
  const std::size_t behind = skip_value(text_, at);
  begin_ = at;
  if (behind == kUnclosed) {
    end_ = text_.size();
    unclosed_value_ = true;
  }
  if (behind == kUnclosed || behind == at) return stop(at, true);
  end_ = behind;
  at_ = behind;
  return true;
}

std::uint64_t count_lines(std::string_view text) {
  std::uint64_t lines = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    if (found == nullptr) break;
    ++lines;
    at = static_cast<const char*>(found) + 1;
  }
  return lines;
}

std::uint64_t bytes_since_line_start(std::string_view text, std::uint64_t lead) {
  const std::size_t feed = text.rfind('\n');
  return feed == std::string_view::npos ? lead + text.size() : text.size() - feed - 1;
}

} // namespace writ::snapshot
