// SPDX-License-Identifier: MIT
#include "constants.h"

#include "writ/bytecode/format.h"
#include "writ/text.h"

#include <bit>
#include <cmath>

namespace writ::bc {

namespace {

enum class Tag : std::uint8_t { Null, False, True, Integer, Floating, String, Array, Object };

void append_tag(std::string& out, Tag tag) { out.push_back(static_cast<char>(tag)); }

void append_sized_text(std::string& out, std::string_view text) {
  append_number(out, static_cast<std::uint32_t>(text.size()));
  out += text;
}

std::string_view read_sized_text(ByteReader& in, Arena& arena) {
  const auto size = in.number<std::uint32_t>();
  const std::string_view text = in.text(size);
  if (!valid_utf8(text)) in.fail();
  return arena.copy(text);
}

} // namespace

void append_constant(std::string& out, const Value& value) {
  switch (value.kind()) {
  case ValueKind::Missing:
  case ValueKind::Unknown:
  case ValueKind::Error:
  case ValueKind::Null:
    append_tag(out, Tag::Null);
    return;
  case ValueKind::Bool:
    append_tag(out, value.as_bool() ? Tag::True : Tag::False);
    return;
  case ValueKind::Int:
    append_tag(out, Tag::Integer);
    append_number(out, value.as_int());
    return;
  case ValueKind::Float:
    append_tag(out, Tag::Floating);
    append_number(out, std::bit_cast<std::uint64_t>(value.as_float()));
    return;
  case ValueKind::String:
    append_tag(out, Tag::String);
    append_sized_text(out, value.as_string());
    return;
  case ValueKind::Array:
    append_tag(out, Tag::Array);
    append_number(out, static_cast<std::uint32_t>(value.as_array().size()));
    for (const Value& element : value.as_array())
      append_constant(out, element);
    return;
  case ValueKind::Object:
    append_tag(out, Tag::Object);
    append_number(out, static_cast<std::uint32_t>(value.as_object().size()));
    for (const Member& member : value.as_object()) {
      append_sized_text(out, member.key);
      append_constant(out, member.value);
    }
    return;
  }
}

Value read_constant(ByteReader& in, Arena& arena, unsigned depth) {
  if (depth > ProgramLimits::kConstantDepth) return in.fail(), Value{};
  switch (static_cast<Tag>(in.number<std::uint8_t>())) {
  case Tag::Null:
    return Value::null();
  case Tag::False:
    return Value::boolean(false);
  case Tag::True:
    return Value::boolean(true);
  case Tag::Integer:
    return Value::integer(in.number<std::int64_t>());
  case Tag::Floating: {
    const auto number = std::bit_cast<double>(in.number<std::uint64_t>());
    if (!std::isfinite(number)) in.fail();
    return Value::floating(number);
  }
  case Tag::String:
    return Value::string(read_sized_text(in, arena));
  case Tag::Array: {
    const auto count = in.number<std::uint32_t>();
    if (count > in.left())
      return in.fail(), Value{}; // every element takes a byte: no allocation beyond the file
    const auto elements = arena.array<Value>(count);
    for (Value& element : elements)
      element = read_constant(in, arena, depth + 1);
    return Value::array(elements);
  }
  case Tag::Object: {
    const auto count = in.number<std::uint32_t>();
    if (count > in.left() / 5) return in.fail(), Value{};
    const auto members = arena.array<Member>(count);
    for (Member& member : members) {
      member.key = read_sized_text(in, arena);
      member.value = read_constant(in, arena, depth + 1);
    }
    return Value::object(members);
  }
  }
  return in.fail(), Value{};
}

} // namespace writ::bc
