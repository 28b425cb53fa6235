// SPDX-License-Identifier: MIT
// One input, chunk by chunk. Private to the source.
#pragma once

#include "snapshot/chunk.h"
#include "snapshot/scan.h"
#include "writ/input.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace writ::snapshot {

/// Bytes from a descriptor or a text.
class ByteStream {
public:
  ~ByteStream();
  /// The reason when it cannot be opened.
  std::optional<std::string> open(const Input& input);
  /// Reads up to `size` bytes; 0 at the end. A failure ends the stream and is told by failure().
  std::size_t read(char* into, std::size_t size);
  [[nodiscard]] const std::string& failure() const { return failure_; }
  /// The whole of a regular file, with kPadding readable bytes behind; null for everything else.
  std::shared_ptr<const void> map(std::string_view& text) const;

private:
  int descriptor_ = -1;
  bool owned_ = false;
  bool from_start_ = true; ///< the descriptor stood at the file's first byte
  const std::string* text_ = nullptr;
  std::size_t at_ = 0;
  std::string failure_;
};

/// Takes the whole pages of a mapped text out of the process; reading them again would bring them back.
void forget_pages(std::string_view text);

/// Memory for chunks, given back and used again.
class BufferPool {
public:
  TextBuffer take(std::size_t capacity);
  void give_back(TextBuffer buffer);

private:
  std::vector<TextBuffer> free_;
};

class FileReader {
public:
  FileReader(const Input& input, const SourceFile& file, BufferPool& pool, std::size_t chunk_bytes)
      : input_(input), file_(file), pool_(pool), chunk_bytes_(chunk_bytes) {}
  /// False when the input is used up. The chunk is empty before.
  bool next(Chunk& chunk);

private:
  enum class State : std::uint8_t { Closed, Lines, MappedLines, Documents, Done };
  void start(Chunk& chunk);
  void read_lines(Chunk& chunk);
  void cut_lines(Chunk& chunk);
  void scan_documents(Chunk& chunk);
  /// Adds items until the chunk is full, the input is used up, or the text has to be continued.
  enum class Scanned : std::uint8_t { Full, End, Short };
  Scanned scan_text(Chunk& chunk);
  /// False when the text is too short to tell.
  bool open_document(Chunk& chunk);
  void begin_rows(const Document& document, std::size_t document_end);
  void end_rows(Chunk& chunk);
  void add_item(Chunk& chunk, std::size_t begin, std::size_t end);
  void report_damage(Chunk& chunk, std::size_t at, std::string what);
  std::uint64_t line_at(std::size_t position);
  void fill(TextBuffer& buffer, std::size_t& size);
  /// Drops what stands before `keep` from the text and reads on.
  void read_on(std::size_t keep);
  /// What to do when the text ends in the middle of something: false = read_on() and look again.
  [[nodiscard]] bool is_all() const { return stream_ended_; }

  const Input& input_;
  const SourceFile& file_;
  BufferPool& pool_;
  const std::size_t chunk_bytes_;
  State state_ = State::Closed;
  ByteStream stream_;
  bool stream_ended_ = false;
  bool first_chunk_ = true;
  // Lines: what was read and not handed out.
  TextBuffer pending_;
  std::size_t pending_size_ = 0;
  std::uint64_t offset_ = 0;
  // Documents. The text is the whole input, mapped, or as much of a stream as is needed at once.
  std::shared_ptr<const void> owner_;
  std::string_view text_;
  bool mapped_ = false;
  bool first_document_ = true;
  std::uint64_t line_lead_ = 0; ///< bytes of the line that the text begins in, before it
  std::size_t forgotten_ = 0;   ///< of a mapped text: what earlier chunks were made of
  std::size_t at_ = 0;
  std::size_t counted_to_ = 0;
  std::uint64_t line_ = 1;
  std::optional<ContainerScan> rows_;
  std::shared_ptr<const RowContext> row_context_;
  PageNote page_;
  std::size_t rows_document_end_ = 0;
};

} // namespace writ::snapshot
