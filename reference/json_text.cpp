// SPDX-License-Identifier: MIT
#include "json_text.h"

#include <string>

namespace writ::reference {
namespace {

/// Rewrites 'text' as "text"; double-quoted strings stay as they are.
std::string with_double_quotes(std::string_view text) {
  std::string out;
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote == '\0') {
      if (c == '"' || c == '\'') quote = c;
      out.push_back(c == '\'' ? '"' : c);
    } else if (c == '\\' && i + 1 < text.size()) {
      ++i;
      if (text[i] != '\'') out.push_back(c); // \' is an apostrophe, which JSON does not escape
      out.push_back(text[i]);
    } else if (c == quote) {
      quote = '\0';
      out.push_back('"');
    } else {
      if (c == '"') out.push_back('\\');
      out.push_back(c);
    }
  }
  return out;
}

} // namespace

std::optional<json> parse_json_text(std::string_view text) {
  json value = json::parse(with_double_quotes(text), nullptr, false);
  if (value.is_discarded()) return std::nullopt;
  return value;
}

} // namespace writ::reference
