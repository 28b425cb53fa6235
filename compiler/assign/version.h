// SPDX-License-Identifier: MIT
// Versions of definitions: "2.1.0-preview", and what asks for them: "2.*.*".
// Source: docs/azure-policy-semantics.md, "Versions".
#pragma once

#include <string_view>

namespace writ::assign {

/// Whether a definition of this version is what is asked for. Nothing asked for, or a definition that does
/// not say its version: it is.
bool version_fits(std::string_view version, std::string_view wanted);
/// By number, part by part.
bool is_older(std::string_view a, std::string_view b);

} // namespace writ::assign
