// SPDX-License-Identifier: MIT
#include "decompile/names.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace writ::decompile {

namespace {

/// Words that are no name where an expression stands, or would begin an item at the beginning of a line.
constexpr std::array<std::string_view, 42> kReserved = {
    "module", "use",     "control", "param",   "on",        "as",       "where",      "require", "else",
    "let",    "private", "fn",      "record",  "framework", "test",     "definition", "and",     "or",
    "not",    "in",      "like",    "matches", "exactly",   "contains", "has",        "no",      "key",
    "exists", "any",     "all",     "none",    "some",      "of",       "when",       "count",   "if",
    "then",   "true",    "false",   "null",    "value",     "field"};
constexpr std::size_t kLongestName = 72;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

} // namespace

bool is_member_name(std::string_view text) {
  if (text.empty()) return false;
  if (!is_letter(text[0]) && text[0] != '_' && text[0] != '$' && text[0] != '@') return false;
  return std::all_of(text.begin() + 1, text.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

bool is_name(std::string_view text) {
  return is_member_name(text) && std::find(kReserved.begin(), kReserved.end(), text) == kReserved.end() &&
         text != "arm" && text != "condition" && text != "current";
}

std::string name_of_title(std::string_view title) {
  // "[Preview]: …", "[Deprecated]: …": the title keeps it.
  if (const std::size_t end = title.find("]: "); title.starts_with('[') && end != std::string_view::npos)
    title.remove_prefix(end + 3);
  std::string out;
  for (char c : lower_ascii(title)) {
    if ((c >= 'a' && c <= 'z') || is_digit(c))
      out += c;
    else if (c != '\'' && !out.empty() && out.back() != '_')
      out += '_';
  }
  if (out.size() > kLongestName) {
    const std::size_t cut = out.rfind('_', kLongestName);
    out.resize(cut == std::string::npos || cut < 10 ? kLongestName : cut);
  }
  while (!out.empty() && out.back() == '_')
    out.pop_back();
  if (out.empty()) out = "definition_of_nothing";
  if (is_digit(out[0])) out = "definition_" + out;
  if (!is_name(out)) out += "_definition";
  return out;
}

std::string singular_of(std::string_view plural) {
  // The last word of camelCase.
  std::size_t from = plural.size();
  while (from > 0 && !(plural[from - 1] >= 'A' && plural[from - 1] <= 'Z'))
    --from;
  std::string_view last = from > 0 ? plural.substr(from - 1) : plural;
  std::string word;
  for (char c : lower_ascii(last))
    if ((c >= 'a' && c <= 'z') || (is_digit(c) && !word.empty())) word += c;
  if (word.size() > 4 && word.ends_with("ies"))
    word.replace(word.size() - 3, 3, "y");
  else if (word.size() > 4 && (word.ends_with("sses") || word.ends_with("xes") || word.ends_with("ches")))
    word.resize(word.size() - 2);
  else if (word.size() > 3 && word.ends_with("s") && !word.ends_with("ss") && !word.ends_with("us"))
    word.pop_back();
  return word.empty() || !is_name(word) ? "item" : word;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\t':
      out += "\\t";
      break;
    case '\r':
      out += "\\r";
      break;
    default:
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
        out += fmt::format("\\u{{{:X}}}", static_cast<unsigned>(static_cast<unsigned char>(c)));
      else
        out += c;
    }
  }
  return out + "\"";
}

} // namespace writ::decompile
