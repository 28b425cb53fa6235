// SPDX-License-Identifier: MIT
// A piece of work: some documents or rows of one input, with where they stand.
#pragma once

#include "snapshot/document.h"
#include "writ/diagnostic.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace writ::snapshot {

/// An input file after folders and patterns were resolved.
struct SourceFile {
  std::string name;
  std::uint32_t index = 0; ///< in reading order
};

/// How rows of an envelope become resources.
struct RowContext {
  bool table = false;               ///< rows are arrays of cells
  std::vector<std::string> columns; ///< table: JSON strings with quotes
  std::string row_type;             ///< type of rows that do not say one
};

/// A document or row: bytes [begin, end) of Chunk::bytes.
struct Item {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint64_t line = 0; ///< from 1, in the file
};

/// A page that was met, for the check that all pages are there.
struct PageNote {
  PageInfo page;
  Envelope envelope = Envelope::ValuePage;
  std::uint64_t rows = 0; ///< rows that were found
  std::uint64_t line = 0;
};

/// What a file was taken for.
struct Detection {
  std::string format; ///< "lines" or the envelope of the first document
  std::string reason;
};

/// Memory that a chunk's bytes are in.
struct TextBuffer {
  std::unique_ptr<char[]> data;
  std::size_t capacity = 0; ///< without the padding
};

struct Chunk {
  const SourceFile* file = nullptr;
  std::string_view bytes;   ///< kPadding readable bytes behind it
  std::uint64_t offset = 0; ///< of `bytes` in the file
  bool begins_file = false;
  bool lines = false; ///< every line of `bytes` is a document; lines are counted from the start of the chunk
  std::uint64_t line_lead = 0;            ///< bytes of the line that `bytes` begin in, before them
  std::string_view forgettable;           ///< pages of a mapped file that nobody reads again
  std::vector<Item> items;                ///< otherwise
  std::shared_ptr<const RowContext> rows; ///< items are rows of an envelope; null: they are documents
  std::vector<PageNote> pages;
  std::vector<Diagnostic> diagnostics;
  std::optional<Detection> detected;
  std::shared_ptr<const void> owner; ///< keeps `bytes` alive …
  TextBuffer buffer;                 ///< … or this does
};

/// Bytes that a chunk holds, about: small enough for the cache, large enough that handing it over costs
/// nothing.
inline constexpr std::size_t kChunkBytes = std::size_t{512} * 1024;

} // namespace writ::snapshot
