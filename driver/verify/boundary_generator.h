// SPDX-License-Identifier: MIT
// Resources around the boundaries of a rule: values taken from the rule's own constants, one step off,
// missing, null, of the wrong type; arrays of no, one, two and three elements. Seeded: the same seed gives
// the same resources.
#pragma once

#include "verify/boundary_rule.h"
#include "verify/boundary_values.h"

#include <cstdint>
#include <string>
#include <vector>

namespace writ::driver::verify {

class BoundaryGenerator {
public:
  BoundaryGenerator(BoundaryRule rule, std::uint32_t seed) : rule_(std::move(rule)), pick_(seed) {}

  /// The next resource; its id ends in its number.
  json next();
  /// Copies of a resource with one member changed each: every reading missing, null, and with every value
  /// around its constants; arrays shorter and longer; and what every resource has (type, location,
  /// properties) changed. In random order, at most this many.
  std::vector<json> neighbours(const json& resource, std::size_t most);
  [[nodiscard]] const BoundaryRule& rule() const { return rule_; }

private:
  using Steps = std::vector<ReadingStep>;
  void place(json& target, const Steps& path, std::size_t at, const BoundaryReading& reading);
  void vary_envelope(const json& resource, std::vector<json>& out);
  void vary_reading(const json& resource, const BoundaryReading& reading, std::vector<json>& out);
  void vary_lists(const json& resource, const Steps& path, std::vector<json>& out);

  BoundaryRule rule_;
  Choice pick_;
  std::size_t number_ = 0;
};

/// An id of this type with this name in a resource group, parents of nested types filled in.
std::string resource_id(const std::string& group, const std::string& type, const std::string& name);

} // namespace writ::driver::verify
