// SPDX-License-Identifier: MIT
// Searching text without regard to case, by full folding. Private to this layer.
// Source: docs/azure-policy-semantics.md, "Case".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace writ::detail {

/// True when the folded needle occurs in the folded text. Does not allocate when both are ASCII.
bool contains_fold(std::string_view text, std::string_view needle);
bool starts_with_fold(std::string_view text, std::string_view prefix);
bool ends_with_fold(std::string_view text, std::string_view suffix);

/// A match in the original text, as bytes [begin, end).
struct FoldMatch {
  std::size_t begin = 0;
  std::size_t end = 0;
};
inline constexpr std::size_t kNoMatch = static_cast<std::size_t>(-1);

/// A text folded once, with the way back from folded code points to the bytes they come from. For searches
/// that need positions.
class FoldedText {
public:
  explicit FoldedText(std::string_view text);
  /// Bytes of the first match that begins at or after byte `from`; begin == kNoMatch when there is none.
  /// `whole`: the match must begin and end between code points of the original text (what replacing needs);
  /// otherwise it is widened to them.
  [[nodiscard]] FoldMatch find(const FoldedText& needle, std::size_t from, bool whole) const;
  [[nodiscard]] FoldMatch find_last(const FoldedText& needle) const;
  [[nodiscard]] bool empty() const { return folded_.empty(); }

private:
  [[nodiscard]] bool boundary(std::size_t index) const {
    return index == 0 || index >= folded_.size() || begins_[index] != begins_[index - 1];
  }
  [[nodiscard]] FoldMatch widen(std::size_t index, std::size_t count) const;
  std::u32string folded_;
  std::vector<std::size_t> begins_; ///< byte where the source code point begins
  std::vector<std::size_t> ends_;   ///< and ends
};

} // namespace writ::detail
