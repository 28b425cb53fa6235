// SPDX-License-Identifier: MIT
#include "syntax/annotations.h"

namespace writ::test {

namespace {

constexpr std::string_view kMark = "//~ ";

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ')
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

} // namespace

std::vector<Annotation> read_annotations(std::string_view source) {
  std::vector<Annotation> out;
  std::uint32_t number = 0;
  std::uint32_t last_plain = 0;
  while (!source.empty()) {
    const std::size_t end = source.find('\n');
    const std::string_view line = source.substr(0, end);
    source.remove_prefix(end == std::string_view::npos ? source.size() : end + 1);
    ++number;
    const std::size_t mark = line.find(kMark);
    const bool alone = mark != std::string_view::npos && without_blanks(line.substr(0, mark)).empty();
    if (!alone) last_plain = number;
    if (mark == std::string_view::npos) continue;
    Annotation a;
    a.line = alone ? last_plain : number;
    std::string_view rest = line.substr(mark + kMark.size());
    if (const std::size_t caret = rest.find('^'); alone && caret != std::string_view::npos) {
      const std::size_t stop = rest.find_first_not_of('^', caret);
      a.column = static_cast<std::uint32_t>(mark + kMark.size() + caret + 1);
      a.length = static_cast<std::uint32_t>((stop == std::string_view::npos ? rest.size() : stop) - caret);
      rest = stop == std::string_view::npos ? std::string_view() : rest.substr(stop);
    }
    rest = without_blanks(rest);
    const std::size_t space = rest.find(' ');
    a.code = rest.substr(0, space);
    if (space != std::string_view::npos) a.text = without_blanks(rest.substr(space));
    out.push_back(std::move(a));
  }
  for (Annotation& a : out)
    a.is_last = a.line == last_plain;
  return out;
}

} // namespace writ::test
