// SPDX-License-Identifier: MIT
// The tokens of one text, all read before parsing starts. Lexical mistakes are reported and mended here, so
// that the parser meets only mistakes of grammar.
#pragma once

#include "syntax/antlr_errors.h"

#include <cstddef>

namespace writ::syntax {

class TokenList final : public antlr4::CommonTokenStream {
public:
  using antlr4::CommonTokenStream::CommonTokenStream;

  /// Reads every token, or stops with SourceTooLarge and StopParsing. Then reports what no token begins
  /// with, strings and comments without an end, and operators of other languages; where the intent is clear
  /// the token becomes the right one, otherwise it stays and the parser skips it silently.
  void read_all(std::size_t most, std::uint32_t base, ErrorReporter& errors);

private:
  void mend(antlr4::CommonToken& token, std::uint32_t base, ErrorReporter& errors);
};

} // namespace writ::syntax
