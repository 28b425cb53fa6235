// SPDX-License-Identifier: MIT
// Functions on arrays, and min, max and range. Source: "Functions".
#include "call.h"

#include "deep_equal.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace writ::fn {

namespace {

Value extreme(const Call& call, bool smallest) {
  std::span<const Value> numbers = call.arguments;
  if (call.size() == 1 && call[0].is(ValueKind::Array)) numbers = call[0].as_array();
  if (numbers.empty()) return call.bad_argument(0, "at least one number");
  for (const Value& number : numbers)
    if (number.undecided()) return number;
  bool floating = false;
  Value best = numbers.front();
  for (const Value& number : numbers) {
    if (!number.is_number())
      return call.fail("bad-argument-type", std::string(kind_phrase(number)).append(" is not a number"));
    floating = floating || number.is(ValueKind::Float);
    const bool both_integers = number.is(ValueKind::Int) && best.is(ValueKind::Int);
    const bool less = both_integers ? number.as_int() < best.as_int() : number.as_number() < best.as_number();
    const bool more = both_integers ? number.as_int() > best.as_int() : number.as_number() > best.as_number();
    if (smallest ? less : more) best = number;
  }
  return floating ? Value::floating(best.as_number()) : best;
}

/// The element that `index` (from the end, 1 = last) names, Missing when it is outside.
Value from_end(const Value& array, std::int64_t index) {
  const auto elements = array.as_array();
  if (index < 1 || index > static_cast<std::int64_t>(elements.size())) return Value::missing();
  return elements[elements.size() - static_cast<std::size_t>(index)];
}

} // namespace

Value Array(const Call& call) {
  if (call[0].is(ValueKind::Array)) return call[0];
  return call.array(call.arguments);
}

Value CreateArray(const Call& call) { return call.array(call.arguments); }

Value Min(const Call& call) { return extreme(call, true); }

Value Max(const Call& call) { return extreme(call, false); }

Value Range(const Call& call) {
  constexpr std::int64_t kMaxCount = 10000;
  Value error;
  const auto start = index_argument(call, 0, error);
  if (!start) return error;
  const auto count = index_argument(call, 1, error);
  if (!count) return error;
  if (*count < 0 || *count > kMaxCount) return call.fail("index-range", "the count must be 0 to 10000");
  if (*start + *count - 1 > std::numeric_limits<std::int32_t>::max())
    return call.fail("index-range", "the last number must fit 32 bits");
  const auto elements = call.arena.array<Value>(static_cast<std::size_t>(*count));
  for (std::size_t i = 0; i < elements.size(); ++i)
    elements[i] = Value::integer(*start + static_cast<std::int64_t>(i));
  return Value::array(elements);
}

Value IndexFromEnd(const Call& call) {
  if (!call[0].is(ValueKind::Array)) return call.bad_argument(0, "an array");
  Value error;
  const auto index = index_argument(call, 1, error);
  if (!index) return error;
  const Value element = from_end(call[0], *index);
  return element.is(ValueKind::Missing) ? call.fail("index-range", "the position is outside the array")
                                        : element;
}

Value TryIndexFromEnd(const Call& call) {
  if (call[0].absent()) return Value::null();
  if (!call[0].is(ValueKind::Array)) return call.bad_argument(0, "an array");
  Value error;
  const auto index = index_argument(call, 1, error);
  if (!index) return error;
  const Value element = from_end(call[0], *index);
  return element.is(ValueKind::Missing) ? Value::null() : element;
}

} // namespace writ::fn
