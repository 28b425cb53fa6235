// SPDX-License-Identifier: MIT
// String functions, and those that treat strings and arrays alike. Source: "Functions".
#include "call.h"

#include "fold_search.h"
#include "utf16.h"
#include "writ/semantics/number_text.h"
#include "writ/text.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace writ::fn {

namespace {

bool is_white_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

Value concat_arrays(const Call& call) {
  std::vector<Value> elements;
  for (const Value& argument : call.arguments) {
    const auto more = argument.as_array();
    if (elements.size() + more.size() > kMaxFunctionNodes) return call.too_large();
    elements.insert(elements.end(), more.begin(), more.end());
  }
  return call.array(elements);
}

/// Every code point of a string or null through `map`.
Value map_code_points(const Call& call, char32_t (*map)(char32_t)) {
  const auto text = text_or_null(call[0]);
  if (!text) return call.bad_argument(0, "a string");
  std::string out;
  out.reserve(text->size());
  std::size_t at = 0;
  while (at < text->size()) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(*text, at);
    const char32_t mapped = map(c);
    if (mapped == c)
      out.append(*text, begin, at - begin);
    else
      append_code_point(out, mapped);
  }
  return call.text(out);
}

/// Length of a string, array, object or null; nothing for others.
std::optional<std::size_t> length_of(const Value& value) {
  if (value.absent()) return 0;
  if (value.is(ValueKind::String)) return detail::utf16_length(value.as_string());
  if (value.is(ValueKind::Array)) return value.as_array().size();
  if (value.is(ValueKind::Object)) return value.as_object().size();
  return std::nullopt;
}

Value slice_text(const Call& call, std::size_t start, std::size_t count) {
  return call.text(detail::utf16_slice(call[0].as_string(), start, count));
}

constexpr std::size_t kRest = std::numeric_limits<std::size_t>::max();

/// take and skip: `from` and `count` of what remains when n is clipped to the length.
Value slice(const Call& call, bool take) {
  Value error;
  const auto n = index_argument(call, 1, error);
  const Value& source = call[0];
  if (!source.absent() && !source.is(ValueKind::String) && !source.is(ValueKind::Array))
    return call.bad_argument(0, "a string or array");
  if (!n) return error;
  if (source.absent()) return Value::null();
  const auto bound = static_cast<std::size_t>(std::max<std::int64_t>(*n, 0));
  if (source.is(ValueKind::String)) return take ? slice_text(call, 0, bound) : slice_text(call, bound, kRest);
  const auto elements = source.as_array();
  const std::size_t cut = std::min(bound, elements.size());
  return Value::array(take ? elements.first(cut) : elements.subspan(cut));
}

Value end_of(const Call& call, bool first) {
  const Value& source = call[0];
  if (source.absent()) return Value::null();
  if (source.is(ValueKind::Array)) {
    if (source.as_array().empty()) return Value::null();
    return first ? source.as_array().front() : source.as_array().back();
  }
  if (!source.is(ValueKind::String)) return call.bad_argument(0, "a string or array");
  const std::size_t length = detail::utf16_length(source.as_string());
  if (length == 0) return source;
  return slice_text(call, first ? 0 : length - 1, 1);
}

/// startsWith and endsWith.
Value affix(const Call& call, bool (*test)(std::string_view, std::string_view)) {
  const auto text = text_or_null(call[0]);
  if (!text) return call.bad_argument(0, "a string");
  const auto part = text_or_null(call[1]);
  if (!part) return call.bad_argument(1, "a string");
  return Value::boolean(test(*text, *part));
}

} // namespace

Value Concat(const Call& call) {
  const auto is_array = [](const Value& v) { return v.is(ValueKind::Array); };
  if (std::all_of(call.arguments.begin(), call.arguments.end(), is_array)) return concat_arrays(call);
  std::string out;
  for (std::size_t i = 0; i < call.size(); ++i) {
    const Value& argument = call[i];
    if (argument.is(ValueKind::String))
      out += argument.as_string();
    else if (argument.is(ValueKind::Int))
      append_integer(out, argument.as_int());
    else if (argument.is(ValueKind::Bool))
      out += argument.as_bool() ? "True" : "False";
    else if (!argument.absent())
      return call.bad_argument(i, "a string, integer, boolean or null, or nothing but arrays");
    if (out.size() > kCertainlyTooLong) return call.too_large();
  }
  return call.text(out);
}

Value ToLower(const Call& call) { return map_code_points(call, &lower_code_point); }

Value ToUpper(const Call& call) { return map_code_points(call, &upper_code_point); }

Value Trim(const Call& call) {
  const auto text = text_or_null(call[0]);
  if (!text) return call.bad_argument(0, "a string");
  std::size_t begin = text->size();
  std::size_t end = 0;
  std::size_t at = 0;
  while (at < text->size()) {
    const std::size_t here = at;
    if (is_white_space(next_code_point(*text, at))) continue;
    begin = std::min(begin, here);
    end = at;
  }
  return Value::string(begin < end ? text->substr(begin, end - begin) : std::string_view(""));
}

Value Length(const Call& call) {
  const auto length = length_of(call[0]);
  if (!length) return call.bad_argument(0, "a string, array or object");
  return Value::integer(static_cast<std::int64_t>(*length));
}

Value Empty(const Call& call) {
  const auto length = length_of(call[0]);
  if (!length) return call.bad_argument(0, "a string, array or object");
  return Value::boolean(*length == 0);
}

Value Substring(const Call& call) {
  const auto text = text_or_null(call[0]);
  if (!text) return call.bad_argument(0, "a string");
  Value error;
  const auto start = index_argument(call, 1, error);
  if (!start) return error;
  const auto length = static_cast<std::int64_t>(detail::utf16_length(*text));
  std::int64_t count = length - *start;
  if (call.size() == 3) {
    const auto wanted = index_argument(call, 2, error);
    if (!wanted) return error;
    count = *wanted;
  }
  if (*start < 0 || *start > length || count < 0 || *start + count > length)
    return call.fail("index-range", "start and length must stay inside the string");
  return call.text(
      detail::utf16_slice(*text, static_cast<std::size_t>(*start), static_cast<std::size_t>(count)));
}

Value Take(const Call& call) { return slice(call, true); }

Value Skip(const Call& call) { return slice(call, false); }

Value First(const Call& call) { return end_of(call, true); }

Value Last(const Call& call) { return end_of(call, false); }

Value StartsWith(const Call& call) { return affix(call, &detail::starts_with_fold); }

Value EndsWith(const Call& call) { return affix(call, &detail::ends_with_fold); }

Value PadLeft(const Call& call) {
  constexpr std::int64_t kMaxWidth = 16;
  std::string text;
  if (call[0].is(ValueKind::Int)) {
    append_integer(text, call[0].as_int());
  } else {
    const auto given = text_or_null(call[0]);
    if (!given) return call.bad_argument(0, "a string or integer");
    text = *given;
  }
  Value error;
  const auto width = index_argument(call, 1, error);
  if (!width) return error;
  std::string_view pad = " ";
  if (call.size() == 3 && !call[2].absent()) {
    if (!call[2].is(ValueKind::String) || detail::utf16_length(call[2].as_string()) != 1)
      return call.bad_argument(2, "a string of one character");
    pad = call[2].as_string();
  }
  if (*width <= 0 || *width > kMaxWidth) return call.fail("index-range", "the width must be 1 to 16");
  std::string out;
  for (std::size_t length = detail::utf16_length(text); length < static_cast<std::size_t>(*width); ++length)
    out += pad;
  return call.text(out.append(text));
}

Value String(const Call& call) {
  const Value& value = call[0];
  std::string out;
  switch (value.kind()) {
  case ValueKind::String:
    return value;
  case ValueKind::Missing:
  case ValueKind::Null:
    return Value::string("");
  case ValueKind::Bool:
    return Value::string(value.as_bool() ? "True" : "False");
  case ValueKind::Int:
    append_integer(out, value.as_int());
    return call.text(out);
  case ValueKind::Array:
  case ValueKind::Object:
    if (const Value inner = undecided_inside(value); !inner.is(ValueKind::Missing)) return inner;
    if (text_bytes_inside(value, kCertainlyTooLong) > kCertainlyTooLong) return call.too_large();
    append_json(out, value);
    return call.text(out);
  default:
    return call.bad_argument(0, "a string, integer, boolean, array or object");
  }
}

} // namespace writ::fn
