// SPDX-License-Identifier: MIT
#include "printable.h"
#include "writ/text.h"

#include <algorithm>

namespace writ::report {

namespace {

bool is_blank(char32_t c) { return c == '\t' || c == '\n' || c == '\r'; }

bool steers(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
  const bool line_end = c == 0x2028 || c == 0x2029;
  const bool direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  return control || line_end || direction;
}

} // namespace

std::string printable(std::string_view text) {
  const auto plain = [](char c) { return c >= 0x20 && c < 0x7F; };
  if (std::all_of(text.begin(), text.end(), plain)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    append_code_point(out, is_blank(c) ? U' ' : steers(c) ? char32_t{0xFFFD} : c);
  }
  return out;
}

} // namespace writ::report
