// SPDX-License-Identifier: MIT
// Finds the values of a JSON text without parsing them: brackets and strings only. What it finds is parsed
// later, so that damage stays in the element that holds it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace writ::snapshot {

inline constexpr std::size_t kUnclosed = static_cast<std::size_t>(-1);

/// Position of the next byte that is no JSON blank.
std::size_t skip_blanks(std::string_view text, std::size_t at);

/// Position just behind the value that starts at `at`; kUnclosed when the text ends inside it. A line end
/// closes an unclosed string: JSON strings cannot hold one, and scanning can go on behind the damage.
std::size_t skip_value(std::string_view text, std::size_t at);

/// Elements of an array or members of an object, one after the other.
class ContainerScan {
public:
  /// `at` is the position of the opening bracket.
  ContainerScan(std::string_view text, std::size_t at) : text_(text), at_(at + 1), object_(text[at] == '{') {}

  /// Moves to the next entry; false at the end of the container (or of the text).
  bool next();
  /// Range of the entry's value in the text.
  [[nodiscard]] std::size_t begin() const { return begin_; }
  [[nodiscard]] std::size_t end() const { return end_; }
  [[nodiscard]] std::string_view value() const { return text_.substr(begin_, end_ - begin_); }
  /// Objects: text between the quotes of the key, escapes left as they are.
  [[nodiscard]] std::string_view key() const { return key_; }
  /// After next() was false: the last value begins at begin() and the text ends inside it.
  [[nodiscard]] bool unclosed_value() const { return unclosed_value_; }
  /// The container is not closed, or something stands where a comma or the closing bracket should be.
  [[nodiscard]] bool damaged() const { return damaged_; }
  /// Goes on in another text that holds the same bytes but for the first `dropped` of them.
  void move_to(std::string_view text, std::size_t dropped) {
    text_ = text;
    at_ -= dropped;
  }
  /// Where the damage was noticed, or the position behind the closing bracket.
  [[nodiscard]] std::size_t position() const { return at_; }

private:
  bool stop(std::size_t at, bool damaged);
  std::string_view text_;
  std::size_t at_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::string_view key_;
  bool object_;
  bool first_ = true;
  bool damaged_ = false;
  bool unclosed_value_ = false;
};

/// Number of line feeds in the text.
std::uint64_t count_lines(std::string_view text);
/// How far into its line the text ends, counted in bytes; `lead` bytes of its first line precede it.
std::uint64_t bytes_since_line_start(std::string_view text, std::uint64_t lead = 0);

} // namespace writ::snapshot
