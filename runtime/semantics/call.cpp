// SPDX-License-Identifier: MIT
#include "call.h"

#include <algorithm>
#include <limits>

namespace writ::fn {

Value Call::fail(std::string_view code, std::string_view detail) const {
  return make_error(arena, code, std::string(info(function).name).append(": ").append(detail));
}

Value Call::bad_argument(std::size_t i, std::string_view expected) const {
  std::string detail = "argument " + std::to_string(i + 1) + " is ";
  detail.append(kind_phrase(arguments[i])).append(", expected ").append(expected);
  return fail("bad-argument-type", detail);
}

Value Call::too_large() const { return fail("limit-exceeded", "the result is too large"); }

Value Call::array(std::span<const Value> elements) const {
  const auto kept = arena.array<Value>(elements.size());
  std::copy(elements.begin(), elements.end(), kept.begin());
  return Value::array(kept);
}

Value Call::object(std::span<const Member> members) const {
  const auto kept = arena.array<Member>(members.size());
  std::copy(members.begin(), members.end(), kept.begin());
  return Value::object(kept);
}

std::optional<std::string_view> text_or_null(const Value& value) {
  if (value.is(ValueKind::String)) return value.as_string();
  if (value.absent()) return std::string_view();
  return std::nullopt;
}

std::optional<std::int64_t> index_argument(const Call& call, std::size_t i, Value& error) {
  const Value& value = call[i];
  if (!value.is(ValueKind::Int)) {
    error = call.bad_argument(i, "an integer");
    return std::nullopt;
  }
  const std::int64_t index = value.as_int();
  if (index < std::numeric_limits<std::int32_t>::min() || index > std::numeric_limits<std::int32_t>::max()) {
    error = call.fail("overflow", "a position or count must fit 32 bits");
    return std::nullopt;
  }
  return index;
}

std::string_view kind_phrase(const Value& value) {
  switch (value.kind()) {
  case ValueKind::Missing:
  case ValueKind::Null:
    return "null";
  case ValueKind::Bool:
    return "a boolean";
  case ValueKind::Int:
    return "an integer";
  case ValueKind::Float:
    return "a floating-point number";
  case ValueKind::String:
    return "a string";
  case ValueKind::Array:
    return "an array";
  case ValueKind::Object:
    return "an object";
  case ValueKind::Unknown:
    return "unknown";
  case ValueKind::Error:
    break;
  }
  return "an error";
}

Value undecided_inside(const Value& value) {
  if (value.undecided()) return value;
  if (value.is(ValueKind::Array)) {
    for (const Value& element : value.as_array())
      if (const Value found = undecided_inside(element); !found.is(ValueKind::Missing)) return found;
  } else if (value.is(ValueKind::Object)) {
    for (const Member& member : value.as_object())
      if (const Value found = undecided_inside(member.value); !found.is(ValueKind::Missing)) return found;
  }
  return Value::missing();
}

std::size_t text_bytes_inside(const Value& value, std::size_t limit) {
  std::size_t bytes = 0;
  if (value.is(ValueKind::String)) return value.as_string().size();
  if (value.is(ValueKind::Array)) {
    for (const Value& element : value.as_array())
      if (bytes <= limit) bytes += text_bytes_inside(element, limit);
  } else if (value.is(ValueKind::Object)) {
    for (const Member& member : value.as_object())
      if (bytes <= limit) bytes += member.key.size() + text_bytes_inside(member.value, limit);
  }
  return bytes;
}

} // namespace writ::fn
