// SPDX-License-Identifier: MIT
#include "check/types.h"
#include "writ/text.h"

namespace writ::check {

namespace {

struct NamedType {
  std::string_view name;
  TypeKind kind;
};
constexpr NamedType kNamedTypes[] = {
    {"Any", TypeKind::Any},           {"Bool", TypeKind::Bool},     {"Int", TypeKind::Int},
    {"Float", TypeKind::Float},       {"String", TypeKind::String}, {"DateTime", TypeKind::DateTime},
    {"Duration", TypeKind::Duration}, {"Object", TypeKind::Object}, {"Effect", TypeKind::Effect},
};

bool is_numeric(TypeKind kind) { return kind == TypeKind::Int || kind == TypeKind::Float; }

} // namespace

bool is_text(TypeKind kind) {
  return kind == TypeKind::String || kind == TypeKind::DateTime || kind == TypeKind::Effect;
}

std::string to_text(const Type& type) {
  if (type.kind == TypeKind::Array)
    return "[" + (type.element ? to_text(*type.element) : std::string("Any")) + "]";
  for (const NamedType& row : kNamedTypes)
    if (row.kind == type.kind) return std::string(row.name);
  return "Any";
}

Type type_of(PropertyType type) {
  switch (type) {
  case PropertyType::String:
    return Type::of(TypeKind::String);
  case PropertyType::Integer:
    return Type::of(TypeKind::Int);
  case PropertyType::Number:
    return Type::of(TypeKind::Float);
  case PropertyType::Boolean:
    return Type::of(TypeKind::Bool);
  case PropertyType::Array:
    return Type::array_of(Type{});
  case PropertyType::Object:
    return Type::of(TypeKind::Object);
  default:
    return {};
  }
}

Type type_of(const Alias& alias) {
  Type type = type_of(alias.property_type);
  if (type.kind == TypeKind::String)
    for (std::string_view value : alias.allowed)
      type.allowed.emplace_back(value);
  return type;
}

bool find_named_type(std::string_view name, Type& out) {
  for (const NamedType& row : kNamedTypes)
    if (row.name == name) {
      out = Type::of(row.kind);
      if (row.kind == TypeKind::Effect) out.allowed = effect_names();
      return true;
    }
  return false;
}

const std::vector<std::string_view>& type_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const NamedType& row : kNamedTypes)
      all.push_back(row.name);
    return all;
  }();
  return names;
}

bool comparable(const Type& a, const Type& b) {
  if (a.kind == TypeKind::Any || b.kind == TypeKind::Any) return true;
  if (is_text(a.kind) && is_text(b.kind)) return true;
  if (is_numeric(a.kind) && is_numeric(b.kind)) return true;
  if (a.kind == TypeKind::Array && b.kind == TypeKind::Array && a.element && b.element)
    return comparable(*a.element, *b.element);
  return a.kind == b.kind;
}

bool orderable(const Type& a, const Type& b) {
  auto fits = [](TypeKind kind) { return kind == TypeKind::Any || is_text(kind) || is_numeric(kind); };
  return fits(a.kind) && fits(b.kind) && comparable(a, b);
}

const std::vector<std::string>& effect_names() {
  static const std::vector<std::string> names = {
      "Audit",  "Deny",       "Disabled", "AuditIfNotExists", "DeployIfNotExists", "Append",
      "Modify", "DenyAction", "Manual"};
  return names;
}

} // namespace writ::check
