// SPDX-License-Identifier: MIT
#include "document/markdown.h"
#include "writ/text.h"

namespace writ::document {

std::string cell(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out;
}

std::string code(std::string_view text) {
  const bool quoted = text.find('`') != std::string_view::npos;
  const std::string_view mark = quoted ? "`` " : "`";
  return std::string(mark) + cell(text) + (quoted ? " ``" : "`");
}

std::string row(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const std::string& one : cells)
    out += one.empty() ? " |" : " " + one + " |";
  return out + "\n";
}

std::string slug(std::string_view id) {
  std::string out = lower_ascii(id);
  for (char& c : out)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) c = '-';
  return out;
}

} // namespace writ::document
