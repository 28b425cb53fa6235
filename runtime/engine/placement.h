// SPDX-License-Identifier: MIT
// Where a resource stands towards assignments and exemptions. Source: docs/azure-policy-semantics.md,
// "Assignments", "Resource selectors", "Exemptions".
#pragma once

#include "snapshot/resource_root.h"
#include "writ/bytecode/program.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

/// Whether `id` is the scope or lies below it: whole segments, any case. Everything lies below the empty
/// scope, and below a management group, whose members nobody knows.
bool is_in_scope(std::string_view id, std::string_view scope);

enum class Standing : std::uint8_t {
  Inside,
  Outside,     ///< not below the scope: there is no verdict
  Excluded,    ///< below one of notScopes
  NotSelected, ///< refused by the resource selectors
  Unknown      ///< the resource has no id
};

/// Which exemptions of a program hold at an instant. Without one (empty), all do.
std::vector<bool> active_exemptions(const bc::Program& program, std::string_view now);

/// Answers for one resource after the other; what several controls ask is found out once.
class Placement {
public:
  /// What is passed must outlive the object.
  Placement(const bc::Program& program, const std::vector<bool>& active)
      : program_(program), active_(active), standings_(program.assignments.size()) {}

  void begin(const snapshot::ResourceRoot& root);
  Standing towards(std::uint32_t assignment);
  /// Whether this variant of an overridden control is the one for the resource.
  bool is_meant(const bc::Instance& instance);
  /// The exemption that holds; null when there is none.
  const bc::Exemption* exemption(const bc::Instance& instance);

private:
  struct Known {
    std::uint64_t resource = 0; ///< which resource it was found out for
    Standing standing = Standing::Outside;
  };
  Standing find_standing(const bc::Assignment& assignment);
  bool any_accepts(std::uint32_t first, std::uint32_t count);
  bool all_accept(std::uint32_t first, std::uint32_t count);
  bool accepts(const bc::Selector& selector);
  [[nodiscard]] bool lists(const bc::Selector& selector, std::string_view value) const;

  const bc::Program& program_;
  const std::vector<bool>& active_;
  std::vector<Known> standings_;
  std::uint64_t resource_ = 0;
  const snapshot::ResourceRoot* root_ = nullptr;
  std::string location_; ///< lower case, without blanks
};

} // namespace writ
