// SPDX-License-Identifier: MIT
// The value of a property or an expression. Sixteen bytes, copied freely; text and containers are borrowed.
#pragma once

#include "writ/arena.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace writ {

enum class ValueKind : std::uint8_t {
  Missing,
  Null,
  Bool,
  Int,
  Float,
  String,
  Array,
  Object,
  Unknown,
  Error
};

/// Why an evaluation failed. `code` is one of the stable words of docs/azure-policy-semantics.md
/// ("division-by-zero", "index-range", "type-mismatch", …); `detail` is for people.
struct EvaluationError {
  std::string_view code;
  std::string_view detail;
};

struct Member;

/// Immutable. Strings, arrays and objects point into memory that somebody else owns: the parsed input, the
/// constants of a program, or an Arena; the producer's header says how long.
/// Missing = the path led nowhere; Null = present and null (or an absent field read by the function `field`,
/// see absent_field()); Unknown = the input does not tell; Error = evaluation failed.
class Value {
public:
  constexpr Value() = default; // Missing

  static constexpr Value missing() { return {}; }
  static constexpr Value null() { return Value(ValueKind::Null); }
  /// The null that the function field('x') gives for an absent property; the function equals() takes it for
  /// "".
  static constexpr Value absent_field() {
    Value v(ValueKind::Null);
    v.flag_ = 1;
    return v;
  }
  static constexpr Value unknown() { return Value(ValueKind::Unknown); }
  static constexpr Value boolean(bool b) {
    Value v(ValueKind::Bool);
    v.data_.boolean = b;
    return v;
  }
  static constexpr Value integer(std::int64_t i) {
    Value v(ValueKind::Int);
    v.data_.integer = i;
    return v;
  }
  static constexpr Value floating(double d) {
    Value v(ValueKind::Float);
    v.data_.floating = d;
    return v;
  }
  static constexpr Value string(std::string_view s) {
    Value v(ValueKind::String);
    v.size_ = static_cast<std::uint32_t>(s.size());
    v.data_.text = s.data();
    return v;
  }
  static constexpr Value array(std::span<const Value> elements);
  /// Members keep document order. Look-ups take the first member whose key matches ignoring ASCII case.
  static constexpr Value object(std::span<const Member> members);
  /// `error` must outlive the value; functions allocate it in the arena they are given.
  static constexpr Value error(const EvaluationError* error) {
    Value v(ValueKind::Error);
    v.data_.error = error;
    return v;
  }

  [[nodiscard]] constexpr ValueKind kind() const { return kind_; }
  [[nodiscard]] constexpr bool is(ValueKind k) const { return kind_ == k; }
  /// Missing or null: what Azure Policy treats alike.
  [[nodiscard]] constexpr bool absent() const {
    return kind_ == ValueKind::Missing || kind_ == ValueKind::Null;
  }
  [[nodiscard]] constexpr bool is_number() const {
    return kind_ == ValueKind::Int || kind_ == ValueKind::Float;
  }
  /// Unknown or Error: no comparison may look inside.
  [[nodiscard]] constexpr bool undecided() const {
    return kind_ == ValueKind::Unknown || kind_ == ValueKind::Error;
  }
  [[nodiscard]] constexpr bool is_absent_field() const { return kind_ == ValueKind::Null && flag_ == 1; }

  // Accessors require the matching kind.
  [[nodiscard]] constexpr bool as_bool() const { return data_.boolean; }
  [[nodiscard]] constexpr std::int64_t as_int() const { return data_.integer; }
  [[nodiscard]] constexpr double as_float() const { return data_.floating; }
  /// Int or Float as a double.
  [[nodiscard]] constexpr double as_number() const {
    return kind_ == ValueKind::Int ? static_cast<double>(data_.integer) : data_.floating;
  }
  [[nodiscard]] constexpr std::string_view as_string() const { return {data_.text, size_}; }
  [[nodiscard]] constexpr std::span<const Value> as_array() const { return {data_.elements, size_}; }
  [[nodiscard]] constexpr std::span<const Member> as_object() const;
  [[nodiscard]] constexpr const EvaluationError& as_error() const { return *data_.error; }

private:
  constexpr explicit Value(ValueKind kind) : kind_(kind) {}
  ValueKind kind_ = ValueKind::Missing;
  std::uint8_t flag_ = 0;
  std::uint32_t size_ = 0;
  union Data {
    std::int64_t integer = 0;
    bool boolean;
    double floating;
    const char* text;
    const Value* elements;
    const Member* members;
    const EvaluationError* error;
  } data_;
};
static_assert(sizeof(Value) == 16);

struct Member {
  std::string_view key;
  Value value;
};

constexpr Value Value::array(std::span<const Value> elements) {
  Value v(ValueKind::Array);
  v.size_ = static_cast<std::uint32_t>(elements.size());
  v.data_.elements = elements.data();
  return v;
}
constexpr Value Value::object(std::span<const Member> members) {
  Value v(ValueKind::Object);
  v.size_ = static_cast<std::uint32_t>(members.size());
  v.data_.members = members.data();
  return v;
}
constexpr std::span<const Member> Value::as_object() const { return {data_.members, size_}; }

/// First member whose key equals `key` ignoring ASCII case; Missing when there is none or `object` is not an
/// object.
Value find_member(const Value& object, std::string_view key);

/// Makes an Error value whose record and texts live in the arena.
Value make_error(Arena& arena, std::string_view code, std::string_view detail);

/// Deep copy of text and containers into the arena.
Value copy_into(Arena& arena, const Value& value);

/// Compact JSON text; Missing prints as null, Unknown as "<unknown>", Error as "<error: code>".
void append_json(std::string& out, const Value& value);
std::string to_json(const Value& value);

/// Parses JSON text into the arena (slow path: parameters, constants, tests). Error: the position and reason.
/// Strict JSON; integers that fit 64 bits are Int, everything else Float. Depth is limited to 128.
struct JsonError {
  std::size_t offset = 0;
  std::string reason;
};
bool parse_json(Arena& arena, std::string_view text, Value& out, JsonError& error);

} // namespace writ
