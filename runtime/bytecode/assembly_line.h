// SPDX-License-Identifier: MIT
// One line of assembly cut into words. Quotes and JSON keep their blanks; ';' starts a comment.
#pragma once

#include <string_view>
#include <vector>

namespace writ::bc {

struct AssemblyLine {
  std::string_view label;              ///< "name:" at the start, without the colon
  std::vector<std::string_view> words; ///< the last one may be "=JSON" with blanks inside
};

/// False when a quote is not closed.
bool cut_line(std::string_view line, AssemblyLine& out);

} // namespace writ::bc
