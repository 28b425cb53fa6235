// SPDX-License-Identifier: MIT
#include "assembly_line.h"

namespace writ::bc {

namespace {

bool blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/// The end of the word that starts at `at`; npos when a quote stays open. A word that starts with '=' runs to
/// the end of the line, because JSON may hold blanks.
std::size_t word_end(std::string_view line, std::size_t at) {
  const bool json = line[at] == '=';
  bool quoted = false;
  for (; at < line.size(); ++at) {
    const char c = line[at];
    if (quoted && c == '\\') {
      ++at;
      continue;
    }
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == ';' || (!json && blank(c)))) break;
  }
  if (quoted) return std::string_view::npos;
  return at < line.size() ? at : line.size();
}

} // namespace

bool cut_line(std::string_view line, AssemblyLine& out) {
  out.label = {};
  out.words.clear();
  std::size_t at = 0;
  while (at < line.size()) {
    if (blank(line[at])) {
      ++at;
      continue;
    }
    if (line[at] == ';') break;
    const std::size_t end = word_end(line, at);
    if (end == std::string_view::npos) return false;
    std::string_view word = line.substr(at, end - at);
    while (!word.empty() && blank(word.back()))
      word.remove_suffix(1);
    if (out.words.empty() && out.label.empty() && word.size() > 1 && word.back() == ':')
      out.label = word.substr(0, word.size() - 1);
    else
      out.words.push_back(word);
    at = end;
  }
  return true;
}

} // namespace writ::bc
