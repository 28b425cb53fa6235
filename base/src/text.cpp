// SPDX-License-Identifier: MIT
// Case folding and UTF-8. utf8proc supplies the Unicode tables; ASCII never reaches it.
#include "writ/text.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <utf8proc.h>

namespace writ {

namespace {

char lower_byte(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr std::uint64_t each_byte(std::uint64_t byte) { return byte * 0x0101010101010101ull; }
constexpr std::uint64_t kHighBits = each_byte(0x80);

std::uint64_t load_word(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

/// Eight bytes at once: ASCII letters become lower case, everything else stays.
std::uint64_t lower_word(std::uint64_t word) {
  const std::uint64_t low = word & ~kHighBits;
  const std::uint64_t from_a = low + each_byte(0x80 - 'A');
  const std::uint64_t behind_z = low + each_byte(0x80 - 'Z' - 1);
  return word | ((from_a ^ behind_z) & ~word & kHighBits) >> 2;
}

/// Folds one code point into at most three; returns how many.
int fold_full(char32_t c, std::array<utf8proc_int32_t, 4>& out) {
  if (c < 0x80) {
    out[0] = static_cast<utf8proc_int32_t>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return 1;
  }
  int boundary = 0;
  const utf8proc_ssize_t n =
      utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), out.data(), 4, UTF8PROC_CASEFOLD, &boundary);
  if (n >= 1 && n <= 4) return static_cast<int>(n);
  out[0] = static_cast<utf8proc_int32_t>(c);
  return 1;
}

/// Walks the folded code points of a text one by one.
class FoldedReader {
public:
  explicit FoldedReader(std::string_view text) : text_(text) {}
  bool next(char32_t& out) {
    if (used_ == count_) {
      if (position_ >= text_.size()) return false;
      count_ = fold_full(next_code_point(text_, position_), pending_);
      used_ = 0;
    }
    out = static_cast<char32_t>(pending_[static_cast<std::size_t>(used_++)]);
    return true;
  }

private:
  std::string_view text_;
  std::size_t position_ = 0;
  std::array<utf8proc_int32_t, 4> pending_{};
  int used_ = 0;
  int count_ = 0;
};

} // namespace

bool is_ascii(std::string_view text) {
  std::size_t i = 0;
  for (; i + sizeof(std::uint64_t) <= text.size(); i += sizeof(std::uint64_t))
    if ((load_word(text.data() + i) & kHighBits) != 0) return false;
  for (; i < text.size(); ++i)
    if (static_cast<unsigned char>(text[i]) >= 0x80) return false;
  return true;
}

char32_t next_code_point(std::string_view text, std::size_t& position) {
  const auto first = static_cast<unsigned char>(text[position]);
  if (first < 0x80) {
    ++position;
    return first;
  }
  utf8proc_int32_t c = 0;
  const utf8proc_ssize_t n =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + position),
                       static_cast<utf8proc_ssize_t>(text.size() - position), &c);
  if (n <= 0) {
    ++position;
    return 0xFFFD;
  }
  position += static_cast<std::size_t>(n);
  return static_cast<char32_t>(c);
}

void append_code_point(std::string& out, char32_t c) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const utf8proc_ssize_t n = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), bytes.data());
  if (n > 0)
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(n));
  else
    out += "\xEF\xBF\xBD";
}

bool valid_utf8(std::string_view text) {
  std::size_t position = 0;
  while (position < text.size()) {
    if (static_cast<unsigned char>(text[position]) < 0x80) {
      ++position;
      continue;
    }
    utf8proc_int32_t c = 0;
    const utf8proc_ssize_t n =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + position),
                         static_cast<utf8proc_ssize_t>(text.size() - position), &c);
    if (n <= 0) return false;
    position += static_cast<std::size_t>(n);
  }
  return true;
}

char32_t fold_code_point(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  std::array<utf8proc_int32_t, 4> folded{};
  // A full folding of one code point is the simple folding too; longer ones keep the lower-case letter.
  if (fold_full(c, folded) == 1) return static_cast<char32_t>(folded[0]);
  return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
}

char32_t lower_code_point(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  if (c == 0x130) return c;
  return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
}

char32_t upper_code_point(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 32 : c;
  if (c == 0xDF || c == 0x131 || c == 0x17F) return c;
  return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)));
}

std::string fold_case(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  if (is_ascii(text)) {
    for (char c : text)
      out += lower_byte(c);
    return out;
  }
  FoldedReader reader(text);
  char32_t c = 0;
  while (reader.next(c))
    append_code_point(out, c);
  return out;
}

bool equal_fold(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  const std::size_t common = a.size() < b.size() ? a.size() : b.size();
  for (; i + sizeof(std::uint64_t) <= common; i += sizeof(std::uint64_t)) {
    const std::uint64_t x = load_word(a.data() + i);
    const std::uint64_t y = load_word(b.data() + i);
    if (((x | y) & kHighBits) != 0) break;
    if (x != y && lower_word(x) != lower_word(y)) return false; // as below
  }
  for (; i < common; ++i) {
    const auto x = static_cast<unsigned char>(a[i]);
    const auto y = static_cast<unsigned char>(b[i]);
    if ((x | y) >= 0x80) break;
    if (x != y && lower_byte(a[i]) != lower_byte(b[i])) {
      // Two different ASCII letters never fold alike, but an ASCII letter may equal a longer folding later on
      // only when the other side is not ASCII, which the branch above has excluded for this position.
      return false;
    }
  }
  if (i == common && a.size() == b.size()) return true;
  if (is_ascii(a.substr(i)) && is_ascii(b.substr(i))) return false;
  return compare_fold(a.substr(i), b.substr(i)) == 0;
}

int compare_fold(std::string_view a, std::string_view b) {
  FoldedReader left(a);
  FoldedReader right(b);
  while (true) {
    char32_t x = 0;
    char32_t y = 0;
    const bool has_left = left.next(x);
    const bool has_right = right.next(y);
    if (!has_left || !has_right) return has_left ? 1 : has_right ? -1 : 0;
    if (x != y) return x < y ? -1 : 1;
  }
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    c = lower_byte(c);
  return out;
}

bool equal_ascii_fold(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  std::size_t i = 0;
  for (; i + sizeof(std::uint64_t) <= a.size(); i += sizeof(std::uint64_t)) {
    const std::uint64_t x = load_word(a.data() + i);
    const std::uint64_t y = load_word(b.data() + i);
    if (x != y && lower_word(x) != lower_word(y)) return false;
  }
  for (; i < a.size(); ++i)
    if (a[i] != b[i] && lower_byte(a[i]) != lower_byte(b[i])) return false;
  return true;
}

} // namespace writ
