// SPDX-License-Identifier: MIT
#include "writ/semantics/value.h"
#include "writ/json_writer.h"
#include "writ/text.h"

#include <charconv>
#include <cmath>

namespace writ {

Value find_member(const Value& object, std::string_view key) {
  if (!object.is(ValueKind::Object)) return Value::missing();
  for (const Member& member : object.as_object())
    if (equal_ascii_fold(member.key, key)) return member.value;
  return Value::missing();
}

Value make_error(Arena& arena, std::string_view code, std::string_view detail) {
  return Value::error(arena.make(EvaluationError{arena.copy(code), arena.copy(detail)}));
}

Value copy_into(Arena& arena, const Value& value) {
  switch (value.kind()) {
  case ValueKind::String:
    return Value::string(arena.copy(value.as_string()));
  case ValueKind::Array: {
    const auto source = value.as_array();
    const std::span<Value> elements = arena.array<Value>(source.size());
    for (std::size_t i = 0; i < source.size(); ++i)
      elements[i] = copy_into(arena, source[i]);
    return Value::array(elements);
  }
  case ValueKind::Object: {
    const auto source = value.as_object();
    const std::span<Member> members = arena.array<Member>(source.size());
    for (std::size_t i = 0; i < source.size(); ++i)
      members[i] = {arena.copy(source[i].key), copy_into(arena, source[i].value)};
    return Value::object(members);
  }
  case ValueKind::Error:
    return make_error(arena, value.as_error().code, value.as_error().detail);
  default:
    return value;
  }
}

namespace {

void append_number(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  char buffer[40];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, number);
  std::string_view text(buffer, static_cast<std::size_t>(result.ptr - buffer));
  out += text;
  // A float that happens to be whole keeps its spelling apart from an integer's.
  if (text.find_first_of(".e") == std::string_view::npos) out += ".0";
}

} // namespace

void append_json(std::string& out, const Value& value) {
  switch (value.kind()) {
  case ValueKind::Missing:
  case ValueKind::Null:
    out += "null";
    return;
  case ValueKind::Bool:
    out += value.as_bool() ? "true" : "false";
    return;
  case ValueKind::Int:
    out += std::to_string(value.as_int());
    return;
  case ValueKind::Float:
    append_number(out, value.as_float());
    return;
  case ValueKind::String:
    append_json_string(out, value.as_string());
    return;
  case ValueKind::Array: {
    out += '[';
    bool first = true;
    for (const Value& element : value.as_array()) {
      if (!first) out += ',';
      first = false;
      append_json(out, element);
    }
    out += ']';
    return;
  }
  case ValueKind::Object: {
    out += '{';
    bool first = true;
    for (const Member& member : value.as_object()) {
      if (!first) out += ',';
      first = false;
      append_json_string(out, member.key);
      out += ':';
      append_json(out, member.value);
    }
    out += '}';
    return;
  }
  case ValueKind::Unknown:
    out += "\"<unknown>\"";
    return;
  case ValueKind::Error:
    append_json_string(out, "<error: " + std::string(value.as_error().code) + ">");
    return;
  }
}

std::string to_json(const Value& value) {
  std::string out;
  append_json(out, value);
  return out;
}

} // namespace writ
