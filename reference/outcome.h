// SPDX-License-Identifier: MIT
// What evaluating an expression gives: a value, not told by the input, or a failure.
#pragma once

#include "json.h"
#include "truth.h"

#include <optional>
#include <string>
#include <utility>

namespace writ::reference {

struct Outcome {
  enum class Kind { Value, Unknown, Error };

  Kind kind = Kind::Value;
  json value;
  /// The null of field() on an absent property, which the function equals() takes for "" as well.
  bool absent_field = false;
  Failure failure;

  static Outcome of(json v) { return Outcome{Kind::Value, std::move(v), false, {}}; }
  static Outcome absent() { return Outcome{Kind::Value, nullptr, true, {}}; }
  static Outcome unknown() { return Outcome{Kind::Unknown, nullptr, false, {}}; }
  static Outcome error(std::string code, std::string message) {
    return Outcome{Kind::Error, nullptr, false, {std::move(code), std::move(message)}};
  }
  static Outcome error(Failure failure) { return Outcome{Kind::Error, nullptr, false, std::move(failure)}; }

  [[nodiscard]] bool is_value() const { return kind == Kind::Value; }
  [[nodiscard]] bool is_unknown() const { return kind == Kind::Unknown; }
  [[nodiscard]] bool is_error() const { return kind == Kind::Error; }
};

} // namespace writ::reference
