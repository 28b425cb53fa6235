// SPDX-License-Identifier: MIT
// Text for Markdown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace writ::document {

/// A table cell: bars escaped, line ends as spaces.
std::string cell(std::string_view text);
/// `text` between backticks, as many as it takes; bars escaped for tables.
std::string code(std::string_view text);
/// One row of a table.
std::string row(const std::vector<std::string>& cells);
/// A link target made of an id: lower case, everything but letters, digits and '-' replaced by '-'.
std::string slug(std::string_view id);

} // namespace writ::document
