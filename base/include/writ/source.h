// SPDX-License-Identifier: MIT
// Source texts and positions in them. A span is eight bytes; lines and columns are computed when printed.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

/// Half-open byte range [begin, end) in the address space of a SourceMap: every text added to the map gets
/// its own range of offsets, so a span also tells which text it is in. {0,0} means "no position".
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  [[nodiscard]] bool empty() const { return begin == 0 && end == 0; }
  bool operator==(const Span&) const = default;
};
static_assert(sizeof(Span) == 8);

/// The smallest span that covers both; an empty span is neutral.
Span cover(Span a, Span b);

/// One line-and-column position, both counted from 1; columns count bytes of UTF-8.
struct LineColumn {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// Handle of a text in a SourceMap.
struct SourceId {
  std::uint32_t index = 0;
  bool operator==(const SourceId&) const = default;
};

/// Owns every text of a compilation. Texts are never removed; views into them live as long as the map.
class SourceMap {
public:
  SourceMap();
  /// Adds a text. `path` is what diagnostics print. The first byte of the text has offset base(id).
  SourceId add(std::string path, std::string text);

  [[nodiscard]] std::string_view text(SourceId id) const;
  [[nodiscard]] std::string_view path(SourceId id) const;
  [[nodiscard]] std::uint32_t base(SourceId id) const;
  /// The span of bytes [begin, end) of one text.
  [[nodiscard]] Span span(SourceId id, std::size_t begin, std::size_t end) const;

  /// The text that holds this offset. Requires a span made by this map.
  [[nodiscard]] SourceId source_of(Span span) const;
  [[nodiscard]] std::string_view text_of(Span span) const;
  [[nodiscard]] LineColumn position(std::uint32_t offset) const;
  /// The whole line (without line end) that holds the offset.
  [[nodiscard]] std::string_view line_text(std::uint32_t offset) const;
  [[nodiscard]] std::size_t size() const { return sources_.size(); }

private:
  struct Source {
    std::string path;
    std::string text;
    std::uint32_t base = 0;
    mutable std::vector<std::uint32_t> line_starts; // filled on first use
  };
  const Source& find(std::uint32_t offset) const;
  std::deque<Source> sources_;
};

} // namespace writ
