// SPDX-License-Identifier: MIT
#include "catalogue.h"

#include "text.h"
#include "value.h"

namespace writ::reference {
namespace {

std::optional<ExtractPattern> read_pattern(const json* pattern) {
  if (pattern == nullptr || !equal_ascii(string_member(*pattern, "type"), "Extract")) return std::nullopt;
  return ExtractPattern{string_member(*pattern, "phrase"), string_member(*pattern, "variable")};
}

const json* first_of(const json* array) {
  return array != nullptr && array->is_array() && !array->empty() ? &array->front() : nullptr;
}

/// Name and text up to the brace; a name may be empty for pure text.
bool match_phrase(std::string_view phrase, std::string_view text, std::string_view variable,
                  std::optional<std::string>& found) {
  const auto open = phrase.find('{');
  const auto close = phrase.find('}', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) return equal_ascii(phrase, text);
  if (!starts_with_ascii(text, phrase.substr(0, open))) return false;
  text.remove_prefix(open);
  const std::string_view name = phrase.substr(open + 1, close - open - 1);
  const std::string_view rest = phrase.substr(close + 1);
  const std::size_t slash = text.find('/');
  const std::size_t longest = slash == std::string_view::npos ? text.size() : slash;
  for (std::size_t n = longest; n > 0; --n) {
    if (!match_phrase(rest, text.substr(n), variable, found)) continue;
    if (equal_ascii(name, variable)) found = std::string(text.substr(0, n));
    return true;
  }
  return false;
}

} // namespace

std::optional<std::string> extract(const ExtractPattern& pattern, std::string_view text) {
  std::optional<std::string> found;
  if (!match_phrase(pattern.phrase, text, pattern.variable, found)) return std::nullopt;
  return found;
}

Catalogue Catalogue::load(const json& document) {
  Catalogue catalogue;
  catalogue.add(document);
  return catalogue;
}

void Catalogue::add(const json& document) {
  const json* list = document.is_object() ? find_member(document, "value") : &document;
  if (list == nullptr) list = &document; // one provider, or a data-plane manifest
  if (list->is_array()) {
    for (const json& provider : *list)
      if (provider.is_object()) add(provider);
    return;
  }
  std::string name = string_member(*list, "namespace");
  if (name.empty()) name = string_member(*list, "dataNamespace");
  for (const char* key : {"resourceTypes", "resourceTypeAliases"}) {
    const json* types = find_member(*list, key);
    if (types == nullptr || !types->is_array()) continue;
    for (const json& type : *types)
      add_type(lower_ascii(name + "/" + string_member(type, "resourceType")), type);
  }
  if (const json* aliases = find_member(*list, "aliases"); aliases != nullptr && aliases->is_array())
    for (const json& alias : *aliases)
      add_alias("", alias);
}

void Catalogue::add_type(const std::string& type, const json& entry) {
  if (const json* capabilities = find_member(entry, "capabilities");
      capabilities != nullptr && capabilities->is_string()) {
    const std::string text = lower_ascii(capabilities->get<std::string>());
    indexed_[type] =
        text.find("supportstags") != std::string::npos && text.find("supportslocation") != std::string::npos;
  }
  const json* aliases = find_member(entry, "aliases");
  if (aliases == nullptr || !aliases->is_array()) return;
  for (const json& alias : *aliases)
    add_alias(type, alias);
}

void Catalogue::add_alias(const std::string& type, const json& entry) {
  const std::string name = lower_ascii(string_member(entry, "name"));
  const json* default_path = find_member(entry, "defaultPath");
  if (default_path != nullptr && default_path->is_object()) default_path = find_member(*default_path, "path");
  const json* paths = find_member(entry, "paths");
  const json* default_pattern = find_member(entry, "defaultPattern");
  if (default_path == nullptr || !default_path->is_string()) {
    const json* first = first_of(paths);
    default_path = first == nullptr ? nullptr : find_member(*first, "path");
    default_pattern = first == nullptr ? nullptr : find_member(*first, "pattern");
  }
  if (name.empty() || default_path == nullptr || !default_path->is_string()) return;

  AliasEntry alias;
  alias.by_default = {parse_path(default_path->get<std::string>()), read_pattern(default_pattern)};
  if (paths != nullptr && paths->is_array()) {
    for (const json& path : *paths) {
      const json* versions = find_member(path, "apiVersions");
      if (versions == nullptr) versions = find_member(path, "schemaVersions");
      if (versions == nullptr || !versions->is_array()) continue;
      for (const json& version : *versions)
        if (version.is_string())
          alias.by_version.emplace_back(
              lower_ascii(version.get<std::string>()),
              AliasPath{parse_path(string_member(path, "path")), read_pattern(find_member(path, "pattern"))});
    }
  }
  anywhere_.emplace(name, alias.by_default);
  by_type_[type].insert_or_assign(name, std::move(alias));
}

bool Catalogue::knows(std::string_view alias) const { return find_anywhere(alias) != nullptr; }

const AliasPath* Catalogue::find_anywhere(std::string_view alias) const {
  const auto entry = anywhere_.find(lower_ascii(alias));
  return entry == anywhere_.end() ? nullptr : &entry->second;
}

const AliasPath* Catalogue::find(std::string_view type, std::string_view alias,
                                 std::string_view api_version) const {
  const std::string name = lower_ascii(alias);
  for (const std::string& group : {lower_ascii(type), std::string()}) {
    const auto aliases = by_type_.find(group);
    if (aliases == by_type_.end()) continue;
    const auto entry = aliases->second.find(name);
    if (entry == aliases->second.end()) continue;
    for (const auto& [version, path] : entry->second.by_version)
      if (!api_version.empty() && equal_ascii(version, api_version)) return &path;
    return &entry->second.by_default;
  }
  return nullptr;
}

std::optional<bool> Catalogue::is_indexed(std::string_view type) const {
  const auto known = indexed_.find(lower_ascii(type));
  if (known == indexed_.end()) return std::nullopt;
  return known->second;
}

} // namespace writ::reference
