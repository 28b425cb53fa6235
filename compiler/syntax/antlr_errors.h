// SPDX-License-Identifier: MIT
// ANTLR's complaints as diagnostics a person can read.
#pragma once

#include "writ/diagnostic.h"
#include "writ/source.h"

#include <antlr4-runtime.h>

namespace writ::syntax {

/// Thrown (and caught at the wall) to stop the parser: too many mistakes, nesting too deep.
struct StopParsing {};

/// Offsets in the parsed text plus `base` are spans.
class ErrorReporter final : public antlr4::BaseErrorListener {
public:
  /// `end_name`: what the text ends with, "the end of the file".
  ErrorReporter(std::uint32_t base, std::size_t most, std::string end_name, Diagnostics& diagnostics)
      : base_(base), most_(most), end_name_(std::move(end_name)), diagnostics_(diagnostics) {}

  void syntaxError(antlr4::Recognizer* recognizer, antlr4::Token* token, size_t line, size_t column,
                   const std::string& message, std::exception_ptr exception) override;
  void add(Diagnostic diagnostic);
  [[nodiscard]] bool reported() const { return count_ > 0; }

private:
  std::uint32_t base_;
  std::size_t most_;
  std::size_t count_ = 0;
  std::string end_name_;
  Diagnostics& diagnostics_;
};

/// Stops input whose nesting would end the stack. Counts rule nesting of the running parse.
class DepthGuard final : public antlr4::tree::ParseTreeListener {
public:
  DepthGuard(std::uint32_t base, std::size_t deepest, ErrorReporter& errors)
      : base_(base), deepest_(deepest), errors_(errors) {}
  void enterEveryRule(antlr4::ParserRuleContext* context) override;
  void exitEveryRule(antlr4::ParserRuleContext*) override {
    if (depth_ > 0) --depth_;
  }
  void visitTerminal(antlr4::tree::TerminalNode*) override {}
  void visitErrorNode(antlr4::tree::ErrorNode*) override {}

private:
  std::uint32_t base_;
  std::size_t deepest_;
  std::size_t depth_ = 0;
  ErrorReporter& errors_;
};

} // namespace writ::syntax
