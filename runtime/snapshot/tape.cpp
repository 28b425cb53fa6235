// SPDX-License-Identifier: MIT
#include "snapshot/tape.h"

#include <bit>
#include <charconv>

namespace writ::snapshot {

std::uint32_t Tape::count(std::uint32_t at) const {
  const auto stored = static_cast<std::uint32_t>(words_[at] >> 32) & kCountLimit;
  if (stored < kCountLimit) return stored;
  std::uint32_t counted = 0;
  const bool object = kind(at) == TapeKind::Object;
  for (std::uint32_t next = begin(at); next < end(at); next = after(next)) {
    if (object) ++next;
    ++counted;
  }
  return counted;
}

Value Tape::scalar(std::uint32_t at) const {
  switch (kind(at)) {
  case TapeKind::String:
    return Value::string(text(at));
  case TapeKind::Int:
    return Value::integer(std::bit_cast<std::int64_t>(words_[at + 1]));
  case TapeKind::Unsigned:
    return Value::floating(static_cast<double>(words_[at + 1]));
  case TapeKind::Double:
    return Value::floating(std::bit_cast<double>(words_[at + 1]));
  case TapeKind::Decimal: {
    const std::string_view digits = text(at);
    double number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return Value::floating(number);
  }
  case TapeKind::True:
    return Value::boolean(true);
  case TapeKind::False:
    return Value::boolean(false);
  default:
    return Value::null();
  }
}

Value Tape::materialise(std::uint32_t at, Arena& arena) const {
  // The depth is bounded by the parser (1024 levels).
  if (kind(at) == TapeKind::Array) {
    const auto elements = arena.array<Value>(count(at));
    std::uint32_t next = begin(at);
    for (Value& element : elements) {
      element = materialise(next, arena);
      next = after(next);
    }
    return Value::array(elements);
  }
  if (kind(at) == TapeKind::Object) {
    const auto members = arena.array<Member>(count(at));
    std::uint32_t next = begin(at);
    for (Member& member : members) {
      member.key = text(next);
      member.value = materialise(next + 1, arena);
      next = after(next + 1);
    }
    return Value::object(members);
  }
  return scalar(at);
}

} // namespace writ::snapshot
