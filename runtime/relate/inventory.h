// SPDX-License-Identifier: MIT
// Resources that other resources may need: what is kept of them, and how they are found again.
// Source: docs/azure-policy-semantics.md, "Related resources".
#pragma once

#include "relate/selection.h"
#include "snapshot/resource_root.h"
#include "writ/semantics/truth.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace writ::relate {

/// The outcome of an existence condition that does not look at the resource of the `if`.
struct ExistenceFact {
  std::uint32_t relation = 0; ///< number in the engine's list of relations
  Truth truth = Truth::True;
  std::string reason; ///< when undecided
};

/// Any order; each relation once in all lists of a candidate.
using FactList = std::vector<ExistenceFact>;

/// A resource of a type that some control relates to. Its JSON is kept only when a condition has to be run
/// with both resources at hand.
struct Candidate {
  std::string id;   ///< as in the input
  std::string type; ///< lower case
  std::string kind;
  std::vector<std::shared_ptr<const FactList>> facts; ///< many resources share a list
  std::string text;                                   ///< JSON, or empty
  /// What is known for a relation; null when nothing is.
  [[nodiscard]] const ExistenceFact* fact(std::uint32_t relation) const;
};

/// The resource of the `if`.
struct Primary {
  std::string_view id;
  std::string_view type;
};

/// What places are called for one resource of an `if`, each made when it is first asked for.
class PrimaryKeys {
public:
  /// What is passed must outlive the object.
  explicit PrimaryKeys(const Primary& primary);
  [[nodiscard]] const Primary& primary() const { return primary_; }
  [[nodiscard]] bool is_subscription() const { return is_subscription_; }
  const std::string& id();
  const std::string& subscription();
  /// Of its own resource group, or of another one of its subscription.
  const std::string& group();
  [[nodiscard]] std::string group(std::string_view name) const;

private:
  Primary primary_;
  snapshot::ResourceId parts_;
  bool is_subscription_ = false;
  std::string id_;
  std::string subscription_;
  std::string group_;
};

/// All candidates of a run. Fill it, then ask: the indices are built on the first question of a type.
class Inventory {
public:
  void add(Candidate candidate) { candidates_.push_back(std::move(candidate)); }
  [[nodiscard]] const Candidate& operator[](std::size_t index) const { return candidates_[index]; }
  [[nodiscard]] std::size_t size() const { return candidates_.size(); }

  /// Candidates in the place that the selection names, in input order. Many resources share a place: the list
  /// is the same object for all of them, and stays.
  const std::vector<std::size_t>& in_place(const Primary& primary, const Selection& selection) {
    PrimaryKeys keys(primary);
    return in_place(keys, selection);
  }
  const std::vector<std::size_t>& in_place(PrimaryKeys& keys, const Selection& selection);
  /// Whether a candidate has the name and kind that are asked for.
  [[nodiscard]] bool is_meant(std::size_t candidate, const Selection& selection) const;
  /// Candidates of a resource, in input order.
  std::vector<std::size_t> select(const Primary& primary, const Selection& selection);

private:
  using Buckets = std::unordered_map<std::string, std::vector<std::size_t>>;
  /// What candidates of a type can be searched for; keys in lower case.
  enum class Key : std::uint8_t {
    AttachedTo, ///< id in front of the last /providers/
    Below,      ///< id of each ancestor
    Group,      ///< subscription/resource group
    Subscription
  };
  /// Candidates of one type, by each key that somebody asked for.
  struct TypeIndex {
    const std::vector<std::size_t>* candidates = nullptr; ///< null when there are none
    std::optional<bool> extension;                        ///< some instance is attached to a resource
    std::array<std::optional<Buckets>, 4> by_key;
  };
  TypeIndex& index_of(const std::string& type);
  [[nodiscard]] bool is_extension(TypeIndex& index) const;
  const std::vector<std::size_t>& find(TypeIndex& index, Key key, const std::string& wanted);

  std::vector<Candidate> candidates_;
  std::unordered_map<std::string, TypeIndex> indices_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_type_;
  std::size_t indexed_ = 0;
  const std::vector<std::size_t> none_ = {};
};
/// Whether a name pattern selects a resource; segments, a last segment `?` means any.
bool name_matches(std::string_view pattern, std::string_view full_name);
/// The names in the innermost provider part of an id, joined with '/'.
std::string full_name_of(std::string_view id);

} // namespace writ::relate
