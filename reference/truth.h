// SPDX-License-Identifier: MIT
// Four-valued truth: decided, not told by the input, or failed.
#pragma once

#include <string>
#include <string_view>

namespace writ::reference {

enum class Truth { False, True, Unknown, Error };

constexpr Truth truth_of(bool b) { return b ? Truth::True : Truth::False; }

/// False dominates, then Error, then Unknown.
constexpr Truth truth_and(Truth a, Truth b) {
  for (Truth t : {Truth::False, Truth::Error, Truth::Unknown})
    if (a == t || b == t) return t;
  return Truth::True;
}

/// True dominates, then Error, then Unknown.
constexpr Truth truth_or(Truth a, Truth b) {
  for (Truth t : {Truth::True, Truth::Error, Truth::Unknown})
    if (a == t || b == t) return t;
  return Truth::False;
}

/// Swaps True and False; keeps the undecided ones.
constexpr Truth truth_not(Truth t) {
  return t == Truth::True ? Truth::False : t == Truth::False ? Truth::True : t;
}

/// "true", "false", "unknown", "error".
constexpr std::string_view name_of(Truth t) {
  switch (t) {
  case Truth::True:
    return "true";
  case Truth::False:
    return "false";
  case Truth::Unknown:
    return "unknown";
  case Truth::Error:
    break;
  }
  return "error";
}

/// Why something failed: a stable code word of the semantics pages and a sentence for people.
struct Failure {
  std::string code;
  std::string message;
};

} // namespace writ::reference
