// SPDX-License-Identifier: MIT
#include "utf16.h"

#include "writ/text.h"

namespace writ::detail {

std::size_t utf16_length(std::string_view text) {
  if (is_ascii(text)) return text.size();
  std::size_t units = 0;
  std::size_t at = 0;
  while (at < text.size())
    units += next_code_point(text, at) >= 0x10000 ? 2 : 1;
  return units;
}

std::string utf16_slice(std::string_view text, std::size_t start, std::size_t count) {
  if (is_ascii(text)) return start < text.size() ? std::string(text.substr(start, count)) : std::string();
  std::string out;
  const std::size_t end =
      count > static_cast<std::size_t>(-1) - start ? static_cast<std::size_t>(-1) : start + count;
  std::size_t unit = 0;
  std::size_t at = 0;
  while (at < text.size() && unit < end) {
    const std::size_t begin = at;
    const std::size_t width = next_code_point(text, at) >= 0x10000 ? 2 : 1;
    if (unit >= start && unit + width <= end)
      out.append(text, begin, at - begin);
    else if (unit + width > start) // one of the two units is inside
      append_code_point(out, 0xFFFD);
    unit += width;
  }
  return out;
}

} // namespace writ::detail
