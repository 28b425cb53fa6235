// SPDX-License-Identifier: MIT
// Values around a constant: itself, one step off, of another case or type.
#pragma once

#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

namespace writ::driver::verify {

using json = nlohmann::ordered_json;

/// Every letter in its other case.
std::string flip_case(std::string text);
/// The constant and its neighbours, the constant first. Wildcards and patterns are also filled in; a small
/// number is also met by lists and texts of that length.
std::vector<json> values_around(const json& constant);
/// Values of every kind that no rule expects.
const std::vector<json>& strange_values();

/// A seeded source of choices.
class Choice {
public:
  explicit Choice(std::uint32_t seed) : random_(seed) {}
  /// A number below `count`, which is not 0.
  std::size_t operator()(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }
  template <typename T> const T& of(const std::vector<T>& list) { return list[(*this)(list.size())]; }
  template <typename T> void shuffle(std::vector<T>& list) {
    for (std::size_t i = list.size(); i > 1; --i)
      std::swap(list[i - 1], list[(*this)(i)]);
  }

private:
  std::mt19937 random_;
};

/// Half of the time the constant, else a neighbour, sometimes something strange.
json value_near(const json& constant, Choice& pick);

} // namespace writ::driver::verify
