// SPDX-License-Identifier: MIT
// The terminal form of a diagnostic: header, position, source line, carets, notes.
#include "printable.h"
#include "style.h"
#include "writ/report/diagnostics.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <vector>

namespace writ::report {

namespace {

/// Width of a text on a terminal: code points, each printed as one.
std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  std::size_t position = 0;
  while (position < text.size()) {
    next_code_point(text, position);
    ++width;
  }
  return width;
}

/// A definition may stand on one line of many kilobytes: shows the part around the mark, whole characters
/// only.
void clip_long_line(std::string_view& line, std::size_t& mark) {
  constexpr std::size_t kWidest = 160;
  constexpr std::size_t kBefore = 60;
  if (line.size() <= kWidest) return;
  const auto continues = [&](std::size_t at) {
    return at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80;
  };
  std::size_t begin = mark > kBefore ? mark - kBefore : 0;
  while (begin > 0 && continues(begin))
    --begin;
  std::size_t end = std::min(line.size(), begin + kWidest);
  while (continues(end))
    ++end;
  line = line.substr(begin, end - begin);
  mark -= begin;
}

/// The source line under a span with carets and a text behind them.
void append_excerpt(std::string& out, Span span, std::string_view text, char mark, std::size_t gutter,
                    const SourceMap& sources, const Style& style, bool with_path) {
  const LineColumn at = sources.position(span.begin);
  std::string_view line = sources.line_text(span.begin);
  if (with_path)
    out += fmt::format("{}{} {}:{}:{}\n", std::string(gutter, ' '), style.dim(":::"),
                       printable(sources.path(sources.source_of(span))), at.line, at.column);
  std::size_t before = std::min<std::size_t>(at.column - 1, line.size());
  clip_long_line(line, before);
  const std::size_t length =
      std::min<std::size_t>(span.end > span.begin ? span.end - span.begin : 1, line.size() - before);
  const std::size_t carets = std::max<std::size_t>(1, display_width(line.substr(before, length)));
  out += fmt::format("{:>{}} {} {}\n", at.line, gutter, style.dim("|"), printable(line));
  out += fmt::format("{:>{}} {} {}{}", "", gutter, style.dim("|"),
                     std::string(display_width(line.substr(0, before)), ' '),
                     style.mark(std::string(carets, mark), mark == '^'));
  if (!text.empty()) out += fmt::format(" {}", printable(text));
  out += '\n';
}

} // namespace

std::string to_text(const Diagnostic& d, const SourceMap& sources, bool color) {
  const Style style(color);
  const char* word = d.severity == Severity::Error     ? "error"
                     : d.severity == Severity::Warning ? "warning"
                                                       : "note";
  std::string out =
      fmt::format("{}{}\n", style.severity(fmt::format("{}[{}]", word, info(d.code).number), d.severity),
                  style.bold(": " + printable(d.message)));
  if (d.span.empty()) {
    if (!d.file.empty()) {
      out += fmt::format("  --> {}", printable(d.file));
      if (d.line) out += fmt::format(":{}", d.line);
      if (d.line && d.column) out += fmt::format(":{}", d.column);
      out += '\n';
    }
  } else {
    const LineColumn at = sources.position(d.span.begin);
    std::uint32_t last_line = at.line;
    for (const Label& label : d.labels)
      if (!label.span.empty()) last_line = std::max(last_line, sources.position(label.span.begin).line);
    const std::size_t gutter = std::to_string(last_line).size();
    out += fmt::format("{}{} {}:{}:{}\n", std::string(gutter, ' '), style.dim("-->"),
                       printable(sources.path(sources.source_of(d.span))), at.line, at.column);
    out += fmt::format("{:>{}} {}\n", "", gutter, style.dim("|"));
    std::string hint;
    if (!d.edits.empty() && d.edits.front().span == d.span)
      hint = fmt::format("did you mean `{}`?", d.edits.front().replacement);
    append_excerpt(out, d.span, hint, '^', gutter, sources, style, false);
    for (const Label& label : d.labels) {
      if (label.span.empty()) continue;
      const bool other = !(sources.source_of(label.span) == sources.source_of(d.span));
      append_excerpt(out, label.span, label.text, '-', gutter, sources, style, other);
    }
  }
  for (const std::string& note : d.notes)
    out += fmt::format("  {} {}\n", style.dim("= note:"), printable(note));
  return out;
}

std::string to_text(const Diagnostics& diagnostics, const SourceMap& sources, bool color) {
  // Of a long list the errors come first, then the first warnings of each kind: a thousand equal ones must
  // not hide the others. The JSON form has all.
  constexpr std::size_t kMostPrinted = 60;
  constexpr std::size_t kFirstOfKind = 5;
  std::vector<const Diagnostic*> order;
  for (const Diagnostic& d : diagnostics.all())
    order.push_back(&d);
  if (order.size() > kMostPrinted) {
    std::map<Code, std::size_t> seen;
    std::map<const Diagnostic*, int> rank;
    for (const Diagnostic* d : order)
      rank[d] = d->severity == Severity::Error ? 0 : seen[d->code]++ < kFirstOfKind ? 1 : 2;
    std::stable_sort(order.begin(), order.end(),
                     [&](const Diagnostic* a, const Diagnostic* b) { return rank[a] < rank[b]; });
  }
  std::string out;
  for (std::size_t i = 0; i < order.size() && i < kMostPrinted; ++i)
    out += to_text(*order[i], sources, color) + "\n";
  const std::size_t hidden = diagnostics.dropped() + order.size() - std::min(order.size(), kMostPrinted);
  if (hidden > 0) out += fmt::format("{} more not shown\n", hidden);
  if (diagnostics.errors() + diagnostics.warnings() > 0)
    out +=
        fmt::format("{} error{}, {} warning{}\n", diagnostics.errors(), diagnostics.errors() == 1 ? "" : "s",
                    diagnostics.warnings(), diagnostics.warnings() == 1 ? "" : "s");
  return out;
}

} // namespace writ::report
