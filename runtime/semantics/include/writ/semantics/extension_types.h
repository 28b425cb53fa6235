// SPDX-License-Identifier: MIT
// Resource types whose instances are attached to other resources.
// Source: docs/azure-policy-semantics.md, "Related resources".
#pragma once

#include <string_view>

namespace writ {

/// Types whose instances are attached to other resources, known without looking at an inventory.
bool is_known_extension(std::string_view type);

} // namespace writ
