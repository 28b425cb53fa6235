// SPDX-License-Identifier: MIT
// What a field name means: where its value is, on which resource types.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace writ::ir {

/// One step of a path: a member, and whether it is followed by [*].
struct PathStep {
  std::string name;
  bool each = false;
  bool operator==(const PathStep&) const = default;
};
/// From the root of the resource; names compare ignoring ASCII case.
using Path = std::vector<PathStep>;

/// "properties.rules[*].properties.access" both ways. Names that hold '.', '[' or quotes (tag names) print as
/// ['name'] with doubled apostrophes.
Path parse_path(std::string_view text);
std::string to_text(const Path& path);
/// The tag that a field name means: tags.x.y, tags[x.y], tags['x.y'] (apostrophes doubled). Nothing for other
/// names, and for tags[*] and empty names. Source: docs/azure-policy-semantics.md, "Tag names".
std::optional<std::string> tag_of_name(std::string_view field_name);
/// Number of [*] in the path.
std::size_t star_count(const Path& path);

enum class FieldKind : std::uint8_t {
  Name,     ///< last segment of the resource's name
  FullName, ///< names of parents and own name, joined with '/'; computed when the resource lacks it
  Type,
  Kind,
  Location, ///< both sides of a test are normalised: blanks removed, case folded
  Id,
  ApiVersion,
  Identity, ///< identity.<path>
  Tags,     ///< the whole tag object
  Tag,      ///< one tag; the path's second step is its name, verbatim
  Alias,    ///< means something only on the types of its resolutions; elsewhere it reads missing
  Raw,      ///< a path from the root, on every type
  ParentId, ///< id of the resource that a child or extension resource belongs to; these three are local only
  SubscriptionId,
  ResourceGroupId
};

/// A path that holds only for these API versions.
struct VersionedPath {
  std::vector<std::string> api_versions;
  Path path;
};

/// Where an alias is on one resource type.
struct Resolution {
  std::string type; ///< canonical spelling
  Path path;        ///< when no versioned path fits
  std::vector<VersionedPath> versions;
  std::string pattern_phrase; ///< Extract pattern: the value is a part of the text; empty = none
  std::string pattern_variable;
  bool below_root_or_properties = false; ///< data-plane and record types: try the root, then `properties`
};

/// An interned field of a Graph. Identity is (kind, lower-cased name, resolutions).
struct Field {
  FieldKind kind = FieldKind::Raw;
  std::string
      name;  ///< canonical Azure spelling: "name", "tags['cost.center']", full alias name, raw path text
  Path path; ///< for every kind but Alias
  std::vector<Resolution> resolutions; ///< for Alias, sorted by lower-cased type
  bool secret = false;                 ///< never print the value
};

/// Number of [*] of the field: of its path, or of its first resolution (all resolutions agree).
std::size_t star_count(const Field& field);

} // namespace writ::ir
