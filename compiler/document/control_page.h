// SPDX-License-Identifier: MIT
// One Markdown page for one control.
#pragma once

#include "document/input.h"

namespace writ::document {

/// File name of the page, without a folder.
std::string page_name(const ir::Policy& policy);
/// The whole page. Reads nothing but its arguments; the same input gives the same bytes.
std::string control_page(const Input& input, const Control& control);

} // namespace writ::document
