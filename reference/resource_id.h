// SPDX-License-Identifier: MIT
// The parts of a resource id. Source: "Notation", "Scope arithmetic".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace writ::reference {

struct ResourceId {
  std::string text;               ///< without a trailing slash
  std::string subscription;       ///< empty when there is none
  std::string resource_group;     ///< empty above resource groups
  std::string type;               ///< of the innermost provider part
  std::vector<std::string> names; ///< name segments of the innermost provider part
  std::size_t providers = 0;      ///< how many /providers/ parts

  [[nodiscard]] std::string full_name() const;
};

ResourceId parse_resource_id(std::string_view id);
/// Equal, or below on whole segments; ignoring case.
bool is_in_scope(std::string_view id, std::string_view scope);
/// Strictly below.
bool is_under(std::string_view id, std::string_view parent);

} // namespace writ::reference
