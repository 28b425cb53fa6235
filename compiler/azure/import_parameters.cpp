// SPDX-License-Identifier: MIT
// Parameters of a definition. Source: docs/azure-policy-semantics.md, "Parameters".
#include "azure/definition_reader.h"
#include "writ/json_writer.h"
#include "writ/semantics/compare.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace writ::azure {

namespace {

constexpr std::array<std::string_view, 7> kParameterTypeNames = {"String", "Integer", "Float",   "Boolean",
                                                                 "Array",  "Object",  "DateTime"};

/// Members of `metadata` that have a place of their own in the IR.
bool has_own_place(std::string_view key) {
  return equal_ascii_fold(key, "displayName") || equal_ascii_fold(key, "description") ||
         equal_ascii_fold(key, "strongType");
}

} // namespace

bool DefinitionReader::accepts(const ir::PolicyParameter& parameter, const JsonNode& value) const {
  switch (parameter.type) {
  case ir::ParameterType::Integer:
    return value.is(JsonKind::Int);
  case ir::ParameterType::Float:
    return value.is(JsonKind::Int) || value.is(JsonKind::Float);
  case ir::ParameterType::Boolean:
    return value.is(JsonKind::Bool);
  case ir::ParameterType::Array:
    return value.is(JsonKind::Array);
  case ir::ParameterType::Object:
    return value.is(JsonKind::Object);
  case ir::ParameterType::String:
  case ir::ParameterType::DateTime:
    break;
  }
  return value.is(JsonKind::String);
}

void DefinitionReader::read_parameters(const JsonNode& parameters, ir::Policy& out) {
  if (!parameters.is(JsonKind::Object)) {
    rule_.fail(Code::NotAPolicyDefinition, parameters.span,
               fmt::format("`parameters` must be an object, not {}", kind_name(parameters.kind)));
    return;
  }
  if (const JsonMember* repeated = find_repeated_key(parameters)) {
    rule_.fail(Code::RepeatedPolicyMember, repeated->key_span,
               fmt::format("parameter `{}` is declared twice", repeated->key));
    return;
  }
  for (const JsonMember& member : parameters.members) {
    ir::PolicyParameter parameter;
    read_parameter(member, parameter);
    // Declared even when its declaration is wrong: uses of it are no second mistake.
    rule_.declare_parameter(parameter.name);
    out.parameters.push_back(std::move(parameter));
  }
}

void DefinitionReader::read_parameter(const JsonMember& member, ir::PolicyParameter& out) {
  out.name = member.key;
  out.span = member.key_span;
  const JsonNode& body = member.value;
  const JsonNode* type = body.find("type");
  const auto row =
      std::find_if(kParameterTypeNames.begin(), kParameterTypeNames.end(), [&](std::string_view name) {
        return type && type->is(JsonKind::String) && equal_ascii_fold(name, type->text);
      });
  if (row == kParameterTypeNames.end()) {
    rule_.fail(Diagnostic(Code::PolicyParameterDeclaration, type ? type->span : member.key_span,
                          fmt::format("parameter `{}` needs a type", member.key))
                   .note("types are String, Integer, Float, Boolean, Array, Object and DateTime"));
    return;
  }
  out.type = static_cast<ir::ParameterType>(row - kParameterTypeNames.begin());

  Arena arena;
  std::vector<Value> allowed;
  if (const JsonNode* list = body.find("allowedValues"); list && !list->is(JsonKind::Null)) {
    if (!list->is(JsonKind::Array)) {
      rule_.fail(Code::PolicyParameterDeclaration, list->span,
                 fmt::format("`allowedValues` must be an array, not {}", kind_name(list->kind)));
      return;
    }
    for (const JsonNode& value : list->elements) {
      allowed.push_back(to_value(arena, value));
      out.allowed.push_back(graph_.literal(allowed.back()));
    }
  }
  if (const JsonNode* given = body.find("defaultValue"); given && !given->is(JsonKind::Null)) {
    if (!accepts(out, *given)) {
      rule_.fail(Code::PolicyParameterDeclaration, given->span,
                 fmt::format("the default of the {} parameter `{}` is {}", *row, member.key,
                             kind_name(given->kind)));
      return;
    }
    const Value value = to_value(arena, *given);
    const auto listed = [&](const Value& one) {
      return std::any_of(allowed.begin(), allowed.end(),
                         [&](const Value& entry) { return structurally_equal(entry, one); });
    };
    const bool elements_listed =
        value.is(ValueKind::Array) && std::all_of(value.as_array().begin(), value.as_array().end(), listed);
    if (!allowed.empty() && !listed(value) && !elements_listed) {
      rule_.fail(Code::PolicyParameterDeclaration, given->span,
                 fmt::format("the default of `{}` is not among its allowed values", member.key));
      return;
    }
    out.default_value = graph_.literal(value);
  }
  const JsonNode* metadata = body.find("metadata");
  if (!metadata || !metadata->is(JsonKind::Object)) return;
  out.display_name = metadata->text_of("displayName");
  out.description = metadata->text_of("description");
  out.strong_type = metadata->text_of("strongType");
  std::string rest;
  JsonWriter writer(rest);
  writer.begin_object();
  bool any = false;
  for (const JsonMember& entry : metadata->members) {
    if (has_own_place(entry.key) && entry.value.is(JsonKind::String)) continue;
    any = true;
    writer.key(entry.key).raw(to_json_text(entry.value));
  }
  writer.end_object();
  if (any) out.metadata_json = std::move(rest);
}

} // namespace writ::azure
