// SPDX-License-Identifier: MIT
#include "snapshot/detect.h"

#include "snapshot/scan.h"
#include "writ/text.h"

namespace writ::snapshot {

namespace {

bool has_line_ending_name(std::string_view name) {
  for (const std::string_view ending : {".ndjson", ".jsonl"})
    if (name.size() > ending.size() && equal_ascii_fold(name.substr(name.size() - ending.size()), ending))
      return true;
  return false;
}

/// The first line that is not blank, from `at`.
std::string_view next_line(std::string_view text, std::size_t& at) {
  at = skip_blanks(text, at);
  // Blanks before the first byte belong to the line: an indented line is not the start of a document.
  std::size_t begin = at;
  while (begin > 0 && text[begin - 1] != '\n')
    --begin;
  const std::size_t end = std::min(text.find('\n', at), text.size());
  at = end;
  return text.substr(begin, end - begin);
}

/// The whole line is one object.
bool is_document(std::string_view line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
    line.remove_suffix(1);
  return line.starts_with('{') && skip_value(line, 0) == line.size();
}

} // namespace

std::optional<ForeignEncoding> foreign_encoding(std::string_view head) {
  using namespace std::string_view_literals;
  constexpr std::string_view kSaveAgain =
      "save it as UTF-8; in PowerShell: `... | Out-File -Encoding utf8 FILE`";
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF"))
    return ForeignEncoding{"UTF-16 text", kSaveAgain};
  if (head.size() >= 4 &&
      (head.substr(0, 4) == "{\0\n\0"sv || head.substr(1, 1) == "\0"sv || head.starts_with("\0"sv)))
    return ForeignEncoding{"UTF-16 text or a binary file", kSaveAgain};
  if (head.starts_with("\x1F\x8B"))
    return ForeignEncoding{"a gzip archive", "unpack it first: `gunzip -c FILE | writ eval ... -`"};
  if (head.starts_with("PK\x03\x04")) return ForeignEncoding{"a zip archive", "unpack it first"};
  return std::nullopt;
}

LayoutGuess guess_layout(std::string_view head, bool complete, std::string_view name, InputFormat format) {
  if (format == InputFormat::Lines) return {true, "asked for"};
  if (format == InputFormat::Documents) return {false, "asked for"};
  std::size_t at = head.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  at = skip_blanks(head, at);
  if (at >= head.size()) return {true, "it is blank so far"};
  if (head[at] == '[') return {false, "it starts with `[`"};
  const std::size_t line_end = head.find('\n', at);
  if (head[at] == '{') {
    const std::size_t behind = skip_value(head, at);
    const bool closed_in_line = behind != kUnclosed && behind <= line_end;
    if (closed_in_line) {
      const std::size_t next = skip_blanks(head.substr(0, line_end), behind);
      if (next >= std::min(line_end, head.size())) return {true, "its first line is a document"};
      return {false, "several documents stand on its first line"};
    }
    if (line_end == std::string_view::npos) {
      if (complete) return {false, "it is one damaged document"};
      if (has_line_ending_name(name)) return {true, "its name ends like that of a file of lines"};
      return {false, "its first line is very long"};
    }
    if (behind != kUnclosed) return {false, "its first document spans lines"};
  }
  // Either a document over several lines, or lines of which the first is damaged.
  std::size_t scan = at;
  const std::string_view first = next_line(head, scan);
  const std::string_view second = scan < head.size() ? next_line(head, scan) : std::string_view();
  if (first.size() > 2 && is_document(second)) return {true, "its second line is a document"};
  if (has_line_ending_name(name) && head[at] != '{')
    return {true, "its name ends like that of a file of lines"};
  return {false, "its first document spans lines"};
}

} // namespace writ::snapshot
