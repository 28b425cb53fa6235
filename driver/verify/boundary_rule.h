// SPDX-License-Identifier: MIT
// What a rule looks at: resource types, members, and the constants that they are compared with.
#pragma once

#include "writ/readings.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace writ::driver::verify {

using json = nlohmann::ordered_json;

/// Path of an alias on a type ("properties.a[*].b"), or nothing.
using PathOf = std::function<std::optional<std::string>(const std::string& type, const std::string& alias)>;

struct BoundaryReading {
  std::vector<ReadingStep> path;
  std::vector<json> constants; ///< never empty once complete: null when only existence matters
};

struct BoundaryRule {
  std::vector<std::string> types;
  std::vector<BoundaryReading> readings; ///< shorter paths first, each once

  void add(const std::vector<ReadingStep>& path, const json& constant);
  void add_type(const std::string& type);
  /// Everything of another rule as well.
  void merge(const BoundaryRule& other);
};

/// `properties` of a definition, or the definition when it stands without.
const json& body_of(const json& definition);
/// A member of the body as an object or condition; an empty object when it is not there.
json member_of(const json& definition, const std::string& pointer);

/// From the text of a definition {"name", "properties": {…}}: its `if`.
BoundaryRule rule_of_definition(const json& definition, const PathOf& path_of);
/// From a condition by itself, about resources of these types. `parameters`: declarations with defaults.
BoundaryRule rule_of_condition(const json& condition, const json& parameters,
                               const std::vector<std::string>& types, const PathOf& path_of);
/// From what the compiler knows of a policy.
BoundaryRule rule_of_readings(const std::vector<std::string>& types, const std::vector<Reading>& readings);

} // namespace writ::driver::verify
