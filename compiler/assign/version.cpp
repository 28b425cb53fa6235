// SPDX-License-Identifier: MIT
#include "assign/version.h"

#include "writ/text.h"

#include <charconv>

namespace writ::assign {

namespace {

struct Split {
  std::string_view part;
  std::string_view rest;
};

Split split(std::string_view text, char at) {
  const std::size_t end = text.find(at);
  if (end == std::string_view::npos) return {text, {}};
  return {text.substr(0, end), text.substr(end + 1)};
}

long number(std::string_view text) {
  long value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

} // namespace

bool version_fits(std::string_view version, std::string_view wanted) {
  if (version.empty() || wanted.empty()) return true;
  const Split have = split(version, '-');
  const Split want = split(wanted, '-');
  // A deprecated version is still that version; a preview is another line of versions.
  const auto is_preview = [](std::string_view suffix) { return equal_ascii_fold(suffix, "preview"); };
  if (is_preview(have.rest) != is_preview(want.rest)) return false;
  std::string_view numbers = have.part;
  std::string_view pattern = want.part;
  while (!pattern.empty()) {
    const Split one = split(numbers, '.');
    const Split asked = split(pattern, '.');
    if (asked.part != "*" && number(one.part) != number(asked.part)) return false;
    numbers = one.rest;
    pattern = asked.rest;
  }
  return true;
}

bool is_older(std::string_view a, std::string_view b) {
  std::string_view left = split(a, '-').part;
  std::string_view right = split(b, '-').part;
  while (!left.empty() || !right.empty()) {
    const Split l = split(left, '.');
    const Split r = split(right, '.');
    if (number(l.part) != number(r.part)) return number(l.part) < number(r.part);
    left = l.rest;
    right = r.rest;
  }
  return false;
}

} // namespace writ::assign
