// SPDX-License-Identifier: MIT
// Small projects from text, checked against the built-in catalogue.
#pragma once

#include "check/check.h"

#include <string>
#include <string_view>
#include <vector>

namespace writ::testing {

struct CheckedText {
  SourceMap sources;
  Diagnostics diagnostics; ///< sorted
  Catalog catalog;
  modules::ModuleGraph graph;
  check::CheckedProject project;
};

/// The files of the built-in catalogue whose provider namespace (Microsoft.Search, …) the text names.
Catalog catalog_for(std::string_view text);

/// Parses, resolves and checks the files of a text (see split_project in support/annotations.h).
CheckedText check_text(std::string_view text);

/// Whole text of a file of the source tree.
std::string read_source_file(const std::string& path);
/// Files of a folder of the source tree that end in `suffix`, sorted, paths relative to the tree.
std::vector<std::string> list_source_files(const std::string& folder, std::string_view suffix);

} // namespace writ::testing
