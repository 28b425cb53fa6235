// SPDX-License-Identifier: MIT
// Static types of expressions.
#pragma once

#include "writ/catalog.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace writ::check {

enum class TypeKind : std::uint8_t {
  Any,
  Bool,
  Int,
  Float,
  String,
  DateTime,
  Duration,
  Array,
  Object,
  Effect
};

/// A type. Values: cheap to copy.
struct Type {
  TypeKind kind = TypeKind::Any;
  std::shared_ptr<const Type> element; ///< of Array
  std::vector<std::string> allowed;    ///< of String and Effect: the values it can have; empty = any

  static Type of(TypeKind kind) { return {kind, nullptr, {}}; }
  static Type array_of(Type element) {
    return {TypeKind::Array, std::make_shared<const Type>(std::move(element)), {}};
  }
};

/// "String", "[Int]", "Object".
std::string to_text(const Type& type);

/// The type behind a catalogue entry.
Type type_of(const Alias& alias);
Type type_of(PropertyType type);

/// The type named in source: Bool, Int, Float, String, DateTime, Duration, Effect, Object, Any. False when
/// unknown.
bool find_named_type(std::string_view name, Type& out);
const std::vector<std::string_view>& type_names();

/// String, DateTime, Effect: strings in JSON.
bool is_text(TypeKind kind);
/// Whether == between the two can ever be true. Any compares with everything; Int with Float; DateTime with
/// String.
bool comparable(const Type& a, const Type& b);
/// Whether < between the two makes sense: numbers with numbers, texts with texts.
bool orderable(const Type& a, const Type& b);

/// Azure's effects in customary spelling: Audit, Deny, Disabled, …
const std::vector<std::string>& effect_names();

} // namespace writ::check
