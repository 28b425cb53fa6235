// SPDX-License-Identifier: MIT
#include "text.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace writ::reference {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool all_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lower_ascii_char(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Folded code points of one character: up to three.
std::size_t fold_point(char32_t c, std::array<utf8proc_int32_t, 4>& out) {
  int last_boundclass = 0;
  const auto n =
      utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), out.data(),
                              static_cast<utf8proc_ssize_t>(out.size()), UTF8PROC_CASEFOLD, &last_boundclass);
  if (n < 1) {
    out[0] = static_cast<utf8proc_int32_t>(c);
    return 1;
  }
  return static_cast<std::size_t>(n);
}

bool is_white_space(char32_t c) {
  if ((c >= 0x09 && c <= 0x0D) || c == 0x85) return true;
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

void append_utf8(std::string& out, char32_t c) {
  std::array<utf8proc_uint8_t, 4> buffer{};
  const auto n = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), buffer.data());
  for (utf8proc_ssize_t i = 0; i < n; ++i)
    out.push_back(static_cast<char>(buffer[static_cast<std::size_t>(i)]));
}

} // namespace

std::u32string code_points(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  const auto* data = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  std::size_t at = 0;
  while (at < text.size()) {
    utf8proc_int32_t point = 0;
    const auto used = utf8proc_iterate(data + at, static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    if (used < 1) {
      out.push_back(kReplacement);
      ++at;
    } else {
      out.push_back(static_cast<char32_t>(point));
      at += static_cast<std::size_t>(used);
    }
  }
  return out;
}

std::string from_code_points(std::u32string_view points) {
  std::string out;
  out.reserve(points.size());
  for (char32_t c : points)
    append_utf8(out, c);
  return out;
}

std::string fold(std::string_view text) {
  if (all_ascii(text)) return lower_ascii(text);
  return from_code_points(fold_with_origin(code_points(text)).points);
}

FoldedText fold_with_origin(std::u32string_view text) {
  FoldedText out;
  std::array<utf8proc_int32_t, 4> buffer{};
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t n = fold_point(text[i], buffer);
    for (std::size_t k = 0; k < n; ++k) {
      out.points.push_back(static_cast<char32_t>(buffer[k]));
      out.origin.push_back(i);
    }
  }
  out.origin.push_back(text.size());
  return out;
}

bool equal_ascii(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (lower_ascii_char(a[i]) != lower_ascii_char(b[i])) return false;
  return true;
}

bool starts_with_ascii(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ascii(text.substr(0, prefix.size()), prefix);
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower_ascii_char);
  return out;
}

bool equal_folded(std::string_view a, std::string_view b) {
  if (all_ascii(a) && all_ascii(b)) return equal_ascii(a, b);
  return fold(a) == fold(b);
}

char32_t fold_simple(char32_t c) {
  std::array<utf8proc_int32_t, 4> buffer{};
  if (fold_point(c, buffer) == 1) return static_cast<char32_t>(buffer[0]);
  // Status S exists where the lower-case letter does; the dotted capital I has neither C nor S.
  if (c == 0x130) return c;
  return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
}

std::u16string to_utf16(std::string_view text) {
  std::u16string out;
  for (char32_t c : code_points(text)) {
    if (c < 0x10000) {
      out.push_back(static_cast<char16_t>(c));
    } else {
      const char32_t rest = c - 0x10000;
      out.push_back(static_cast<char16_t>(0xD800 + (rest >> 10)));
      out.push_back(static_cast<char16_t>(0xDC00 + (rest & 0x3FF)));
    }
  }
  return out;
}

std::string from_utf16(std::u16string_view units) {
  std::string out;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const char32_t unit = units[i];
    if (unit < 0xD800 || unit > 0xDFFF) {
      append_utf8(out, unit);
    } else if (unit < 0xDC00 && i + 1 < units.size() && units[i + 1] >= 0xDC00 && units[i + 1] <= 0xDFFF) {
      append_utf8(out, 0x10000 + ((unit - 0xD800) << 10) + (units[i + 1] - 0xDC00U));
      ++i;
    } else {
      append_utf8(out, kReplacement);
    }
  }
  return out;
}

std::string to_lower(std::string_view text) {
  std::u32string points = code_points(text);
  for (char32_t& c : points)
    c = static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
  return from_code_points(points);
}

std::string to_upper(std::string_view text) {
  std::u32string points = code_points(text);
  for (char32_t& c : points) {
    // The sharp s has no simple upper-case letter, whatever newer tables of the library say.
    if (c != 0xDF) c = static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)));
  }
  return from_code_points(points);
}

std::string trim(std::string_view text) {
  const std::u32string points = code_points(text);
  std::size_t begin = 0;
  std::size_t end = points.size();
  while (begin < end && is_white_space(points[begin]))
    ++begin;
  while (end > begin && is_white_space(points[end - 1]))
    --end;
  return from_code_points(std::u32string_view(points).substr(begin, end - begin));
}

std::string repair_utf8(std::string_view bytes) { return from_code_points(code_points(bytes)); }

} // namespace writ::reference
