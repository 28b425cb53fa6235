// SPDX-License-Identifier: MIT
// Resources around the boundaries of a policy definition: values taken from the rule's own constants, one
// step off, missing, null, of the wrong type. Seeded: the same seed gives the same resources.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace writ::test {

using json = nlohmann::ordered_json;

/// Path of an alias on a type ("properties.a[*].b"), or nothing.
using PathOf = std::function<std::optional<std::string>(const std::string& type, const std::string& alias)>;

class BoundaryGenerator {
public:
  /// `definition` as emitted: {"name", "properties": {…}}.
  BoundaryGenerator(const json& definition, PathOf path_of, std::uint32_t seed);
  /// For a condition by itself, about resources of these types.
  BoundaryGenerator(const json& condition, json parameters, std::vector<std::string> types, PathOf path_of,
                    std::uint32_t seed);
  /// The next resource; its id ends in its number.
  json next();

private:
  struct Reading {
    std::string path;
    std::vector<json> constants;
  };
  void collect(const json& node);
  /// Names that an expression reads with field() or current(), compared with `constant`.
  void collect_expression(const json& text, const json& constant);
  void find_readings();
  void note(const std::string& field, const json& constant);
  json value_for(const Reading& reading);
  void place(json& target, const std::string& path, const Reading& reading);
  std::size_t pick(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }

  PathOf path_of_;
  json parameters_;
  std::vector<std::string> types_;
  std::vector<std::pair<std::string, json>> noted_;
  std::vector<Reading> readings_;
  std::mt19937 random_;
  std::size_t number_ = 0;
};

} // namespace writ::test
