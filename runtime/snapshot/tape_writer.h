// SPDX-License-Identifier: MIT
// From the positions of a text's structural characters to its tape.
#pragma once

#include "snapshot/tape.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace writ::snapshot {

/// Says which resources nobody will look at.
class TypeFilter {
public:
  virtual ~TypeFilter() = default;
  /// `type` as spelled in the text; not empty.
  virtual bool is_idle(std::string_view type) = 0;
};

/// The second stage of parsing. It checks all that the first stage leaves open: the grammar, numbers, words
/// and escapes. What it accepts is valid JSON; a few rare forms (numbers of many digits, escapes for
/// characters beyond the basic plane, more than 1000 levels, a text that is no object or array) it leaves to
/// simdjson by refusing them.
/// One per thread; after warm-up it allocates nothing.
class TapeWriter {
public:
  TapeWriter();
  /// Writes the tape of the object or array at `begin`, with nothing but blanks between it and `end`.
  /// `positions` are those of the structural characters of `text` in rising order, the first one being
  /// `begin`; at least one at or behind `end` follows. They come from a first stage that found every string
  /// closed, no control character inside one, and only valid UTF-8. `next_escape`: no backslash of the text
  /// lies between the end of what was taken before and there; moved on. `filter` may be null. Null when it
  /// refuses; else the first position it did not use.
  const std::uint32_t* write(std::string_view text, const std::uint32_t* positions, std::uint32_t end,
                             std::size_t& next_escape, TypeFilter* filter);
  /// What write() wrote; valid until its next call, and as long as the text.
  [[nodiscard]] Tape tape() const { return {words_.get(), text_.data(), others_.data()}; }
  /// Whether the filter had no use for the resource: then there is no tape, but the text was checked all the
  /// same.
  [[nodiscard]] bool skimmed() const { return skimmed_; }
  [[nodiscard]] bool skimmed_properties_are_null() const { return properties_ == Properties::Null; }

private:
  enum class Properties : std::uint8_t { Absent, Null, Present };
  /// Bytes from the quote of the key `properties` to its value, at least.
  static constexpr std::uint32_t kLeastToProperties = 12;

  template <bool kWrites> const std::uint32_t* run(const std::uint32_t* next, std::uint32_t end);
  /// `behind`: of the next structural character. `escape` is the first backslash that was not met yet.
  template <bool kWrites>
  bool add_string(std::uint64_t*& out, std::uint32_t quote, std::uint32_t behind, std::size_t& escape);
  template <bool kWrites> bool add_scalar(std::uint64_t*& out, std::uint32_t begin) const;
  [[nodiscard]] bool check_escapes(std::size_t at, std::size_t end) const;
  [[nodiscard]] std::size_t find_escape(std::size_t from) const;
  /// Whether the key that begins at `quote` and has no escapes is this one, any case.
  [[nodiscard]] bool is_key(std::uint32_t quote, std::string_view name) const;
  /// Asks the filter about the type that was written there.
  bool is_idle(const std::uint64_t* type);
  /// The first member of that name counts.
  void note_properties(std::uint32_t quote, std::uint32_t value);
  /// Text with escapes resolved, or a text whose size does not fit a word.
  bool add_elsewhere(std::uint64_t*& out, std::string_view raw);
  bool resolve_escapes(std::string_view raw);
  void place_others();
  void reserve(std::size_t words);

  /// A container that is being written.
  struct OpenContainer {
    std::uint32_t at = 0;    ///< its first word
    std::uint32_t count = 0; ///< members of the container around it
    bool object = false;     ///< the container around it is an object
  };

  std::string_view text_;
  std::size_t next_escape_ = 0;  ///< first backslash of the text that was not met yet
  TypeFilter* filter_ = nullptr; ///< null once it was asked
  bool skimmed_ = false;
  Properties properties_ = Properties::Absent;
  std::vector<OpenContainer> open_; ///< as many as there may be levels
  std::unique_ptr<std::uint64_t[]> words_;
  std::size_t capacity_ = 0;
  std::vector<char> resolved_; ///< texts with escapes, resolved, one behind the other
  struct Range {
    std::size_t begin = 0;
    std::size_t size = 0;
    bool resolved = false; ///< of resolved_; else of the text
  };
  std::vector<Range> ranges_;
  std::vector<std::string_view> others_;
};

} // namespace writ::snapshot
