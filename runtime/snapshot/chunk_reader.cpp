// SPDX-License-Identifier: MIT
#include "snapshot/chunk_reader.h"

#include "snapshot/scan.h"
#include "writ/semantics/value.h"
#include "writ/text.h"

#include <algorithm>
#include <cstring>

namespace writ::snapshot {

namespace {

constexpr unsigned kMostNesting = 3; // an array of pages of rows
constexpr std::string_view kLineMark = "\xEF\xBB\xBF";

/// First byte that is not UTF-8, or npos.
std::size_t find_invalid_utf8(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (next_code_point(text, at) == U'\uFFFD' && !text.substr(begin).starts_with(kReplacement)) return begin;
  }
  return std::string_view::npos;
}

} // namespace

ChunkCounts ChunkReader::read(Chunk& chunk, ResourceVisitor& visitor) {
  chunk_ = &chunk;
  visitor_ = &visitor;
  counts_ = {};
  parser_.set_filter(visitor.filter());
  if (!chunk.lines) {
    // Rows of a table are put together before they are parsed.
    const bool table = chunk.rows != nullptr && chunk.rows->table;
    const std::size_t begin = chunk.items.empty() || table ? 0 : chunk.items.front().begin;
    const std::size_t end = chunk.items.empty() || table ? 0 : chunk.items.back().end;
    open_parser(chunk.bytes.substr(begin, end - begin));
    for (const Item& item : chunk.items)
      take_document(chunk.bytes.substr(item.begin, item.end - item.begin), item.line, chunk.rows.get());
    return counts_;
  }
  open_parser(chunk.bytes);
  std::size_t at = 0;
  std::uint64_t line = 0;
  while (at < chunk.bytes.size()) {
    ++line;
    const void* feed = std::memchr(chunk.bytes.data() + at, '\n', chunk.bytes.size() - at);
    const std::size_t end =
        feed == nullptr ? chunk.bytes.size()
                        : static_cast<std::size_t>(static_cast<const char*>(feed) - chunk.bytes.data());
    std::string_view text = chunk.bytes.substr(at, end - at);
    at = end + 1;
    if (feed != nullptr) ++counts_.lines;
    if (text.starts_with(kLineMark)) text.remove_prefix(kLineMark.size());
    const std::size_t begin = skip_blanks(text, 0);
    text.remove_prefix(begin);
    while (!text.empty() && (text.back() == '\r' || text.back() == ' ' || text.back() == '\t'))
      text.remove_suffix(1);
    if (!text.empty()) take_document(text, line, nullptr);
  }
  return counts_;
}

void ChunkReader::recall_document(std::string_view text, std::uint64_t line, const RowContext* rows) {
  const DocumentText document{text, line, offset_of(text), rows};
  DocumentOutcome outcome;
  if (memory_->recall(document, outcome)) {
    ++counts_.resources;
    if (outcome.not_exported) ++counts_.not_exported;
    return;
  }
  const ChunkCounts before = counts_;
  const std::size_t notes = chunk_->diagnostics.size() + chunk_->pages.size();
  read_document(text, line, rows, 0);
  outcome.plain = counts_.resources == before.resources + 1 && counts_.skipped == before.skipped &&
                  counts_.untyped == before.untyped &&
                  chunk_->diagnostics.size() + chunk_->pages.size() == notes;
  outcome.not_exported = counts_.not_exported > before.not_exported;
  memory_->remember(document, outcome);
}

void ChunkReader::read_document(std::string_view text, std::uint64_t line, const RowContext* rows,
                                unsigned nesting) {
  arena_.reset();
  if (rows != nullptr && rows->table && text[0] == '[') {
    const std::string_view object = row_object(text, *rows);
    if (const char* reason = parser_.parse(object)) return report_damage(text, line, reason);
    if (parser_.skimmed()) return take_idle();
    return take_resource(text, object, line, rows->row_type, nesting);
  }
  if (const char* reason = nesting == 0 ? parser_.parse_part(text) : parser_.parse(text)) {
    // A truncated page still has rows; they are found without parsing the whole.
    if (rows == nullptr && nesting < kMostNesting && inspect(text, 0).has_rows())
      return open_envelope(text, line, nesting);
    return report_damage(text, line, reason);
  }
  if (parser_.skimmed()) return take_idle();
  const Tape& tape = parser_.tape();
  switch (tape.kind(Tape::kRoot)) {
  case TapeKind::Object:
    return take_resource(text, text, line, rows == nullptr ? std::string_view() : rows->row_type, nesting);
  case TapeKind::Array:
    if (nesting < kMostNesting) return open_envelope(text, line, nesting);
    break;
  default:
    break;
  }
  ++counts_.skipped;
  warn(Code::RowNotObject, line, "expected a resource, which is an object, and skipped this value");
}

void ChunkReader::take_idle() {
  if (parser_.skimmed_properties_are_null()) ++counts_.not_exported;
  ++counts_.resources;
  visitor_->visit_idle();
}

void ChunkReader::take_resource(std::string_view text, std::string_view object, std::uint64_t line,
                                std::string_view row_type, unsigned nesting) {
  root_.read(parser_.tape(), Tape::kRoot, row_type, arena_);
  if (root_.id().empty() && root_.type().empty()) {
    // Not a resource as we know it: an envelope, another kind of document, or a row without its columns.
    const Document document = inspect(text, 0);
    if (document.envelope != Envelope::Resource && text[0] == '{' && nesting < kMostNesting)
      return open_envelope(text, line, nesting);
    if (counts_.untyped++ == 0) counts_.first_untyped = line;
  }
  if (root_.properties() == PropertiesState::NotExported) ++counts_.not_exported;
  ++counts_.resources;
  visitor_->visit(root_, {line, offset_of(text), offset_of(text) + text.size(), object}, arena_);
}

void ChunkReader::open_envelope(std::string_view text, std::uint64_t line, unsigned nesting) {
  const Document document = inspect(text, 0);
  switch (document.envelope) {
  case Envelope::Refused:
    ++counts_.skipped;
    ++counts_.damaged;
    chunk_->diagnostics.push_back(Diagnostic(Code::DocumentNotSupported, {},
                                             "this is " + std::string(document.refusal) +
                                                 ", which is not supported yet: nothing in it was evaluated")
                                      .at(chunk_->file->name, line)
                                      .note(std::string(document.refusal_help)));
    return;
  case Envelope::Error:
    ++counts_.skipped;
    ++counts_.damaged;
    chunk_->diagnostics.push_back(
        Diagnostic(Code::ErrorResponse, {},
                   "the export failed: this is the error response of a service" +
                       (document.error_text.empty() ? "" : ": " + document.error_text))
            .at(chunk_->file->name, line));
    return;
  default:
    return read_rows(text, document, line, nesting);
  }
}

void ChunkReader::read_rows(std::string_view text, const Document& document, std::uint64_t line,
                            unsigned nesting) {
  RowContext context;
  context.table = document.envelope == Envelope::GraphTable;
  context.columns = document.columns;
  context.row_type = document.row_type;
  PageNote note{document.page, document.envelope, 0, line};
  ContainerScan scan(text, document.rows);
  std::size_t counted_to = 0;
  const auto line_of = [&](std::size_t position) {
    line += count_lines(text.substr(counted_to, position - counted_to));
    counted_to = position;
    return line;
  };
  while (scan.next()) {
    ++note.rows;
    const RowContext* rows = document.envelope == Envelope::Array ? nullptr : &context;
    read_document(scan.value(), line_of(scan.begin()), rows, nesting + 1);
  }
  if (scan.damaged()) {
    const std::size_t at = scan.unclosed_value() ? scan.begin() : std::min(scan.position(), text.size());
    ++counts_.damaged;
    ++counts_.skipped;
    const std::uint64_t column = bytes_since_line_start(text.substr(0, at)) + 1;
    chunk_->diagnostics.push_back(Diagnostic(Code::InvalidJson, {}, "the rows of this page are damaged here")
                                      .at(chunk_->file->name, line_of(std::max(at, counted_to)), column));
  }
  if (document.envelope != Envelope::Array) chunk_->pages.push_back(note);
}

std::string_view ChunkReader::row_object(std::string_view row, const RowContext& rows) {
  row_text_ = '{';
  ContainerScan cells(row, 0);
  for (std::size_t column = 0; column < rows.columns.size() && cells.next(); ++column) {
    if (column > 0) row_text_ += ',';
    ((row_text_ += rows.columns[column]) += ':') += cells.value();
  }
  row_text_ += '}';
  const std::size_t size = row_text_.size();
  row_text_.append(kPadding, '\0');
  return std::string_view(row_text_).substr(0, size);
}

void ChunkReader::report_damage(std::string_view text, std::uint64_t line, const char* reason) {
  ++counts_.skipped;
  ++counts_.damaged;
  // The fast parser does not say where; the strict one does.
  Arena scratch;
  Value value;
  JsonError error;
  std::string what = reason;
  std::size_t at = 0;
  if (!parse_json(scratch, text, value, error)) {
    at = std::min(error.offset, text.size());
    what = error.reason;
  }
  const std::size_t invalid = find_invalid_utf8(text);
  if (invalid != std::string_view::npos && (invalid < at || at == 0)) {
    at = invalid;
    what = "invalid UTF-8";
  }
  const std::string_view before = text.substr(0, at);
  const std::uint64_t feeds = count_lines(before);
  const std::size_t lead = feeds > 0 ? 0 : static_cast<std::size_t>(text.data() - chunk_->bytes.data());
  const std::uint64_t column =
      feeds > 0 ? bytes_since_line_start(before) + 1
                : bytes_since_line_start(chunk_->bytes.substr(0, lead), chunk_->line_lead) + at + 1;
  chunk_->diagnostics.push_back(
      Diagnostic(Code::InvalidJson, {}, "this is not valid JSON and was skipped: " + what)
          .at(chunk_->file->name, line + feeds, column));
}

void ChunkReader::warn(Code code, std::uint64_t line, std::string what) {
  chunk_->diagnostics.push_back(Diagnostic(code, {}, std::move(what)).at(chunk_->file->name, line));
}

} // namespace writ::snapshot
