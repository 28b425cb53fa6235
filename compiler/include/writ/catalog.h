// SPDX-License-Identifier: MIT
// What the compiler knows about Azure resource types: policy aliases, their paths, types and allowed values.
// Format of the sources: docs/catalogue.md.
#pragma once

#include "writ/arena.h"
#include "writ/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace writ {

enum class PropertyType : std::uint8_t { Unknown, String, Integer, Number, Boolean, Array, Object, Any };
std::string_view to_text(PropertyType type);

enum class Ternary : std::uint8_t { Unknown, No, Yes };

/// A path that holds for some API versions only.
struct AliasVersion {
  std::vector<std::string_view> api_versions;
  std::string_view path;
  Ternary modifiable = Ternary::Unknown;
};

/// One alias on one resource type. Texts live as long as the catalogue.
struct Alias {
  std::string_view name;  ///< full, canonical spelling
  std::string_view path;  ///< from the root of the resource: properties.rules[*].properties.access
  std::uint32_t type = 0; ///< index into Catalog::types()
  PropertyType property_type = PropertyType::Unknown;
  Ternary modifiable = Ternary::Unknown;
  bool read_only = false;
  bool secret = false;
  bool deprecated = false;
  std::string_view pattern_phrase; ///< Extract pattern, or empty
  std::string_view pattern_variable;
  std::vector<std::string_view> allowed; ///< known values; empty = anything
  std::vector<AliasVersion> versions;
};

struct ResourceTypeInfo {
  std::string_view name;              ///< canonical spelling
  Ternary tracked = Ternary::Unknown; ///< supports tags and location: mode Indexed sees it
  bool data_plane = false; ///< records of a data-plane mode: values may be at the root or below properties
  std::vector<std::uint32_t> aliases; ///< indices, sorted by lower-cased name
};

/// Case-insensitive look-ups over everything added. Add first, look up afterwards; look-ups are const and may
/// run in several threads. Adding an alias that is known replaces its paths and keeps known facts the new
/// source is silent about.
class Catalog {
public:
  Catalog();
  Catalog(Catalog&&) noexcept;
  Catalog& operator=(Catalog&&) noexcept;
  ~Catalog();

  /// Adds a file of the compact format. Errors carry file and line.
  Status add_compact(std::string_view text, const std::string& file);
  /// Adds an export of `az provider list --expand resourceTypes/aliases`, an array or {"value":[…]}, or a
  /// data-plane manifest. Errors carry file, line and column.
  Status add_provider_export(std::string_view text, const std::string& file);

  [[nodiscard]] const ResourceTypeInfo* find_type(std::string_view name) const;
  [[nodiscard]] std::span<const ResourceTypeInfo> types() const { return types_; }
  [[nodiscard]] const Alias& alias(std::uint32_t index) const { return aliases_[index]; }
  [[nodiscard]] std::size_t alias_count() const { return aliases_.size(); }

  /// Every entry of this full alias name: one per resource type that has it. `A` where only `A[*]` is listed
  /// gives synthesised entries without the final [*].
  [[nodiscard]] std::vector<Alias> find_alias(std::string_view full_name) const;
  /// The entry of one type by the part of the name behind "<type>/"; null when absent.
  [[nodiscard]] const Alias* find_property(const ResourceTypeInfo& type, std::string_view short_name) const;
  /// True when some alias continues this short name with '.' or "[*]".
  [[nodiscard]] bool is_prefix(const ResourceTypeInfo& type, std::string_view short_name) const;
  /// Short names that follow `prefix` on this type, one step each, sorted: what may stand behind a dot.
  [[nodiscard]] std::vector<std::string> members(const ResourceTypeInfo& type, std::string_view prefix) const;
  [[nodiscard]] std::string_view short_name(const Alias& alias) const;

  [[nodiscard]] std::vector<std::string> nearest_types(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> nearest_aliases(std::string_view name) const;

  /// Used by the readers. A path equal to the default rule may be empty.
  std::uint32_t add_type(std::string_view name);
  ResourceTypeInfo& type_at(std::uint32_t index) { return types_[index]; }
  Alias& add_alias(std::uint32_t type, std::string_view full_name, std::string_view path);
  std::string_view keep(std::string_view text) { return arena_->copy(text); }
  /// Sorts the look-up tables; called by the add_ functions at their end.
  void finish();

private:
  std::unique_ptr<Arena> arena_;
  std::vector<ResourceTypeInfo> types_;
  std::vector<Alias> aliases_;
  std::unordered_map<std::string_view, std::uint32_t> type_index_;               // lower-cased
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> alias_index_; // lower-cased full name
  std::vector<std::uint32_t> unsorted_types_;
};

} // namespace writ
