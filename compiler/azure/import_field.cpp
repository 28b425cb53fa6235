// SPDX-License-Identifier: MIT
// Names of fields: what they mean, and which element of a running count they continue from.
// Source: docs/azure-policy-semantics.md, "Names", "Tag names", "Scope inside where".
#include "azure/rule_reader.h"
#include "catalog/field_of.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace writ::azure {

namespace {

/// Members of a resource beside `properties`.
constexpr std::array<std::string_view, 15> kEnvelopeMembers{
    "sku",  "kind",      "identity",         "plan", "zones",      "tags",      "location", "name", "id",
    "type", "managedBy", "extendedLocation", "etag", "systemData", "apiVersion"};

constexpr std::string_view kStar = "[*]";

/// End of the n-th [*] of a name; npos when it has fewer.
std::size_t end_of_star(std::string_view name, std::size_t n) {
  std::size_t end = 0;
  for (std::size_t seen = 0; seen < n; ++seen) {
    end = name.find(kStar, end);
    if (end == std::string_view::npos) return end;
    end += kStar.size();
  }
  return end;
}

/// Most [*] that the field has on any type.
std::size_t most_stars_of(const ir::Field& field) {
  std::size_t stars = ir::star_count(field.path);
  for (const ir::Resolution& resolution : field.resolutions) {
    stars = std::max(stars, ir::star_count(resolution.path));
    for (const ir::VersionedPath& version : resolution.versions)
      stars = std::max(stars, ir::star_count(version.path));
  }
  return stars;
}

} // namespace

std::optional<ir::Field> RuleReader::record_member(std::string_view name) const {
  // A '/' behind a bracket belongs to a quoted name.
  const std::string_view head = name.substr(0, name.find('['));
  const std::size_t slash = head.rfind('/');
  if (slash == std::string_view::npos || slash == 0 || slash + 1 >= name.size()) return std::nullopt;
  ir::Field out;
  out.kind = ir::FieldKind::Alias;
  out.name = name;
  ir::Resolution resolution;
  resolution.type = name.substr(0, slash);
  if (const ResourceTypeInfo* known = catalog_.find_type(resolution.type)) resolution.type = known->name;
  resolution.path = ir::parse_path(name.substr(slash + 1));
  resolution.below_root_or_properties = true;
  if (resolution.path.empty()) return std::nullopt;
  out.resolutions.push_back(std::move(resolution));
  return out;
}

std::optional<ir::Field> RuleReader::alias_as_path(std::string_view name) const {
  std::optional<ir::Field> out = record_member(name);
  if (!out) return out;
  ir::Resolution& resolution = out->resolutions.front();
  resolution.below_root_or_properties = false;
  const bool envelope =
      std::any_of(kEnvelopeMembers.begin(), kEnvelopeMembers.end(),
                  [&](std::string_view m) { return equal_ascii_fold(m, resolution.path.front().name); });
  if (!envelope) resolution.path.insert(resolution.path.begin(), ir::PathStep{"properties", false});
  return out;
}

std::optional<ir::Field> RuleReader::find_field(std::string_view name) const {
  if (name.empty()) return std::nullopt;
  if (!equal_ascii_fold(name, "identity"))
    if (auto known = well_known_field(name)) return known;
  if (name.size() > 4 && equal_ascii_fold(name.substr(0, 4), "tags") && (name[4] == '.' || name[4] == '[')) {
    if (name.find(kStar) != std::string_view::npos) return std::nullopt; // tags are no array
    const auto tag = ir::tag_of_name(name);
    if (!tag || tag->empty()) return std::nullopt;
    return tag_field(*tag);
  }
  if (name.find('/') != std::string_view::npos) {
    if (const std::vector<Alias> entries = catalog_.find_alias(name); !entries.empty())
      return field_of(catalog_, entries);
    if (options_.unknown_alias == UnknownAlias::Path) return alias_as_path(name);
    if (data_plane_)
      if (auto member = record_member(name); member && !catalog_.find_type(member->resolutions.front().type))
        return member;
  }
  if (options_.raw_paths ||
      (options_.unknown_alias == UnknownAlias::Path && name.find('/') == std::string_view::npos)) {
    ir::Field raw;
    raw.name = name;
    raw.path = ir::parse_path(name);
    if (!raw.path.empty()) return raw;
  }
  return std::nullopt;
}

std::optional<ir::FieldId> RuleReader::field(std::string_view name, Span span) {
  if (auto found = find_field(name)) return graph_.add_field(std::move(*found));
  const bool alias = name.find('/') != std::string_view::npos;
  if (alias && options_.unknown_alias == UnknownAlias::Skip) {
    if (!skipped_) skipped_ = SkippedAlias{std::string(name), span};
    // Any field will do: the definition is left out, but its other mistakes are still wanted.
    return graph_.add_field(*well_known_field("id"));
  }
  if (name.empty()) {
    fail(Code::UnknownPolicyField, span, "the name of a field must not be empty");
    return std::nullopt;
  }
  Diagnostic diagnostic(Code::UnknownPolicyField, span,
                        alias ? fmt::format("no alias `{}` is known", name)
                              : fmt::format("`{}` is no field of a policy rule", name));
  if (alias)
    for (const std::string& near : catalog_.nearest_aliases(name))
      diagnostic.notes.push_back(fmt::format("did you mean `{}`?", near));
  else
    diagnostic.notes.emplace_back("a field is name, fullName, type, kind, location, id, identity.type, tags, "
                                  "tags['name'] or an alias");
  fail(std::move(diagnostic));
  return std::nullopt;
}

RuleReader::Binding RuleReader::bind(std::string_view name, ir::FieldId field) const {
  const std::size_t stars = most_stars_of(graph_.field_info(field));
  if (scopes_.empty() || stars == 0) return {};
  const std::string folded = lower_ascii(name);
  const auto bound = [&](std::size_t index, std::size_t level) {
    return Binding{static_cast<std::uint16_t>(index), static_cast<std::uint16_t>(std::min(level, stars))};
  };
  // The innermost count whose whole alias the name continues; else one that shares the outer arrays.
  for (std::size_t i = 0; i < scopes_.size(); ++i) {
    const Scope& scope = scopes_[scopes_.size() - 1 - i];
    if (scope.by_field && folded.starts_with(scope.name)) return bound(i, scope.stars);
  }
  for (std::size_t i = 0; i < scopes_.size(); ++i) {
    const Scope& scope = scopes_[scopes_.size() - 1 - i];
    if (!scope.by_field) continue;
    for (std::size_t level = scope.stars; level-- > 1;) {
      const std::size_t end = end_of_star(scope.name, level);
      if (end != std::string::npos && folded.starts_with(std::string_view(scope.name).substr(0, end)))
        return bound(i, level);
    }
  }
  return {};
}

ir::NodeId RuleReader::target(const JsonNode& node) {
  if (!node.is(JsonKind::String))
    return fail(Code::PolicyEffectDetails, node.span,
                fmt::format("`field` must be a string, not {}", kind_name(node.kind)));
  if (classify_string(node.text) == StringClass::Literal && !field(node.text, node.span)) return {};
  return operand(node);
}

} // namespace writ::azure
