// SPDX-License-Identifier: MIT
// The resources that are known, by type and by id.
#pragma once

#include "json.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace writ::reference {

class Snapshot {
public:
  Snapshot() = default;
  explicit Snapshot(std::vector<json> resources);
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  [[nodiscard]] const std::vector<json>& resources() const { return resources_; }
  /// In document order; types compare ignoring case.
  [[nodiscard]] const std::vector<const json*>& of_type(std::string_view type) const;
  /// nullptr when there is none.
  [[nodiscard]] const json* by_id(std::string_view id) const;

private:
  std::vector<json> resources_;
  std::unordered_map<std::string, std::vector<const json*>> by_type_;
  std::unordered_map<std::string, const json*> by_id_;
};

} // namespace writ::reference
