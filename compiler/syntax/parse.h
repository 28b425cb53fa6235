// SPDX-License-Identifier: MIT
// Source text to syntax tree.
#pragma once

#include "syntax/ast.h"
#include "writ/diagnostic.h"

#include <cstddef>

namespace writ::syntax {

/// Each limit stops an input that would otherwise cost more than it is worth.
struct ParseLimits {
  std::size_t bytes = 4 * 1024 * 1024; ///< a generated megafile would hold the parser for seconds
  std::size_t tokens =
      1'000'000; ///< a token costs some hundred bytes: a file of brackets would cost gigabytes
  std::size_t depth =
      256; ///< the parser and the tree builder recurse: nesting must end before the stack does
  std::size_t operators = 10'000; ///< `a or b or c …` builds a tree as deep as it is long
  std::size_t reports = 50;       ///< errors per file; each recovery step costs a scan
};

/// Parses one text of the map. Mistakes are reported and skipped: the module holds every declaration that
/// could be understood. Never throws, never reports an error without a position.
Module parse_source(const SourceMap& sources, SourceId id, Diagnostics& diagnostics,
                    const ParseLimits& limits = {});

/// Parses one expression that stands inside another text (a message's {…}); `begin` and `end` are byte
/// offsets in it.
bool parse_expression(const SourceMap& sources, SourceId id, std::size_t begin, std::size_t end, Expr& out,
                      Diagnostics& diagnostics, const ParseLimits& limits = {});

} // namespace writ::syntax
