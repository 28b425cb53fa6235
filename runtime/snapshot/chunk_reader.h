// SPDX-License-Identifier: MIT
// From a chunk to resources: parses each document or row, opens envelopes, reports damage and goes on.
#pragma once

#include "snapshot/chunk.h"
#include "snapshot/document_memory.h"
#include "snapshot/resource_root.h"
#include "snapshot/tape_parser.h"
#include "writ/arena.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace writ::snapshot {

/// Where a resource stands. Lines count from the start of the chunk when Chunk::lines, else from the start of
/// the file.
struct Place {
  std::uint64_t line = 0;
  std::uint64_t byte_begin = 0; ///< in the file
  std::uint64_t byte_end = 0;
  std::string_view
      text; ///< the resource as a JSON object (put together, for a table row); valid during the call
};

class ResourceVisitor {
public:
  virtual ~ResourceVisitor() = default;
  /// `arena` lives until the next resource.
  virtual void visit(const ResourceRoot& resource, const Place& place, Arena& arena) = 0;
  /// Which resources need not be read; null: all are. visit_idle() follows for the one that it was asked
  /// about last and said yes to.
  virtual TypeFilter* filter() { return nullptr; }
  virtual void visit_idle() {}
};

/// What a chunk held.
struct ChunkCounts {
  std::uint64_t lines = 0;         ///< line feeds, when Chunk::lines
  std::uint64_t resources = 0;     ///< handed to the visitor, idle ones included
  std::uint64_t skipped = 0;       ///< damaged or refused documents and rows that are no objects
  std::uint64_t damaged = 0;       ///< of these: the result is incomplete
  std::uint64_t untyped = 0;       ///< resources with neither type nor id
  std::uint64_t first_untyped = 0; ///< line of the first
  std::uint64_t not_exported = 0;  ///< resources whose properties are null
};

/// One per thread.
class ChunkReader {
public:
  /// Parses every document by itself: see EngineOptions::plain.
  void set_plain(bool plain) { parser_.set_plain(plain); }
  /// `memory`, which must outlive the reader, is asked about every document.
  void set_memory(DocumentMemory* memory) { memory_ = memory; }
  /// Diagnostics and pages are added to the chunk.
  ChunkCounts read(Chunk& chunk, ResourceVisitor& visitor);

private:
  /// Looks at all documents at once, unless most of them will not be parsed.
  void open_parser(std::string_view text) {
    parser_.open(memory_ != nullptr && memory_->knows_most() ? std::string_view() : text);
  }
  /// A document or row of the chunk itself.
  void take_document(std::string_view text, std::uint64_t line, const RowContext* rows) {
    if (memory_ == nullptr)
      read_document(text, line, rows, 0);
    else
      recall_document(text, line, rows);
  }
  void recall_document(std::string_view text, std::uint64_t line, const RowContext* rows);
  /// A document or row. `text` is followed by kPadding readable bytes and lies in the chunk's bytes;
  /// `nesting` counts the envelopes around it.
  void read_document(std::string_view text, std::uint64_t line, const RowContext* rows, unsigned nesting);
  void open_envelope(std::string_view text, std::uint64_t line, unsigned nesting);
  void read_rows(std::string_view text, const Document& document, std::uint64_t line, unsigned nesting);
  /// A table row as an object's text, with padding behind; empty when it has more cells than columns.
  std::string_view row_object(std::string_view row, const RowContext& rows);
  /// `text` stands in the chunk, `object` is what was parsed.
  void take_idle();
  void take_resource(std::string_view text, std::string_view object, std::uint64_t line,
                     std::string_view row_type, unsigned nesting);
  void report_damage(std::string_view text, std::uint64_t line, const char* reason);
  void warn(Code code, std::uint64_t line, std::string what);
  [[nodiscard]] std::uint64_t offset_of(std::string_view text) const {
    return chunk_->offset + static_cast<std::uint64_t>(text.data() - chunk_->bytes.data());
  }

  Chunk* chunk_ = nullptr;
  ResourceVisitor* visitor_ = nullptr;
  DocumentMemory* memory_ = nullptr;
  ChunkCounts counts_;
  TapeParser parser_;
  Arena arena_;
  ResourceRoot root_;
  std::string row_text_;
};

} // namespace writ::snapshot
