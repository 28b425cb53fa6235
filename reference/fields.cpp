// SPDX-License-Identifier: MIT
#include "fields.h"

#include "resource_id.h"
#include "text.h"
#include "value.h"

#include <algorithm>
#include <array>

namespace writ::reference {
namespace {

constexpr std::array<std::string_view, 4> kRootFields{"type", "kind", "location", "id"};

/// Members of a resource's envelope, beside `properties`.
constexpr std::array<std::string_view, 15> kEnvelopeMembers{
    "sku",  "kind",      "identity",         "plan", "zones",      "tags",      "location", "name", "id",
    "type", "managedBy", "extendedLocation", "etag", "systemData", "apiVersion"};

std::optional<std::string> tag_name(std::string_view name) {
  if (name.find("[*]") != std::string_view::npos) return std::nullopt;
  std::string_view rest = name.substr(4);
  if (rest.front() == '.') {
    rest.remove_prefix(1);
    return rest.empty() ? std::nullopt : std::optional<std::string>(rest);
  }
  if (rest.back() != ']') return std::nullopt;
  rest = rest.substr(1, rest.size() - 2);
  if (rest.size() < 2 || rest.front() != '\'' || rest.back() != '\'')
    return rest.empty() ? std::nullopt : std::optional<std::string>(rest);
  rest = rest.substr(1, rest.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] == '\'' && i + 1 < rest.size() && rest[i + 1] == '\'') ++i;
    out.push_back(rest[i]);
  }
  return out.empty() ? std::nullopt : std::optional<std::string>(out);
}

Failure unknown_alias(std::string_view name) {
  return {"unknown-alias", "'" + std::string(name) + "' is no known field or alias"};
}

/// `<type>/<rest>` read as a path, when the catalogue does not know the name.
ResolvedAlias alias_as_path(std::string_view name, const json& resource) {
  const std::string prefix = string_member(resource, "type") + "/";
  ResolvedAlias out;
  if (!starts_with_ascii(name, prefix)) {
    out.kind = ResolvedAlias::Kind::Foreign;
    out.path = parse_path(name.substr(name.rfind('/') + 1));
    return out;
  }
  out.kind = ResolvedAlias::Kind::Found;
  out.path = parse_path(name.substr(prefix.size()));
  const bool envelope =
      !out.path.empty() && std::any_of(kEnvelopeMembers.begin(), kEnvelopeMembers.end(),
                                       [&](auto m) { return equal_ascii(m, out.path[0].name); });
  if (!envelope) out.path.insert(out.path.begin(), Step{Step::Kind::Name, "properties", 0});
  return out;
}

/// A name of a data-plane namespace, `Microsoft.KeyVault.Data/…`: no catalogue lists these.
bool is_data_plane(std::string_view name) {
  return lower_ascii(name.substr(0, name.find('/'))).ends_with(".data");
}

/// `<type>/<rest>` of a data-plane record: <rest> is below its root or below its `properties`.
ResolvedAlias data_plane_alias(std::string_view name, const json& resource) {
  ResolvedAlias out = alias_as_path(name, resource);
  if (out.kind == ResolvedAlias::Kind::Foreign) return out;
  out.path = parse_path(name.substr(string_member(resource, "type").size() + 1));
  const bool at_root = !out.path.empty() && find_member(resource, out.path[0].name) != nullptr;
  if (!at_root) out.path.insert(out.path.begin(), Step{Step::Kind::Name, "properties", 0});
  return out;
}

/// What an unknown name means under the option that reads it as a path; also the raw path of test mode.
ResolvedAlias resolve_name(const FieldName& field, const json& resource, const Environment& env) {
  if (field.kind == FieldKind::Alias) return resolve_alias(field.text, resource, env);
  ResolvedAlias raw;
  raw.kind = ResolvedAlias::Kind::Found;
  raw.path = parse_path(field.text);
  return raw;
}

Selection single(const json* member) {
  Selection s;
  s.members.push_back(member);
  return s;
}

Selection owned_text(std::string text) {
  Selection s;
  s.owned.emplace_back(std::move(text));
  s.members.push_back(&s.owned.back());
  return s;
}

Selection failed(Failure failure) {
  Selection s;
  s.kind = Selection::Kind::Failed;
  s.failure = std::move(failure);
  return s;
}

void apply_pattern(Selection& selection, const ExtractPattern& pattern) {
  for (const json*& member : selection.members) {
    if (member == nullptr) continue;
    std::optional<std::string> part;
    if (member->is_string()) part = extract(pattern, member->get_ref<const std::string&>());
    member = part ? &selection.owned.emplace_back(*part) : nullptr;
  }
}

Selection select_path(const FieldName& field, const json& resource, const std::vector<Scope>& scopes,
                      const Environment& env) {
  const ResolvedAlias alias = resolve_name(field, resource, env);
  if (alias.kind == ResolvedAlias::Kind::Unknown) return failed(unknown_alias(field.text));
  if (alias.kind == ResolvedAlias::Kind::Foreign) {
    Selection s = single(nullptr);
    s.collection = has_star(alias.path);
    return s;
  }
  Selection s;
  const json* start = &resource;
  std::size_t from = 0;
  if (const auto binding = find_binding(field.text, scopes)) {
    start = binding->element;
    from = after_star(alias.path, binding->stars);
    s.bound = true;
  } else if (is_untold(resource, alias.path)) {
    s.kind = Selection::Kind::Untold;
    return s;
  }
  s.collection = has_star(Path(alias.path.begin() + static_cast<std::ptrdiff_t>(from), alias.path.end()));
  walk(start, alias.path, from, {!env.options->vacuous_missing},
       [&](const json* member) { s.members.push_back(member); });
  if (alias.pattern) apply_pattern(s, *alias.pattern);
  return s;
}

} // namespace

std::string api_version_of(const json& resource, const Context& context) {
  std::string version = string_member(context.request_context, "apiVersion");
  return version.empty() ? string_member(resource, "apiVersion") : version;
}

FieldName classify_field(std::string_view name, const Options& options) {
  if (equal_ascii(name, "name")) return {FieldKind::Name, {}};
  if (equal_ascii(name, "fullName")) return {FieldKind::FullName, {}};
  for (auto root : kRootFields)
    if (equal_ascii(name, root)) return {FieldKind::Root, std::string(root)};
  if (starts_with_ascii(name, "identity.") && name.size() > 9)
    return {FieldKind::Identity, std::string(name)};
  if (equal_ascii(name, "apiVersion")) return {FieldKind::ApiVersion, {}};
  if (equal_ascii(name, "tags")) return {FieldKind::Tags, {}};
  if (starts_with_ascii(name, "tags") && (name[4] == '.' || name[4] == '[')) {
    auto tag = tag_name(name);
    return tag ? FieldName{FieldKind::Tag, std::move(*tag)} : FieldName{};
  }
  if (name.find('/') != std::string_view::npos) return {FieldKind::Alias, std::string(name)};
  if (!name.empty() && (options.raw_paths || options.unknown_alias == UnknownAlias::AsPath))
    return {FieldKind::Raw, std::string(name)};
  return {};
}

std::optional<Failure> check_field_name(std::string_view name, const Catalogue& catalogue,
                                        const Options& options) {
  const FieldName field = classify_field(name, options);
  if (field.kind == FieldKind::Invalid) return unknown_alias(name);
  if (field.kind != FieldKind::Alias || options.unknown_alias == UnknownAlias::AsPath) return std::nullopt;
  if (catalogue.knows(name) || catalogue.knows(std::string(name) + "[*]") || is_data_plane(name))
    return std::nullopt;
  return unknown_alias(name);
}

ResolvedAlias resolve_alias(std::string_view name, const json& resource, const Environment& env) {
  const std::string type = string_member(resource, "type");
  const std::string version = api_version_of(resource, *env.context);
  const std::string starred = std::string(name) + "[*]";
  ResolvedAlias out;
  out.kind = ResolvedAlias::Kind::Found;
  if (const AliasPath* exact = env.catalogue->find(type, name, version)) {
    out.path = exact->path;
    out.pattern = exact->pattern;
    return out;
  }
  if (const AliasPath* elements = env.catalogue->find(type, starred, version)) {
    out.path = elements->path;
    if (!out.path.empty() && out.path.back().kind == Step::Kind::Every) out.path.pop_back();
    return out;
  }
  if (env.catalogue->knows(name) || env.catalogue->knows(starred)) {
    out.kind = ResolvedAlias::Kind::Foreign;
    if (const AliasPath* other = env.catalogue->find_anywhere(name)) out.path = other->path;
    return out;
  }
  if (is_data_plane(name)) return data_plane_alias(name, resource);
  if (env.options->unknown_alias == UnknownAlias::AsPath) return alias_as_path(name, resource);
  out.kind = ResolvedAlias::Kind::Unknown;
  return out;
}

std::optional<BoundStart> find_binding(std::string_view alias, const std::vector<Scope>& scopes) {
  for (auto scope = scopes.rbegin(); scope != scopes.rend(); ++scope) {
    for (std::size_t k = scope->bindings.size(); k > 0; --k) {
      const Binding& binding = scope->bindings[k - 1];
      if (starts_with_ascii(alias, binding.alias)) return BoundStart{&*scope, k, binding.element};
    }
  }
  return std::nullopt;
}

std::size_t after_star(const Path& path, std::size_t n) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < path.size(); ++i)
    if (path[i].kind == Step::Kind::Every && ++seen == n) return i + 1;
  return path.size();
}

std::string full_name(const json& resource) {
  std::string given = string_member(resource, "fullName");
  if (!given.empty()) return given;
  const ResourceId id = parse_resource_id(string_member(resource, "id"));
  if (!id.names.empty()) return id.full_name();
  return string_member(resource, "name");
}

Selection select_field(std::string_view name, const json& resource, const std::vector<Scope>& scopes,
                       const Environment& env) {
  // Published rules put a tag name together that may be empty. No resource has such a tag.
  if (equal_ascii(name, "tags[]")) return single(nullptr);
  const FieldName field = classify_field(name, *env.options);
  switch (field.kind) {
  case FieldKind::Invalid:
    return failed(unknown_alias(name));
  case FieldKind::Name: {
    const json* member = find_member(resource, "name");
    if (member == nullptr || !member->is_string()) return single(member);
    const auto& whole = member->get_ref<const std::string&>();
    const auto slash = whole.rfind('/');
    return slash == std::string::npos ? single(member) : owned_text(whole.substr(slash + 1));
  }
  case FieldKind::FullName: {
    std::string whole = full_name(resource);
    return whole.empty() ? single(nullptr) : owned_text(std::move(whole));
  }
  case FieldKind::Root:
    return single(find_member(resource, field.text));
  case FieldKind::ApiVersion: {
    std::string version = api_version_of(resource, *env.context);
    return version.empty() ? single(nullptr) : owned_text(std::move(version));
  }
  case FieldKind::Tags:
    return single(find_member(resource, "tags"));
  case FieldKind::Tag: {
    const json* tags = find_member(resource, "tags");
    return single(tags == nullptr ? nullptr : find_member(*tags, field.text));
  }
  case FieldKind::Identity:
  case FieldKind::Alias:
  case FieldKind::Raw:
    break;
  }
  return select_path(field, resource, scopes, env);
}

} // namespace writ::reference
