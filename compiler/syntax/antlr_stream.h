// SPDX-License-Identifier: MIT
// ANTLR's own stream counts code points and throws on bad UTF-8. This one counts bytes, so that token
// positions are spans; bytes above 0x7F reach the grammar as they are and can only stand in strings and
// comments.
#pragma once

#include <antlr4-runtime.h>

#include <string_view>

namespace writ::syntax {

class ByteStream final : public antlr4::CharStream {
public:
  /// `text` must outlive the stream.
  explicit ByteStream(std::string_view text) : text_(text) {}

  void consume() override;
  size_t LA(ssize_t offset) override;
  ssize_t mark() override { return -1; }
  void release(ssize_t) override {}
  size_t index() override { return position_; }
  void seek(size_t index) override { position_ = index < text_.size() ? index : text_.size(); }
  size_t size() override { return text_.size(); }
  std::string getSourceName() const override { return "source"; }
  std::string getText(const antlr4::misc::Interval& interval) override;
  std::string toString() const override { return std::string(text_); }

private:
  std::string_view text_;
  size_t position_ = 0;
};

} // namespace writ::syntax
