// SPDX-License-Identifier: MIT
#include "snapshot/file_reader.h"

#include "snapshot/detect.h"
#include "snapshot/tape.h"

#include <algorithm>
#include <cstring>

namespace writ::snapshot {

namespace {

constexpr std::size_t kHeadBytes = std::size_t{256} * 1024; // what detection sees
constexpr std::size_t kWholeDocument =
    std::size_t{128} * 1024; // smaller documents are one item, opened by the worker
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Blanks, and what tools put between documents: commas, record separators, byte order marks.
std::size_t skip_between_documents(std::string_view text, std::size_t at) {
  for (;;) {
    at = skip_blanks(text, at);
    if (at >= text.size()) return at;
    if (text[at] == ',' || text[at] == '\x1e')
      ++at;
    else if (text.substr(at).starts_with(kByteOrderMark))
      at += kByteOrderMark.size();
    else
      return at;
  }
}

} // namespace

void FileReader::fill(TextBuffer& buffer, std::size_t& size) {
  while (!stream_ended_ && size < buffer.capacity) {
    const std::size_t got = stream_.read(buffer.data.get() + size, buffer.capacity - size);
    stream_ended_ = got == 0;
    size += got;
  }
}

void FileReader::start(Chunk& chunk) {
  state_ = State::Done;
  const auto fail = [&](Code code, std::string what) -> Diagnostic& {
    return chunk.diagnostics.emplace_back(Diagnostic(code, {}, std::move(what)).at(file_.name));
  };
  if (const auto reason = stream_.open(input_)) {
    fail(Code::InputUnreadable, "cannot read `" + file_.name + "`: " + *reason);
    return;
  }
  pending_ = pool_.take(kChunkBytes);
  fill(pending_, pending_size_);
  if (!stream_.failure().empty()) {
    fail(Code::InputUnreadable, "cannot read `" + file_.name + "`: " + stream_.failure());
    return;
  }
  const std::string_view head(pending_.data.get(), std::min(pending_size_, kHeadBytes));
  if (const auto encoding = foreign_encoding(head)) {
    fail(Code::InputEncoding, "`" + file_.name + "` is " + std::string(encoding->what))
        .notes.emplace_back(encoding->help);
    return;
  }
  if (skip_between_documents(head, 0) == head.size() && stream_ended_ && pending_size_ == head.size()) {
    fail(Code::EmptyInput, "`" + file_.name + "` is empty");
    return;
  }
  const LayoutGuess layout =
      guess_layout(head, stream_ended_ && pending_size_ == head.size(), file_.name, input_.format);
  if (layout.lines) {
    state_ = State::Lines;
    chunk.detected = Detection{"lines", layout.reason};
    // A file of a few chunks is in the buffer already; a larger one is mapped, which saves copying it.
    if (!stream_ended_ && (owner_ = stream_.map(text_)) != nullptr) {
      pool_.give_back(std::move(pending_));
      state_ = State::MappedLines;
    }
    return;
  }
  state_ = State::Documents;
  if ((owner_ = stream_.map(text_)) != nullptr) {
    mapped_ = stream_ended_ = true;
    pool_.give_back(std::move(pending_));
    return;
  }
  text_ = {pending_.data.get(), pending_size_};
  owner_ = std::make_shared<const TextBuffer>(std::move(pending_));
}

bool FileReader::next(Chunk& chunk) {
  chunk.file = &file_;
  chunk.begins_file = first_chunk_;
  first_chunk_ = false;
  if (state_ == State::Closed) {
    start(chunk);
    if (state_ == State::Done) return true; // to deliver the diagnostic
  }
  switch (state_) {
  case State::Lines:
    read_lines(chunk);
    return true;
  case State::MappedLines:
    cut_lines(chunk);
    return true;
  case State::Documents:
    scan_documents(chunk);
    return true;
  default:
    return false;
  }
}

void FileReader::read_lines(Chunk& chunk) {
  std::size_t cut = 0;
  for (;;) {
    fill(pending_, pending_size_);
    const std::string_view text(pending_.data.get(), pending_size_);
    cut = stream_ended_ ? text.size() : text.rfind('\n') + 1; // npos + 1 is 0
    if (cut > 0 || stream_ended_) break;
    // A line that is longer than the buffer.
    TextBuffer larger = pool_.take(2 * pending_.capacity);
    std::memcpy(larger.data.get(), pending_.data.get(), pending_size_);
    pool_.give_back(std::move(pending_));
    pending_ = std::move(larger);
  }
  chunk.lines = true;
  chunk.offset = offset_;
  offset_ += cut;
  TextBuffer rest;
  const std::size_t rest_size = pending_size_ - cut;
  if (!stream_ended_) {
    rest = pool_.take(std::max(chunk_bytes_, 2 * rest_size));
    std::memcpy(rest.data.get(), pending_.data.get() + cut, rest_size);
  } else {
    state_ = State::Done;
    if (!stream_.failure().empty())
      chunk.diagnostics.push_back(
          Diagnostic(Code::InputUnreadable, {}, "reading `" + file_.name + "` stopped: " + stream_.failure())
              .at(file_.name));
  }
  chunk.bytes = {pending_.data.get(), cut};
  std::memset(pending_.data.get() + cut, 0, std::min(kPadding, pending_.capacity + kPadding - cut));
  chunk.buffer = std::move(pending_);
  pending_ = std::move(rest);
  pending_size_ = rest_size;
}

void FileReader::cut_lines(Chunk& chunk) {
  // The last line end before the chunk is full, or the first behind it.
  std::size_t cut = text_.size();
  if (text_.size() - at_ > chunk_bytes_) {
    cut = text_.rfind('\n', at_ + chunk_bytes_ - 1);
    if (cut == std::string_view::npos || cut < at_) cut = text_.find('\n', at_ + chunk_bytes_);
    cut = cut == std::string_view::npos ? text_.size() : cut + 1;
  }
  chunk.lines = true;
  chunk.offset = at_;
  chunk.bytes = chunk.forgettable = text_.substr(at_, cut - at_);
  chunk.owner = owner_;
  at_ = cut;
  if (at_ < text_.size()) return;
  state_ = State::Done;
  owner_ = nullptr;
}

std::uint64_t FileReader::line_at(std::size_t position) {
  line_ += count_lines(text_.substr(counted_to_, position - counted_to_));
  counted_to_ = position;
  return line_;
}

void FileReader::add_item(Chunk& chunk, std::size_t begin, std::size_t end) {
  chunk.items.push_back({begin, end, line_at(begin)});
}

void FileReader::report_damage(Chunk& chunk, std::size_t at, std::string what) {
  at = std::min(at, text_.size());
  const std::uint64_t line = line_at(std::max(at, counted_to_));
  const std::uint64_t column = bytes_since_line_start(text_.substr(0, at), line_lead_) + 1;
  chunk.diagnostics.push_back(
      Diagnostic(Code::InvalidJson, {}, std::move(what)).at(file_.name, line, column));
}

void FileReader::read_on(std::size_t keep) {
  line_at(std::max(keep, counted_to_));
  line_lead_ = bytes_since_line_start(text_.substr(0, keep), line_lead_);
  std::size_t size = text_.size() - keep;
  // Twice what is kept: a long value is looked at a few times, not once for every piece of it.
  TextBuffer buffer = pool_.take(std::max(2 * chunk_bytes_, 2 * size));
  std::memcpy(buffer.data.get(), text_.data() + keep, size);
  fill(buffer, size);
  text_ = {buffer.data.get(), size};
  owner_ = std::make_shared<const TextBuffer>(std::move(buffer));
  offset_ += keep;
  counted_to_ -= keep;
  at_ -= std::min(keep, at_);
  if (rows_) rows_->move_to(text_, keep);
}

void FileReader::scan_documents(Chunk& chunk) {
  for (;;) {
    chunk.bytes = text_;
    chunk.offset = offset_;
    chunk.line_lead = line_lead_;
    chunk.owner = owner_;
    const Scanned scanned = scan_text(chunk);
    const std::size_t behind = rows_ ? rows_->position() : at_;
    if (scanned == Scanned::Short) {
      if (!chunk.items.empty()) break; // they need the text as it is
      read_on(behind);
      continue;
    }
    if (mapped_) {
      chunk.forgettable = text_.substr(forgotten_, behind - std::min(forgotten_, behind));
      forgotten_ = std::max(forgotten_, behind);
    }
    if (scanned == Scanned::Full) break;
    state_ = State::Done;
    owner_ = nullptr;
    if (!stream_.failure().empty())
      chunk.diagnostics.push_back(
          Diagnostic(Code::InputUnreadable, {}, "cannot read `" + file_.name + "`: " + stream_.failure())
              .at(file_.name));
    break;
  }
}

FileReader::Scanned FileReader::scan_text(Chunk& chunk) {
  std::size_t bytes = 0;
  for (;;) {
    if (rows_) {
      chunk.rows = row_context_;
      const ContainerScan before = *rows_;
      const bool found = rows_->next();
      // What touches the end of the text may go on behind it.
      const bool at_end =
          found ? rows_->end() >= text_.size() : rows_->unclosed_value() || rows_->position() >= text_.size();
      if (at_end && !is_all()) {
        rows_ = before;
        return Scanned::Short;
      }
      if (found) {
        add_item(chunk, rows_->begin(), rows_->end());
        bytes += rows_->end() - rows_->begin();
        ++page_.rows;
        if (bytes >= chunk_bytes_) return Scanned::Full;
        continue;
      }
      end_rows(chunk);
      if (!chunk.items.empty()) return Scanned::Full; // what follows may need another row context
      continue;
    }
    chunk.rows = nullptr;
    at_ = skip_between_documents(text_, at_);
    if (!is_all() && text_.size() - at_ < kByteOrderMark.size()) return Scanned::Short;
    if (at_ >= text_.size()) return Scanned::End;
    const std::size_t before = at_;
    const std::size_t items = chunk.items.size();
    if (!open_document(chunk)) return Scanned::Short;
    if (rows_ && items > 0) return Scanned::Full; // documents so far; rows next time
    bytes += at_ - before;
    if (!rows_ && bytes >= chunk_bytes_) return Scanned::Full;
  }
}

bool FileReader::open_document(Chunk& chunk) {
  const char first = text_[at_];
  if (first != '{' && first != '[') {
    const std::size_t feed = text_.find('\n', at_);
    if (feed == std::string_view::npos && !is_all()) return false;
    report_damage(chunk, at_, "expected a JSON object or array");
    at_ = std::min(feed, text_.size());
    first_document_ = false;
    return true;
  }
  const auto detect = [&](const Document& document) {
    if (!chunk.detected && first_document_)
      chunk.detected = Detection{std::string(to_text(document.envelope)), document.reason};
    first_document_ = false;
  };
  if (first == '[') {
    const Document document = inspect(text_, at_);
    detect(document);
    begin_rows(document, kUnclosed);
    return true;
  }
  const std::size_t behind = skip_value(text_, at_);
  if (behind == kUnclosed && !is_all()) return false;
  const std::size_t end = behind == kUnclosed ? text_.size() : behind;
  if (behind == kUnclosed || end - at_ > kWholeDocument || first_document_) {
    const Document document = inspect(text_.substr(0, end), at_);
    detect(document);
    if (document.has_rows()) {
      begin_rows(document, end);
      return true;
    }
  }
  add_item(chunk, at_, end);
  at_ = end;
  return true;
}

void FileReader::begin_rows(const Document& document, std::size_t document_end) {
  auto context = std::make_shared<RowContext>();
  context->table = document.envelope == Envelope::GraphTable;
  context->columns = document.columns;
  context->row_type = document.row_type;
  row_context_ = std::move(context);
  page_ = PageNote{document.page, document.envelope, 0, line_at(std::max(at_, counted_to_))};
  rows_document_end_ = document_end;
  rows_.emplace(text_, document.rows);
}

void FileReader::end_rows(Chunk& chunk) {
  if (rows_->damaged()) {
    report_damage(chunk, rows_->unclosed_value() ? rows_->begin() : rows_->position(),
                  rows_->position() >= text_.size()
                      ? "the text ends inside an array"
                      : "the rows of an array are not separated by single commas");
  }
  if (rows_->unclosed_value())
    at_ = text_.size();
  else
    at_ = rows_document_end_ == kUnclosed ? std::max(rows_->position(), at_ + 1) : rows_document_end_;
  if (page_.envelope != Envelope::Array) chunk.pages.push_back(page_);
  rows_.reset();
  row_context_ = nullptr;
}

} // namespace writ::snapshot
