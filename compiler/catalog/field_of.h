// SPDX-License-Identifier: MIT
// Catalogue entries as IR fields.
#pragma once

#include "ir/field.h"
#include "writ/catalog.h"

#include <optional>
#include <span>

namespace writ {

/// The field that means this alias on every type that has it. `entries` as Catalog::find_alias gives them.
ir::Field field_of(const Catalog& catalog, std::span<const Alias> entries);

/// Fields that every resource has, by their name in a policy rule (name, type, location, id, kind, fullName,
/// apiVersion, tags, identity, identity.type …; not single tags). Nothing for other names.
std::optional<ir::Field> well_known_field(std::string_view name);
/// The field of one tag.
ir::Field tag_field(std::string_view tag);

} // namespace writ
