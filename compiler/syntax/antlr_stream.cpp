// SPDX-License-Identifier: MIT
#include "syntax/antlr_stream.h"

namespace writ::syntax {

void ByteStream::consume() {
  if (position_ < text_.size()) ++position_;
}

size_t ByteStream::LA(ssize_t offset) {
  if (offset == 0) return 0;
  // LA(1) is the next byte, LA(-1) the one before.
  const ssize_t at = static_cast<ssize_t>(position_) + (offset > 0 ? offset - 1 : offset);
  if (at < 0 || at >= static_cast<ssize_t>(text_.size())) return antlr4::IntStream::EOF;
  return static_cast<unsigned char>(text_[static_cast<size_t>(at)]);
}

std::string ByteStream::getText(const antlr4::misc::Interval& interval) {
  if (interval.a < 0 || interval.a >= static_cast<ssize_t>(text_.size()) || interval.b < interval.a)
    return {};
  const auto begin = static_cast<size_t>(interval.a);
  return std::string(text_.substr(begin, static_cast<size_t>(interval.b) - begin + 1));
}

} // namespace writ::syntax
