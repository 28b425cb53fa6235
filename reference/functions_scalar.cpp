// SPDX-License-Identifier: MIT
// Numbers, logic, comparison, conversion, dates and addresses.
// Source: "Numeric, logical, comparison, conversion", "ipRangeContains", "Accepted date strings".
#include "dates.h"
#include "function_support.h"
#include "ip_range.h"
#include "text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace writ::reference {
namespace {

enum class Arithmetic { Add, Sub, Mul, Div, Mod };

template <Arithmetic operation> Outcome call_arithmetic(Arguments args) {
  for (std::size_t i = 0; i < 2; ++i)
    if (!is_int(args[i].value)) return bad_argument(i, "an integer");
  const std::int64_t a = as_int(args[0].value);
  const std::int64_t b = as_int(args[1].value);
  constexpr bool kDivides = operation == Arithmetic::Div || operation == Arithmetic::Mod;
  if (kDivides && b == 0) return Outcome::error("division-by-zero", "division by zero");
  std::int64_t result = 0;
  bool overflow = kDivides && b == -1 && a == std::numeric_limits<std::int64_t>::min();
  if (!overflow) {
    switch (operation) {
    case Arithmetic::Add:
      overflow = __builtin_add_overflow(a, b, &result);
      break;
    case Arithmetic::Sub:
      overflow = __builtin_sub_overflow(a, b, &result);
      break;
    case Arithmetic::Mul:
      overflow = __builtin_mul_overflow(a, b, &result);
      break;
    case Arithmetic::Div:
      result = a / b;
      break;
    case Arithmetic::Mod:
      result = a % b;
      break;
    }
  }
  if (overflow) return Outcome::error("overflow", "the result does not fit 64 bits");
  return Outcome::of(result);
}

Outcome call_int(Arguments args) {
  const json& v = args[0].value;
  if (is_int(v)) return Outcome::of(v);
  if (!v.is_string()) return bad_argument(0, "an integer or a string");
  const std::string text = trim(v.get_ref<const std::string&>());
  std::string_view digits = text;
  if (!digits.empty() && digits.front() == '+') {
    digits.remove_prefix(1);
    if (!digits.empty() && digits.front() == '-') digits = {};
  }
  std::int64_t value = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size())
    return Outcome::error("bad-number", "'" + text + "' is no integer");
  return Outcome::of(value);
}

Outcome call_float(Arguments args) {
  const json& v = args[0].value;
  if (v.is_number()) return Outcome::of(as_double(v));
  if (v.is_boolean()) return Outcome::of(v.get<bool>() ? 1.0 : 0.0);
  if (!v.is_string()) return bad_argument(0, "a number, a string or a boolean");
  const std::string text = trim(v.get_ref<const std::string&>());
  std::string_view body = text;
  if (!body.empty() && body.front() == '+') body.remove_prefix(1);
  double value = 0;
  const auto parsed = std::from_chars(body.data(), body.data() + body.size(), value);
  const bool plain = !body.empty() && body.find_first_not_of("+-.eE0123456789") == std::string_view::npos &&
                     !(text.front() == '+' && body.front() == '-');
  if (!plain || parsed.ec != std::errc() || parsed.ptr != body.data() + body.size())
    return Outcome::error("bad-number", "'" + text + "' is no number");
  return Outcome::of(value);
}

Outcome call_bool(Arguments args) {
  const json& v = args[0].value;
  if (v.is_boolean()) return Outcome::of(v);
  if (v.is_number()) return Outcome::of(is_int(v) ? as_int(v) != 0 : as_double(v) != 0.0);
  if (!v.is_string()) return bad_argument(0, "a string, a number or a boolean");
  const std::string text = trim(v.get_ref<const std::string&>());
  if (equal_ascii(text, "true")) return Outcome::of(true);
  if (equal_ascii(text, "false")) return Outcome::of(false);
  return Outcome::error("bad-number", "'" + text + "' is neither true nor false");
}

Outcome call_true(Arguments /*args*/) { return Outcome::of(true); }
Outcome call_false(Arguments /*args*/) { return Outcome::of(false); }
Outcome call_null(Arguments /*args*/) { return Outcome::of(nullptr); }

Outcome call_not(Arguments args) {
  if (!args[0].value.is_boolean()) return bad_argument(0, "a boolean");
  return Outcome::of(!args[0].value.get<bool>());
}

Outcome call_equals(Arguments args) {
  for (std::size_t i = 0; i < 2; ++i) {
    const json& other = args[1 - i].value;
    // Rules in use compare field('x') with '' where the property may be absent.
    if (args[i].absent_field && other.is_string() && other.get_ref<const std::string&>().empty())
      return Outcome::of(true);
  }
  return Outcome::of(function_equal(args[0].value, args[1].value, true));
}

/// Case-blind order first; where that is equal, lower case sorts before upper case.
int compare_culture(const std::string& a, const std::string& b) {
  const int order = fold(a).compare(fold(b));
  if (order != 0) return order;
  const std::u32string pa = code_points(a);
  const std::u32string pb = code_points(b);
  for (std::size_t i = 0; i < std::min(pa.size(), pb.size()); ++i) {
    if (pa[i] == pb[i]) continue;
    const bool a_is_lower = code_points(to_lower(from_code_points(pa.substr(i, 1))))[0] == pa[i];
    return a_is_lower ? -1 : 1;
  }
  return 0;
}

enum class Order { Less, LessOrEquals, Greater, GreaterOrEquals };

template <Order order> Outcome call_order(Arguments args) {
  const json& a = args[0].value;
  const json& b = args[1].value;
  int sign = 0;
  if (a.is_number() && b.is_number()) {
    if (is_int(a) && is_int(b))
      sign = as_int(a) < as_int(b) ? -1 : as_int(a) > as_int(b);
    else
      sign = as_double(a) < as_double(b) ? -1 : as_double(a) > as_double(b);
  } else {
    const auto text_a = text_argument(a);
    const auto text_b = text_argument(b);
    if (!text_a || !text_b) return bad_argument(text_a ? 1 : 0, "a number or a string like the other");
    sign = compare_culture(*text_a, *text_b);
  }
  switch (order) {
  case Order::Less:
    return Outcome::of(sign < 0);
  case Order::LessOrEquals:
    return Outcome::of(sign <= 0);
  case Order::Greater:
    return Outcome::of(sign > 0);
  case Order::GreaterOrEquals:
    break;
  }
  return Outcome::of(sign >= 0);
}

template <bool smallest> Outcome call_extreme(Arguments args) {
  std::vector<json> numbers;
  if (args.size() == 1 && args[0].value.is_array())
    for (const json& element : args[0].value)
      numbers.push_back(element);
  else
    for (const Outcome& argument : args)
      numbers.push_back(argument.value);
  if (numbers.empty()) return bad_argument(0, "an array that is not empty");
  bool any_float = false;
  const json* best = nullptr;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!numbers[i].is_number()) return bad_argument(i, "a number");
    any_float = any_float || is_float(numbers[i]);
    if (best == nullptr ||
        (smallest ? compare_numbers(numbers[i], *best) < 0 : compare_numbers(numbers[i], *best) > 0))
      best = &numbers[i];
  }
  return any_float ? Outcome::of(as_double(*best)) : Outcome::of(*best);
}

Outcome call_add_days(Arguments args) {
  if (!args[0].value.is_string()) return bad_argument(0, "a date string");
  if (!is_int(args[1].value)) return bad_argument(1, "an integer");
  const auto start = parse_strict_date(args[0].value.get_ref<const std::string&>());
  if (!start) return Outcome::error("bad-date", "'" + args[0].value.get<std::string>() + "' is no date");
  const std::int64_t days = as_int(args[1].value);
  if (!fits_int32(days)) return Outcome::error("overflow", "the number of days does not fit 32 bits");
  constexpr std::int64_t kAllDays = kTicksEnd / kTicksPerDay;
  if (days > kAllDays || days < -kAllDays) return Outcome::error("overflow", "the date leaves the calendar");
  const Ticks result = *start + days * kTicksPerDay;
  if (result < 0 || result >= kTicksEnd) return Outcome::error("overflow", "the date leaves the calendar");
  return Outcome::of(format_date(result));
}

Outcome call_ip_range_contains(Arguments args) {
  std::array<std::optional<IpRange>, 2> ranges;
  for (std::size_t i = 0; i < 2; ++i) {
    if (!args[i].value.is_string()) return bad_argument(i, "a string");
    ranges[i] = parse_ip_range(args[i].value.get_ref<const std::string&>());
    if (!ranges[i])
      return Outcome::error("bad-ip-range", "'" + args[i].value.get<std::string>() + "' is no address range");
  }
  if (ranges[0]->bytes != ranges[1]->bytes)
    return Outcome::error("bad-ip-range", "the address families differ");
  return Outcome::of(contains(*ranges[0], *ranges[1]));
}

constexpr std::array<FunctionRow, 21> kScalarFunctions{{
    {"add", 2, 2, call_arithmetic<Arithmetic::Add>},
    {"sub", 2, 2, call_arithmetic<Arithmetic::Sub>},
    {"mul", 2, 2, call_arithmetic<Arithmetic::Mul>},
    {"div", 2, 2, call_arithmetic<Arithmetic::Div>},
    {"mod", 2, 2, call_arithmetic<Arithmetic::Mod>},
    {"int", 1, 1, call_int},
    {"float", 1, 1, call_float},
    {"bool", 1, 1, call_bool},
    {"true", 0, 0, call_true},
    {"false", 0, 0, call_false},
    {"null", 0, 0, call_null},
    {"not", 1, 1, call_not},
    {"equals", 2, 2, call_equals},
    {"less", 2, 2, call_order<Order::Less>},
    {"lessOrEquals", 2, 2, call_order<Order::LessOrEquals>},
    {"greater", 2, 2, call_order<Order::Greater>},
    {"greaterOrEquals", 2, 2, call_order<Order::GreaterOrEquals>},
    {"min", 1, -1, call_extreme<true>},
    {"max", 1, -1, call_extreme<false>},
    {"addDays", 2, 2, call_add_days},
    {"ipRangeContains", 2, 2, call_ip_range_contains},
}};

} // namespace

std::span<const FunctionRow> scalar_functions() { return kScalarFunctions; }

} // namespace writ::reference
