// SPDX-License-Identifier: MIT
// Runs the parser under its limits. Every exception of the ANTLR runtime ends here.
#include "syntax/antlr_build.h"
#include "syntax/antlr_recovery.h"
#include "syntax/antlr_stream.h"
#include "syntax/antlr_tokens.h"
#include "writ/text.h"

#include "WritLexer.h"

#include <functional>
#include <memory>

namespace writ::syntax {

namespace {

using antlr4::atn::PredictionMode;

/// Everything one parse needs, in the order of construction that ANTLR wants.
struct ParseRun {
  ParseRun(std::string_view text, std::uint32_t base, const ParseLimits& limits, std::string end_name,
           Diagnostics& diagnostics)
      : stream(text), lexer(&stream), tokens(&lexer), parser(&tokens),
        errors(base, limits.reports, std::move(end_name), diagnostics),
        // A rule of the grammar is at most five contexts deep per level of the source.
        guard(base, limits.depth * 5, errors) {
    lexer.removeErrorListeners();
    parser.removeErrorListeners();
    parser.addErrorListener(&errors);
    parser.addParseListener(&guard);
    parser.setErrorHandler(std::make_shared<LineRecovery>(tokens));
  }
  ByteStream stream;
  grammar::WritLexer lexer;
  TokenList tokens;
  WritParser parser;
  ErrorReporter errors;
  DepthGuard guard;
};

/// False when the run was stopped.
bool guarded(const std::function<void()>& work, Span where, Diagnostics& diagnostics) {
  try {
    work();
    return true;
  } catch (const StopParsing&) {
    return false; // reported already
  } catch (const std::exception& e) {
    diagnostics.add(
        Diagnostic(Code::SyntaxError, where, std::string("the text cannot be parsed: ") + e.what()));
  } catch (...) { // the runtime has been seen to throw things that are no exceptions
    diagnostics.add(Diagnostic(Code::SyntaxError, where, "the text cannot be parsed"));
  }
  return false;
}

std::size_t first_invalid_byte(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t before = i;
    if (next_code_point(text, i) == 0xFFFD && i == before + 1) return before;
  }
  return text.size();
}

/// Inside a message a string is written \"…\". Its quotes become plain ones of the same length, with the
/// blank outside of the string, so that every offset stays.
std::string unquoted_quotes(std::string_view text) {
  std::string out(text);
  bool open = false;
  for (std::size_t i = 0; i + 1 < out.size(); ++i) {
    if (out[i] != '\\' || out[i + 1] != '"') continue;
    out[i] = open ? '"' : ' ';
    out[i + 1] = open ? ' ' : '"';
    open = !open;
    ++i;
  }
  return out;
}

} // namespace

Module parse_source(const SourceMap& sources, SourceId id, Diagnostics& diagnostics,
                    const ParseLimits& limits) {
  Module module;
  module.source = id;
  std::string_view text = sources.text(id);
  const std::uint32_t base = sources.base(id);
  if (text.size() > limits.bytes) {
    diagnostics.add(Diagnostic(Code::SourceTooLarge, {base, base + 1},
                               "the file has " + std::to_string(text.size()) +
                                   " bytes, more than the limit of " + std::to_string(limits.bytes)));
    module.complete = false;
    return module;
  }
  if (!valid_utf8(text)) {
    const auto at = base + static_cast<std::uint32_t>(first_invalid_byte(text));
    diagnostics.add(Diagnostic(Code::InvalidUtf8, {at, at + 1}, "this byte is not valid UTF-8"));
    module.complete = false;
    return module;
  }
  std::size_t offset = 0;
  if (text.starts_with("\xEF\xBB\xBF")) offset = 3;
  text.remove_prefix(offset);
  const std::uint32_t start = base + static_cast<std::uint32_t>(offset);
  const auto parse = [&](PredictionMode mode, Diagnostics& found) {
    Module parsed;
    parsed.source = id;
    const std::size_t errors_before = found.errors();
    ParseRun run(text, start, limits, "the end of the file", found);
    run.parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(mode);
    const bool finished = guarded(
        [&] {
          run.tokens.read_all(limits.tokens, start, run.errors);
          WritParser::FileContext* tree = run.parser.file();
          TreeBuilder builder(sources, id, offset, run.tokens, run.errors, limits);
          builder.file(tree, parsed);
        },
        {base, base + 1}, found);
    parsed.complete = finished && found.errors() == errors_before;
    return parsed;
  };
  // The quick mode decides by less than the whole context. What it accepts is what the full one accepts; what
  // it refuses is for the full one to judge.
  Diagnostics quick;
  module = parse(PredictionMode::SLL, quick);
  if (module.complete && quick.all().empty()) return module;
  return parse(PredictionMode::LL, diagnostics);
}

bool parse_expression(const SourceMap& sources, SourceId id, std::size_t begin, std::size_t end, Expr& out,
                      Diagnostics& diagnostics, const ParseLimits& limits) {
  const std::string text = unquoted_quotes(sources.text(id).substr(begin, end - begin));
  const std::uint32_t base = sources.base(id) + static_cast<std::uint32_t>(begin);
  const std::size_t errors_before = diagnostics.errors();
  ParseRun run(text, base, limits, "the closing brace", diagnostics);
  const bool finished = guarded(
      [&] {
        run.tokens.read_all(limits.tokens, base, run.errors);
        WritParser::ExpressionContext* tree = run.parser.expression();
        TreeBuilder builder(sources, id, begin, run.tokens, run.errors, limits);
        if (!run.errors.reported()) out = builder.expression(tree->expr());
      },
      {base, base + 1}, diagnostics);
  return finished && diagnostics.errors() == errors_before;
}

} // namespace writ::syntax
