// SPDX-License-Identifier: MIT
// Field names: what they are and which members of a resource they select. Source: "field", "Resolution".
#pragma once

#include "environment.h"
#include "truth.h"

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace writ::reference {

enum class FieldKind { Name, FullName, Root, Identity, ApiVersion, Tags, Tag, Alias, Raw, Invalid };

struct FieldName {
  FieldKind kind = FieldKind::Invalid;
  std::string text; ///< Root: the member. Tag: its name. Identity, Alias, Raw: the whole name
};
FieldName classify_field(std::string_view name, const Options& options);

/// The definition error of a literal field name, if any.
std::optional<Failure> check_field_name(std::string_view name, const Catalogue& catalogue,
                                        const Options& options);

/// What a field name selects. Pointers go into the resource, into a running count, or into `owned`.
struct Selection {
  enum class Kind { Members, Untold, Failed };
  Kind kind = Kind::Members;
  std::vector<const json*> members; ///< nullptr = missing
  bool collection = false;          ///< an array alias: all-of in conditions, an array in field()
  bool bound = false;               ///< one member of the element of a running count
  Failure failure;
  std::deque<json> owned;
};

/// `scopes` may be empty: then nothing is bound.
Selection select_field(std::string_view name, const json& resource, const std::vector<Scope>& scopes,
                       const Environment& env);

/// The path of an alias for this resource, as far as the catalogue and the options tell.
struct ResolvedAlias {
  enum class Kind { Found, Foreign, Unknown };
  Kind kind = Kind::Unknown;
  Path path;
  std::optional<ExtractPattern> pattern;
};
ResolvedAlias resolve_alias(std::string_view name, const json& resource, const Environment& env);

/// Where a running count binds the beginning of an alias.
struct BoundStart {
  const Scope* scope = nullptr;
  std::size_t stars = 0; ///< how many `[*]` of the alias are bound
  const json* element = nullptr;
};
std::optional<BoundStart> find_binding(std::string_view alias, const std::vector<Scope>& scopes);
/// Index of the step after the n-th `[*]`.
std::size_t after_star(const Path& path, std::size_t n);

/// Parent names and own name joined with `/`.
std::string full_name(const json& resource);

} // namespace writ::reference
