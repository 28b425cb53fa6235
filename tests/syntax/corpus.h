// SPDX-License-Identifier: MIT
// Files of the suite, and sources parsed from them.
#pragma once

#include "syntax/ast.h"
#include "syntax/parse.h"
#include "writ/diagnostic.h"

#include <string>
#include <string_view>
#include <vector>

namespace writ::test {

/// WRIT_SOURCE_DIR/relative. Fails the running test when the file cannot be read.
std::string read_project_file(const std::string& relative);
/// Paths below a folder that end in `suffix`, relative to the project, sorted.
std::vector<std::string> project_files(const std::string& folder, std::string_view suffix);

/// One text and what the parser made of it.
struct ParsedText {
  SourceMap sources;
  SourceId id;
  Diagnostics diagnostics;
  syntax::Module module;
};
ParsedText parse_text(std::string path, std::string text, const syntax::ParseLimits& limits = {});

/// "path:line:column code message" for each diagnostic.
std::string report_text(const ParsedText& parsed);

/// Compares with a golden file; WRIT_UPDATE=1 in the environment writes it instead.
void check_golden(const std::string& relative, const std::string& actual);

/// The ```language blocks of a Markdown text, each with the line it begins on.
struct CodeBlock {
  std::size_t line = 0;
  std::string text;
};
std::vector<CodeBlock> code_blocks(std::string_view markdown, std::string_view language);

} // namespace writ::test
