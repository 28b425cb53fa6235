// SPDX-License-Identifier: MIT
// The table of contents of the control pages: by service, by severity, by framework.
#pragma once

#include "document/input.h"

namespace writ::document {

/// README.md of the folder: counts, by severity and by service, links to the framework tables.
std::string index_page(const Input& input);
/// frameworks.md: for every framework each of its controls with the ones that implement it; those that none
/// implements are listed, so that a gap can be seen.
std::string frameworks_page(const Input& input);

} // namespace writ::document
