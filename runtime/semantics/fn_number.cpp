// SPDX-License-Identifier: MIT
// Integer arithmetic and conversions between numbers, strings and booleans. Source: "Functions".
#include "call.h"

#include "writ/semantics/number_text.h"
#include "writ/text.h"

#include <limits>

namespace writ::fn {

namespace {

/// Both arguments as integers; otherwise `error` is the result.
bool two_integers(const Call& call, std::int64_t& a, std::int64_t& b, Value& error) {
  for (std::size_t i = 0; i < 2; ++i) {
    if (call[i].is(ValueKind::Int)) continue;
    error = call.bad_argument(i, "an integer");
    return false;
  }
  a = call[0].as_int();
  b = call[1].as_int();
  return true;
}

Value checked(const Call& call, bool (*operation)(std::int64_t, std::int64_t, std::int64_t*)) {
  std::int64_t a = 0;
  std::int64_t b = 0;
  Value error;
  if (!two_integers(call, a, b, error)) return error;
  std::int64_t result = 0;
  if (operation(a, b, &result)) return call.fail("overflow", "the result does not fit 64 bits");
  return Value::integer(result);
}

Value divide(const Call& call, bool remainder) {
  std::int64_t a = 0;
  std::int64_t b = 0;
  Value error;
  if (!two_integers(call, a, b, error)) return error;
  if (b == 0) return call.fail("division-by-zero", "the divisor is 0");
  if (a == std::numeric_limits<std::int64_t>::min() && b == -1)
    return call.fail("overflow", "the result does not fit 64 bits");
  return Value::integer(remainder ? a % b : a / b);
}

std::string_view trim_ascii(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\n\v\f\r";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

} // namespace

Value Add(const Call& call) {
  return checked(
      call, [](std::int64_t a, std::int64_t b, std::int64_t* r) { return __builtin_add_overflow(a, b, r); });
}

Value Sub(const Call& call) {
  return checked(
      call, [](std::int64_t a, std::int64_t b, std::int64_t* r) { return __builtin_sub_overflow(a, b, r); });
}

Value Mul(const Call& call) {
  return checked(
      call, [](std::int64_t a, std::int64_t b, std::int64_t* r) { return __builtin_mul_overflow(a, b, r); });
}

Value Div(const Call& call) { return divide(call, false); }

Value Mod(const Call& call) { return divide(call, true); }

Value Int(const Call& call) {
  const Value& value = call[0];
  if (value.is(ValueKind::Int)) return value;
  if (!value.is(ValueKind::String)) return call.bad_argument(0, "an integer or a string");
  const auto parsed = parse_integer(value.as_string());
  if (!parsed) return call.fail("bad-number", "the string is not an integer of 64 bits");
  return Value::integer(*parsed);
}

Value Float(const Call& call) {
  const Value& value = call[0];
  if (value.is_number()) return Value::floating(value.as_number());
  if (value.is(ValueKind::Bool)) return Value::floating(value.as_bool() ? 1.0 : 0.0);
  if (!value.is(ValueKind::String)) return call.bad_argument(0, "a number, string or boolean");
  const auto parsed = parse_decimal(value.as_string());
  if (!parsed) return call.fail("bad-number", "the string is not a number");
  return Value::floating(*parsed);
}

Value Bool(const Call& call) {
  const Value& value = call[0];
  if (value.is(ValueKind::Bool)) return value;
  if (value.is_number()) return Value::boolean(value.as_number() != 0.0);
  if (!value.is(ValueKind::String)) return call.bad_argument(0, "a boolean, number or string");
  const std::string_view text = trim_ascii(value.as_string());
  if (equal_ascii_fold(text, "true")) return Value::boolean(true);
  if (equal_ascii_fold(text, "false")) return Value::boolean(false);
  return call.fail("bad-number", "the string is neither true nor false");
}

} // namespace writ::fn
