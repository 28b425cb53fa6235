// SPDX-License-Identifier: MIT
#include "writ/catalog.h"
#include "writ/text.h"

#include <algorithm>

namespace writ {

namespace {

/// Order of ASCII-folded texts without making copies.
bool less_ignoring_case(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(x) < lower(y);
  });
}

bool starts_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ascii_fold(text.substr(0, prefix.size()), prefix);
}

} // namespace

std::string_view to_text(PropertyType type) {
  switch (type) {
  case PropertyType::String:
    return "string";
  case PropertyType::Integer:
    return "integer";
  case PropertyType::Number:
    return "number";
  case PropertyType::Boolean:
    return "boolean";
  case PropertyType::Array:
    return "array";
  case PropertyType::Object:
    return "object";
  case PropertyType::Any:
    return "any";
  case PropertyType::Unknown:
    break;
  }
  return "unknown";
}

Catalog::Catalog() : arena_(std::make_unique<Arena>()) {}
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;
Catalog::~Catalog() = default;

std::uint32_t Catalog::add_type(std::string_view name) {
  const std::string folded = lower_ascii(name);
  if (auto found = type_index_.find(folded); found != type_index_.end()) return found->second;
  const auto index = static_cast<std::uint32_t>(types_.size());
  ResourceTypeInfo type;
  type.name = keep(name);
  types_.push_back(std::move(type));
  type_index_.emplace(keep(folded), index);
  return index;
}

Alias& Catalog::add_alias(std::uint32_t type, std::string_view full_name, std::string_view path) {
  const std::string folded = lower_ascii(full_name);
  auto found = alias_index_.find(folded);
  if (found != alias_index_.end())
    for (std::uint32_t index : found->second)
      if (aliases_[index].type == type) {
        // Versioned paths and the pattern belong to the path they came with.
        Alias& known = aliases_[index];
        known.path = keep(path);
        known.versions.clear();
        known.pattern_phrase = {};
        known.pattern_variable = {};
        return known;
      }
  const auto index = static_cast<std::uint32_t>(aliases_.size());
  Alias alias;
  alias.name = keep(full_name);
  alias.path = keep(path);
  alias.type = type;
  aliases_.push_back(std::move(alias));
  if (found == alias_index_.end())
    found = alias_index_.emplace(keep(folded), std::vector<std::uint32_t>()).first;
  found->second.push_back(index);
  types_[type].aliases.push_back(index);
  unsorted_types_.push_back(type);
  return aliases_.back();
}

void Catalog::finish() {
  std::sort(unsorted_types_.begin(), unsorted_types_.end());
  unsorted_types_.erase(std::unique(unsorted_types_.begin(), unsorted_types_.end()), unsorted_types_.end());
  for (std::uint32_t type : unsorted_types_)
    std::sort(types_[type].aliases.begin(), types_[type].aliases.end(),
              [&](std::uint32_t a, std::uint32_t b) {
                return less_ignoring_case(aliases_[a].name, aliases_[b].name);
              });
  unsorted_types_.clear();
}

const ResourceTypeInfo* Catalog::find_type(std::string_view name) const {
  auto found = type_index_.find(lower_ascii(name));
  return found == type_index_.end() ? nullptr : &types_[found->second];
}

std::vector<Alias> Catalog::find_alias(std::string_view full_name) const {
  std::vector<Alias> entries;
  const std::string folded = lower_ascii(full_name);
  if (auto found = alias_index_.find(folded); found != alias_index_.end()) {
    for (std::uint32_t index : found->second)
      entries.push_back(aliases_[index]);
    return entries;
  }
  // `A` where only `A[*]` is listed: the array itself.
  if (auto found = alias_index_.find(folded + "[*]"); found != alias_index_.end()) {
    for (std::uint32_t index : found->second) {
      Alias whole = aliases_[index];
      if (!whole.path.ends_with("[*]")) continue;
      whole.name.remove_suffix(3);
      whole.path.remove_suffix(3);
      whole.property_type = PropertyType::Array;
      whole.allowed.clear();
      for (AliasVersion& version : whole.versions)
        if (version.path.ends_with("[*]")) version.path.remove_suffix(3);
      entries.push_back(std::move(whole));
    }
  }
  return entries;
}

std::string_view Catalog::short_name(const Alias& alias) const {
  const std::string_view type = types_[alias.type].name;
  if (alias.name.size() > type.size() + 1 && starts_ignoring_case(alias.name, type))
    return alias.name.substr(type.size() + 1);
  return alias.name;
}

const Alias* Catalog::find_property(const ResourceTypeInfo& type, std::string_view short_name) const {
  std::string full(type.name);
  full += '/';
  full += short_name;
  auto found = std::lower_bound(
      type.aliases.begin(), type.aliases.end(), std::string_view(full),
      [&](std::uint32_t a, std::string_view name) { return less_ignoring_case(aliases_[a].name, name); });
  if (found == type.aliases.end() || !equal_ascii_fold(aliases_[*found].name, full)) return nullptr;
  return &aliases_[*found];
}

bool Catalog::is_prefix(const ResourceTypeInfo& type, std::string_view short_name) const {
  for (const char* next : {".", "[*]"}) {
    std::string full(type.name);
    full += '/';
    full += short_name;
    full += next;
    auto found = std::lower_bound(
        type.aliases.begin(), type.aliases.end(), std::string_view(full),
        [&](std::uint32_t a, std::string_view name) { return less_ignoring_case(aliases_[a].name, name); });
    if (found != type.aliases.end() && starts_ignoring_case(aliases_[*found].name, full)) return true;
  }
  return false;
}

std::vector<std::string> Catalog::members(const ResourceTypeInfo& type, std::string_view prefix) const {
  std::vector<std::string> names;
  std::string full(type.name);
  full += '/';
  full += prefix;
  if (!prefix.empty()) full += '.';
  for (std::uint32_t index : type.aliases) {
    const std::string_view name = aliases_[index].name;
    if (!starts_ignoring_case(name, full)) continue;
    const std::string_view rest = name.substr(full.size());
    const std::string step(rest.substr(0, rest.find_first_of(".[")));
    if (!step.empty() && std::find(names.begin(), names.end(), step) == names.end()) names.push_back(step);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> Catalog::nearest_types(std::string_view name) const {
  std::vector<std::string_view> candidates;
  for (const ResourceTypeInfo& type : types_)
    candidates.push_back(type.name);
  return nearest(name, candidates);
}

std::vector<std::string> Catalog::nearest_aliases(std::string_view name) const {
  // Only the aliases of the nearest type: comparing with all of them would find accidents.
  std::vector<std::string_view> candidates;
  for (const ResourceTypeInfo& type : types_)
    if (name.size() > type.name.size() && name[type.name.size()] == '/' &&
        starts_ignoring_case(name, type.name))
      for (std::uint32_t index : type.aliases)
        candidates.push_back(aliases_[index].name);
  return nearest(name, candidates);
}

} // namespace writ
