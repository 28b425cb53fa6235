// SPDX-License-Identifier: MIT
#include "writ/source.h"

#include <algorithm>
#include <cassert>

namespace writ {

Span cover(Span a, Span b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

// Offset 0 belongs to no text, so that {0,0} can mean "no position".
SourceMap::SourceMap() = default;

SourceId SourceMap::add(std::string path, std::string text) {
  Source source;
  source.path = std::move(path);
  source.text = std::move(text);
  source.base = sources_.empty()
                    ? 1
                    : sources_.back().base + static_cast<std::uint32_t>(sources_.back().text.size()) + 1;
  sources_.push_back(std::move(source));
  return {static_cast<std::uint32_t>(sources_.size() - 1)};
}

std::string_view SourceMap::text(SourceId id) const { return sources_[id.index].text; }
std::string_view SourceMap::path(SourceId id) const { return sources_[id.index].path; }
std::uint32_t SourceMap::base(SourceId id) const { return sources_[id.index].base; }

Span SourceMap::span(SourceId id, std::size_t begin, std::size_t end) const {
  const std::uint32_t base = sources_[id.index].base;
  return {base + static_cast<std::uint32_t>(begin), base + static_cast<std::uint32_t>(end)};
}

const SourceMap::Source& SourceMap::find(std::uint32_t offset) const {
  auto after = std::upper_bound(sources_.begin(), sources_.end(), offset,
                                [](std::uint32_t o, const Source& s) { return o < s.base; });
  assert(after != sources_.begin());
  return *std::prev(after);
}

SourceId SourceMap::source_of(Span span) const {
  const Source* found = &find(span.begin);
  for (std::size_t i = 0; i < sources_.size(); ++i)
    if (&sources_[i] == found) return {static_cast<std::uint32_t>(i)};
  return {};
}

std::string_view SourceMap::text_of(Span span) const {
  if (span.empty()) return {};
  const Source& source = find(span.begin);
  const std::size_t begin = std::min<std::size_t>(span.begin - source.base, source.text.size());
  const std::size_t end = std::min<std::size_t>(span.end - source.base, source.text.size());
  return std::string_view(source.text).substr(begin, end - begin);
}

LineColumn SourceMap::position(std::uint32_t offset) const {
  const Source& source = find(offset);
  if (source.line_starts.empty()) {
    source.line_starts.push_back(0);
    for (std::size_t i = 0; i < source.text.size(); ++i)
      if (source.text[i] == '\n') source.line_starts.push_back(static_cast<std::uint32_t>(i + 1));
  }
  const std::uint32_t local = offset - source.base;
  auto after = std::upper_bound(source.line_starts.begin(), source.line_starts.end(), local);
  const auto line = static_cast<std::uint32_t>(after - source.line_starts.begin());
  return {line, local - source.line_starts[line - 1] + 1};
}

std::string_view SourceMap::line_text(std::uint32_t offset) const {
  const Source& source = find(offset);
  const std::string_view text = source.text;
  const std::size_t local = std::min<std::size_t>(offset - source.base, text.size());
  const std::size_t before = local == 0 ? std::string_view::npos : text.rfind('\n', local - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  std::size_t end = text.find('\n', local);
  if (end == std::string_view::npos) end = text.size();
  if (end > begin && text[end - 1] == '\r') --end;
  return text.substr(begin, end - begin);
}

} // namespace writ
