// SPDX-License-Identifier: MIT
// A parsed text as a row of words, walked in place. Strings stay where they are in the text.
#pragma once

#include "writ/arena.h"
#include "writ/semantics/value.h"

#include <cstdint>
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
  Decimal = 'D', ///< a double that was not computed yet
  True = 't',
  False = 'f',
  Null = 'n'
};

/// Read-only view of a parsed text. A value is named by the index of its first word; members of an object lie
/// one after the other as key, value, key, value. Valid until the parser's next parse, and as long as the
/// text.
///
/// The words are those of simdjson's tape but for strings. A word has its kind in the upper 8 bits and below
///   containers: number of members (24 bits, saturated), index behind the container (32 bits);
///   numbers:    nothing; the next word holds the number;
///   decimals:   position (32 bits) and size (23 bits) in the text;
///   strings:    kElsewhere and an index into `others`, or position (32 bits) and size (23 bits) in the text.
class Tape {
public:
  Tape() = default;
  Tape(const std::uint64_t* words, const char* text, const std::string_view* others)
      : words_(words), text_(text), others_(others) {}

  static constexpr std::uint32_t kRoot = 1;
  static constexpr unsigned kKindShift = 56;
  static constexpr std::uint64_t kElsewhere = 1ull << 55;
  static constexpr unsigned kSizeBits = 23;
  static constexpr std::uint64_t kSizeMask = (1ull << kSizeBits) - 1;
  static constexpr std::uint32_t kCountLimit = 0xFFFFFF; ///< counts saturate here

  [[nodiscard]] TapeKind kind(std::uint32_t at) const {
    return static_cast<TapeKind>(words_[at] >> kKindShift);
  }
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
    const std::uint64_t word = words_[at];
    if ((word & kElsewhere) != 0) return others_[static_cast<std::uint32_t>(word)];
    return {text_ + static_cast<std::uint32_t>(word >> kSizeBits),
            static_cast<std::size_t>(word & kSizeMask)};
  }
  /// Number of members or elements.
  [[nodiscard]] std::uint32_t count(std::uint32_t at) const;
  /// Scalars only: strings point into the text or the parser.
  [[nodiscard]] Value scalar(std::uint32_t at) const;
  /// Whole value; containers are built in the arena, strings stay where they are. Keys that repeat an earlier
  /// key of the same object ignoring ASCII case are kept: look-ups take the first.
  [[nodiscard]] Value materialise(std::uint32_t at, Arena& arena) const;

private:
  const std::uint64_t* words_ = nullptr;
  const char* text_ = nullptr;
  const std::string_view* others_ = nullptr;
};

} // namespace writ::snapshot
