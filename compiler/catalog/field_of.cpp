// SPDX-License-Identifier: MIT
#include "catalog/field_of.h"
#include "writ/text.h"

namespace writ {

ir::Field field_of(const Catalog& catalog, std::span<const Alias> entries) {
  ir::Field field;
  field.kind = ir::FieldKind::Alias;
  for (const Alias& alias : entries) {
    if (field.name.empty()) field.name = alias.name;
    field.secret = field.secret || alias.secret;
    const ResourceTypeInfo& type = catalog.types()[alias.type];
    ir::Resolution resolution;
    resolution.type = type.name;
    resolution.path = ir::parse_path(alias.path);
    for (const AliasVersion& version : alias.versions) {
      ir::VersionedPath path;
      for (std::string_view api : version.api_versions)
        path.api_versions.emplace_back(api);
      path.path = ir::parse_path(version.path);
      // A version that says the same as the default path adds nothing.
      if (path.path != resolution.path) resolution.versions.push_back(std::move(path));
    }
    resolution.pattern_phrase = alias.pattern_phrase;
    resolution.pattern_variable = alias.pattern_variable;
    resolution.below_root_or_properties = type.data_plane;
    field.resolutions.push_back(std::move(resolution));
  }
  return field;
}

std::optional<ir::Field> well_known_field(std::string_view name) {
  struct Row {
    std::string_view name;
    ir::FieldKind kind;
  };
  constexpr Row kRows[] = {
      {"name", ir::FieldKind::Name},
      {"type", ir::FieldKind::Type},
      {"kind", ir::FieldKind::Kind},
      {"location", ir::FieldKind::Location},
      {"id", ir::FieldKind::Id},
      {"fullName", ir::FieldKind::FullName},
      {"apiVersion", ir::FieldKind::ApiVersion},
      {"tags", ir::FieldKind::Tags},
      {"identity", ir::FieldKind::Identity},
  };
  for (const Row& row : kRows)
    if (equal_ascii_fold(row.name, name)) {
      ir::Field field;
      field.kind = row.kind;
      field.name = row.name;
      field.path = ir::parse_path(row.name);
      return field;
    }
  if (name.size() > 9 && equal_ascii_fold(name.substr(0, 9), "identity.")) {
    ir::Field field;
    field.kind = ir::FieldKind::Identity;
    field.name = "identity." + std::string(name.substr(9));
    field.path = ir::parse_path(field.name);
    return field;
  }
  return std::nullopt;
}

ir::Field tag_field(std::string_view tag) {
  ir::Field field;
  field.kind = ir::FieldKind::Tag;
  field.path = {{"tags", false}, {std::string(tag), false}};
  field.name = "tags['";
  for (char c : tag) {
    field.name += c;
    if (c == '\'') field.name += '\'';
  }
  field.name += "']";
  return field;
}

} // namespace writ
