// SPDX-License-Identifier: MIT
// The bracketed text that dumps of the IR are written in. Private to ir/.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace writ::ir {

/// A word, a quoted text, raw JSON (what stands in a `lit`), or a list.
struct Sexpr {
  enum class Kind : std::uint8_t { Word, Text, Json, List };
  Kind kind = Kind::Word;
  std::string text; ///< of a Text: without quotes and escapes
  std::vector<Sexpr> items;
  std::size_t line = 0; ///< from 1

  [[nodiscard]] bool is_word(std::string_view word) const { return kind == Kind::Word && text == word; }
  /// First word of a list, or empty.
  [[nodiscard]] std::string_view head() const {
    return kind == Kind::List && !items.empty() && items[0].kind == Kind::Word
               ? std::string_view(items[0].text)
               : std::string_view();
  }
};

/// Reads every expression of the text. False: `error` says where and why.
bool read_sexprs(std::string_view text, std::vector<Sexpr>& out, std::string& error);

/// The shortest layout that keeps lines within the width: flat when it fits, else one item a line. Words at
/// the front of a list stay on its first line.
std::string to_text(const Sexpr& expression, std::size_t indent = 0);

// Builders for writing.
Sexpr word(std::string_view text);
Sexpr quoted(std::string_view text);
Sexpr list(std::string_view head);

} // namespace writ::ir
