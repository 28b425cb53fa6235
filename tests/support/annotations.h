// SPDX-License-Identifier: MIT
// Expected diagnostics written as comments beside the mistakes, and several files in one text.
#pragma once

#include "writ/diagnostic.h"

#include <string>
#include <string_view>
#include <vector>

namespace writ::testing {

/// One file of a test project. A text is cut at lines `// file: name.writ` (a root) and
/// `// library: path.writ` (found by import only); text before the first such line is the root `main.writ`.
struct ProjectFile {
  std::string path;
  std::string text;
  bool library = false;
};
std::vector<ProjectFile> split_project(std::string_view text);

/// Compares diagnostics with the comments of the texts they point into. A comment at the end of a line
///
///     //~ E0203 publicNetworkAcess | has no property | publicNetworkAccess
///
/// expects one diagnostic that begins on this line: its code, the source text it underlines, a part of its
/// message or notes, and its first suggested edit. The last three may be left out or empty. `//~^` speaks of
/// the line above, `//~^^` of the second above. Several comments may stand one after the other.
/// Returns what does not fit, one line each; empty = everything as expected.
std::vector<std::string> check_annotations(const SourceMap& sources, const Diagnostics& diagnostics);

} // namespace writ::testing
