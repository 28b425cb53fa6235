// SPDX-License-Identifier: MIT
// Member look-up, error records and deep copies of values.
#include "writ/semantics/value.h"

#include "writ/text.h"

namespace writ {

Value find_member(const Value& object, std::string_view key) {
  if (!object.is(ValueKind::Object)) return Value::missing();
  for (const Member& member : object.as_object())
    if (member.key.size() == key.size() && equal_ascii_fold(member.key, key)) return member.value;
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
    const auto elements = arena.array<Value>(value.as_array().size());
    for (std::size_t i = 0; i < elements.size(); ++i)
      elements[i] = copy_into(arena, value.as_array()[i]);
    return Value::array(elements);
  }
  case ValueKind::Object: {
    const auto members = arena.array<Member>(value.as_object().size());
    for (std::size_t i = 0; i < members.size(); ++i) {
      const Member& from = value.as_object()[i];
      members[i] = {arena.copy(from.key), copy_into(arena, from.value)};
    }
    return Value::object(members);
  }
  case ValueKind::Error:
    return make_error(arena, value.as_error().code, value.as_error().detail);
  case ValueKind::Missing:
  case ValueKind::Null:
  case ValueKind::Bool:
  case ValueKind::Int:
  case ValueKind::Float:
  case ValueKind::Unknown:
    break;
  }
  return value;
}

} // namespace writ
