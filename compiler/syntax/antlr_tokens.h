// SPDX-License-Identifier: MIT
// The tokens of one text, all read before parsing starts. Lexical mistakes are reported and mended here, so
// that the parser meets only mistakes of grammar.
#pragma once

#include "syntax/antlr_errors.h"

#include <cstddef>

namespace writ::syntax {

/// Where a token stands, for error recovery.
struct TokenPlace {
  bool first_on_line = false;
  /// Open brackets around it; a closing bracket counts as outside. A word that begins a declaration in the
  /// first column closes everything: an unclosed bracket must not take the rest of the file with it.
  std::uint32_t depth = 0;
};

class TokenList final : public antlr4::CommonTokenStream {
public:
  using antlr4::CommonTokenStream::CommonTokenStream;

  /// Reads every token, or stops with SourceTooLarge and StopParsing. Then
  /// * reports what no token begins with, strings and comments without an end, and operators of other
  ///   languages; where the intent is clear the token becomes the right one, otherwise it stays and the
  ///   parser skips it silently;
  /// * makes an identifier of each item keyword (`on`, `where`, `test`, …) that stands for a name: before a
  ///   colon, or where no item can begin. At the beginning of a line it is always the keyword;
  /// * makes words of `include`, `group`, … where an initiative block expects them.
  void read_all(std::size_t most, std::uint32_t base, ErrorReporter& errors);

  [[nodiscard]] TokenPlace place(std::size_t token_index) const { return places_[token_index]; }

private:
  void mend(antlr4::CommonToken& token, std::uint32_t base, ErrorReporter& errors);
  void mend_word(antlr4::CommonToken& token, std::uint32_t base, ErrorReporter& errors);
  void find_places();
  void free_keywords();
  /// Words such as `include` are words of the language inside of an initiative only.
  void find_initiative_words();
  [[nodiscard]] bool is_next(std::size_t index, size_t type) const;

  std::vector<TokenPlace> places_;
};

} // namespace writ::syntax
