// SPDX-License-Identifier: MIT
#include "syntax/literals.h"
#include "writ/text.h"

#include <charconv>

namespace writ::syntax {

namespace {

/// Reads one escape after the backslash at text[i]; moves i past it.
void append_escape(std::string_view text, std::size_t& i, std::uint32_t base, std::string& out,
                   Diagnostics& diagnostics) {
  const std::size_t start = i++;
  const char c = i < text.size() ? text[i] : '\0';
  auto bad = [&](std::size_t end) {
    const Span span{base + static_cast<std::uint32_t>(start), base + static_cast<std::uint32_t>(end)};
    diagnostics.add(
        Diagnostic(Code::InvalidEscape, span, "this escape means nothing")
            .note(
                "known escapes are \\\" \\\\ \\n \\r \\t \\{ \\} and \\u{…} with a hexadecimal code point"));
  };
  switch (c) {
  case 'n':
    out += '\n';
    break;
  case 'r':
    out += '\r';
    break;
  case 't':
    out += '\t';
    break;
  case '"':
  case '\\':
  case '{':
  case '}':
    out += c;
    break;
  case 'u': {
    const std::size_t close = text.find('}', i);
    std::uint32_t code = 0;
    if (i + 1 < text.size() && text[i + 1] == '{' && close != std::string_view::npos) {
      const char* from = text.data() + i + 2;
      const char* to = text.data() + close;
      const auto result = std::from_chars(from, to, code, 16);
      if (result.ec == std::errc() && result.ptr == to && from != to && code <= 0x10FFFF &&
          (code < 0xD800 || code > 0xDFFF)) {
        append_code_point(out, code);
        i = close + 1;
        return;
      }
    }
    bad(i + 1);
    break;
  }
  default:
    bad(std::min(i + 1, text.size()));
    break;
  }
  if (i < text.size()) ++i;
}

/// The text between the quotes; the closing one may be missing in a broken file.
std::string_view inner_text(std::string_view quoted) {
  if (quoted.empty()) return quoted;
  const char quote = quoted.front();
  quoted.remove_prefix(1);
  if (!quoted.empty() && quoted.back() == quote) quoted.remove_suffix(1);
  return quoted;
}

} // namespace

std::string unescape(std::string_view quoted, std::uint32_t begin, Diagnostics& diagnostics) {
  const std::string_view text = inner_text(quoted);
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '\\')
      append_escape(text, i, begin + 1, out, diagnostics);
    else
      out += text[i++];
  }
  return out;
}

std::vector<MessagePart> split_message(std::string_view quoted, std::uint32_t begin,
                                       Diagnostics& diagnostics) {
  const std::string_view text = inner_text(quoted);
  std::vector<MessagePart> parts;
  std::string literal;
  auto flush = [&] {
    if (!literal.empty()) parts.push_back({false, std::move(literal), 0, 0});
    literal.clear();
  };
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '\\') {
      append_escape(text, i, begin + 1, literal, diagnostics);
    } else if (text[i] == '{') {
      const std::size_t close = text.find('}', i);
      if (close == std::string_view::npos) {
        const Span span{begin + 1 + static_cast<std::uint32_t>(i), begin + 2 + static_cast<std::uint32_t>(i)};
        diagnostics.add(Diagnostic(Code::UnclosedInterpolation, span, "this `{` has no `}`")
                            .note("write `\\{` for a brace in the text"));
        literal += text.substr(i);
        break;
      }
      flush();
      parts.push_back({true, {}, i + 2, close + 1}); // + 1 for the opening quote
      i = close + 1;
    } else {
      literal += text[i++];
    }
  }
  flush();
  return parts;
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  std::int64_t amount = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), amount);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size() - 1) return std::nullopt;
  std::int64_t unit = 1;
  switch (text.back()) {
  case 'd':
    unit = 86'400;
    break;
  case 'h':
    unit = 3'600;
    break;
  case 'm':
    unit = 60;
    break;
  default:
    break;
  }
  std::int64_t seconds = 0;
  if (__builtin_mul_overflow(amount, unit, &seconds)) return std::nullopt;
  return seconds;
}

} // namespace writ::syntax
