// SPDX-License-Identifier: MIT
// What the implementation of a template function sees. Private to this layer.
#pragma once

#include "writ/semantics/functions.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace writ::fn {

/// One call: arguments within the bounds of functions.def and, unless the function sees undecided values
/// itself, all decided at the top level.
class Call {
public:
  Function function;
  std::span<const Value> arguments;
  const EvaluationContext& context;
  Arena& arena;
  const SemanticsOptions& options;

  const Value& operator[](std::size_t i) const { return arguments[i]; }
  [[nodiscard]] std::size_t size() const { return arguments.size(); }

  /// An error whose detail begins with the function's name.
  [[nodiscard]] Value fail(std::string_view code, std::string_view detail) const;
  /// "bad-argument-type", saying what argument `i` is and what was expected.
  [[nodiscard]] Value bad_argument(std::size_t i, std::string_view expected) const;
  [[nodiscard]] Value too_large() const;
  /// A string result, copied into the arena.
  [[nodiscard]] Value text(std::string_view result) const { return Value::string(arena.copy(result)); }
  /// An array result of these elements, copied into the arena.
  [[nodiscard]] Value array(std::span<const Value> elements) const;
  [[nodiscard]] Value object(std::span<const Member> members) const;
};

using Implementation = Value (*)(const Call&);

// One implementation per row of functions.def, named as its enumerator.
#define WRIT_FUNCTION(name, azure, min_args, max_args, flags, doc) Value name(const Call& call);
#include "writ/semantics/functions.def"
#undef WRIT_FUNCTION

/// Text of a string, or of a null, which most string functions read as "".
std::optional<std::string_view> text_or_null(const Value& value);

/// A position or count: an integer of 32 bits. Otherwise `error` is the result of the call.
std::optional<std::int64_t> index_argument(const Call& call, std::size_t i, Value& error);

/// "a number", "an array", …
std::string_view kind_phrase(const Value& value);

/// The first Unknown or Error anywhere inside; Missing when everything is decided.
Value undecided_inside(const Value& value);

/// Bytes of all text inside, counted up to `limit`: whether writing the value out could pass a limit.
std::size_t text_bytes_inside(const Value& value, std::size_t limit);

/// Strings longer than this many bytes have more than kMaxFunctionString UTF-16 units for certain: loops stop
/// there before they fill the memory.
inline constexpr std::size_t kCertainlyTooLong = 3 * kMaxFunctionString;

} // namespace writ::fn
