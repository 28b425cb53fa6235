// SPDX-License-Identifier: MIT
// The top level of a resource on the tape: its members, and what identifies it.
#pragma once

#include "snapshot/tape.h"
#include "vm/frame.h"
#include "writ/arena.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace writ::snapshot {

struct RootMember {
  std::string_view key;
  std::uint32_t value = 0; ///< on the tape
};

/// The properties of an `az resource list` export are null: present in Azure, not in the export.
enum class PropertiesState : std::uint8_t { Absent, NotExported, Present };

/// Reused for one resource after the other; views stay valid until the parser's next parse or the arena's
/// reset.
class ResourceRoot {
public:
  /// `at` is an object. `default_type` names the type of rows that do not say it (pages of Microsoft Graph);
  /// text that is computed (a type taken from the id) goes into the arena.
  void read(const Tape& tape, std::uint32_t at, std::string_view default_type, Arena& arena);

  [[nodiscard]] const Tape& tape() const { return tape_; }
  [[nodiscard]] std::uint32_t at() const { return at_; }
  [[nodiscard]] std::span<const RootMember> members() const { return members_; }
  [[nodiscard]] const vm::ResourceIdentity& identity() const { return identity_; }
  [[nodiscard]] PropertiesState properties() const { return properties_; }
  /// Texts of the identity; empty when the resource lacks them.
  [[nodiscard]] std::string_view id() const { return text_of(identity_.id); }
  [[nodiscard]] std::string_view type() const { return text_of(identity_.type); }
  [[nodiscard]] std::string_view name() const { return text_of(identity_.name); }
  [[nodiscard]] std::string_view location() const { return location_; }
  [[nodiscard]] std::string_view kind() const { return kind_; }

  /// The whole resource as a value; properties that were not exported are unknown.
  [[nodiscard]] Value materialise(Arena& arena) const;
  /// One of members(), as it stands there.
  [[nodiscard]] Value materialise_member(std::size_t index, Arena& arena) const;

private:
  static std::string_view text_of(const Value& value) {
    return value.is(ValueKind::String) ? value.as_string() : std::string_view();
  }
  void note_member(std::string_view key, std::uint32_t value);
  void complete_identity(std::string_view default_type, Arena& arena);

  Tape tape_;
  std::uint32_t at_ = 0;
  std::vector<RootMember> members_;
  vm::ResourceIdentity identity_;
  PropertiesState properties_ = PropertiesState::Absent;
  std::string_view location_;
  std::string_view kind_;
};

/// The parts of a resource id. Views into the id; empty where it has no such part.
/// Source: docs/azure-policy-semantics.md, "Related resources".
struct ResourceId {
  std::string_view subscription;   ///< segment behind /subscriptions/
  std::string_view resource_group; ///< segment behind /resourceGroups/
  std::string_view scope;          ///< what precedes the last /providers/
  std::string_view namespace_name; ///< segment behind the last /providers/
  std::string_view rest;           ///< type/name pairs behind the namespace
};
ResourceId split_id(std::string_view id);
/// The type that an id names, canonical for subscriptions and resource groups; empty when it is no resource
/// id.
std::string_view type_of_id(std::string_view id, Arena& arena);
/// Resource groups as their own API calls them -> as policy calls them; others unchanged.
std::string_view policy_type(std::string_view type);

inline constexpr std::string_view kSubscriptionType = "Microsoft.Resources/subscriptions";
inline constexpr std::string_view kResourceGroupType = "Microsoft.Resources/subscriptions/resourceGroups";

} // namespace writ::snapshot
