// SPDX-License-Identifier: MIT
// Where parsing goes on after a mistake.
#pragma once

#include "syntax/antlr_tokens.h"

namespace writ::syntax {

/// ANTLR's own strategy resumes at the first token that some open rule could continue with. Any identifier
/// can begin a metadata item, so that would be the next word, and one mistake would be reported many times.
/// This one resumes only where a person would: at the next item or declaration on a line of its own, or at a
/// sign that ends the broken part.
class LineRecovery final : public antlr4::DefaultErrorStrategy {
public:
  explicit LineRecovery(const TokenList& tokens) : tokens_(tokens) {}

  /// In the body of a declaration and of the file, skips to the next item; ANTLR gives the whole body up when
  /// its first item is wrong.
  void sync(antlr4::Parser* parser) override;

protected:
  void consumeUntil(antlr4::Parser* parser, const antlr4::misc::IntervalSet& set) override;
  /// Makes up closing brackets only: an invented operator or keyword would join what follows to the mistake.
  bool singleTokenInsertion(antlr4::Parser* parser) override;
  /// Never drops the first word of a line, an opening bracket without the rest of it, or a dot without its
  /// name.
  antlr4::Token* singleTokenDeletion(antlr4::Parser* parser) override;

private:
  [[nodiscard]] bool resumes(const antlr4::Token& token, std::size_t item_depth,
                             const antlr4::Token& mistake) const;
  const TokenList& tokens_;
};

} // namespace writ::syntax
