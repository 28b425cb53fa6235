// SPDX-License-Identifier: MIT
// The wall around simdjson: parse text, then walk the parser's tape in place. Nothing is copied out of it.
#pragma once

#include "writ/arena.h"
#include "writ/semantics/value.h"

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace writ::snapshot {

/// Bytes behind a text that must be readable (their content does not matter).
inline constexpr std::size_t kPadding = 64;

/// First byte of a JSON value as the tape names it.
enum class TapeKind : std::uint8_t {
  Array = '[',
  Object = '{',
  String = '"',
  Int = 'l',
  Unsigned = 'u',
  Double = 'd',
  True = 't',
  False = 'f',
  Null = 'n'
};

/// Read-only view of a parsed text. A value is named by the index of its first word; members of an object lie
/// one after the other as key, value, key, value. Valid until the parser's next parse.
class Tape {
public:
  Tape() = default;
  Tape(const std::uint64_t* words, const char* texts) : words_(words), texts_(texts) {}

  static constexpr std::uint32_t kRoot = 1;

  [[nodiscard]] TapeKind kind(std::uint32_t at) const { return static_cast<TapeKind>(words_[at] >> 56); }
  [[nodiscard]] bool is_container(std::uint32_t at) const {
    return kind(at) == TapeKind::Object || kind(at) == TapeKind::Array;
  }
  /// Index of the value (or key) behind this one.
  [[nodiscard]] std::uint32_t after(std::uint32_t at) const {
    switch (kind(at)) {
    case TapeKind::Array:
    case TapeKind::Object:
      return static_cast<std::uint32_t>(words_[at]);
    case TapeKind::Int:
    case TapeKind::Unsigned:
    case TapeKind::Double:
      return at + 2;
    default:
      return at + 1;
    }
  }
  /// Containers: index of the first member or element, and of the end (where after() of the last one points).
  [[nodiscard]] static std::uint32_t begin(std::uint32_t at) { return at + 1; }
  [[nodiscard]] std::uint32_t end(std::uint32_t at) const {
    return static_cast<std::uint32_t>(words_[at]) - 1;
  }
  /// Text of a string or a key.
  [[nodiscard]] std::string_view text(std::uint32_t at) const {
    const char* stored = texts_ + (words_[at] & 0x00FFFFFFFFFFFFFFull);
    std::uint32_t size = 0;
    std::memcpy(&size, stored, sizeof size);
    return {stored + sizeof size, size};
  }
  /// Number of members or elements.
  [[nodiscard]] std::uint32_t count(std::uint32_t at) const;
  /// Scalars only: strings point into the parser.
  [[nodiscard]] Value scalar(std::uint32_t at) const;
  /// Whole value; containers are built in the arena, strings stay in the parser. Keys that repeat an earlier
  /// key of the same object ignoring ASCII case are kept: look-ups take the first.
  [[nodiscard]] Value materialise(std::uint32_t at, Arena& arena) const;

private:
  const std::uint64_t* words_ = nullptr;
  const char* texts_ = nullptr;
};

/// A parser with its buffers. Reuse it: after warm-up a parse allocates nothing.
class TapeParser {
public:
  TapeParser();
  ~TapeParser();
  TapeParser(TapeParser&&) noexcept;
  TapeParser& operator=(TapeParser&&) noexcept;

  /// `text` is one JSON value, blanks around it allowed, kPadding readable bytes behind it. Null when it was
  /// parsed; else a reason for people (static text).
  const char* parse(std::string_view text);
  [[nodiscard]] const Tape& tape() const { return tape_; }

private:
  struct State;
  const char* parse_wide_numbers(std::string_view text);
  std::unique_ptr<State> state_;
  Tape tape_;
};

} // namespace writ::snapshot
