// SPDX-License-Identifier: MIT
// Parameters of a definition. Source: docs/azure-policy-semantics.md, "Parameters".
#include "azure/document_reader.h"
#include "writ/json_writer.h"
#include "writ/semantics/parameter_value.h"
#include "writ/text.h"

#include <fmt/format.h>
#include <optional>

namespace writ::azure {

namespace {

std::optional<ParameterType> type_named(std::string_view name) {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(ParameterType::DateTime); ++i)
    if (equal_ascii_fold(to_text(static_cast<ParameterType>(i)), name)) return static_cast<ParameterType>(i);
  return std::nullopt;
}

/// Members of `metadata` that have a place of their own in the IR.
bool has_own_place(std::string_view key) {
  return equal_ascii_fold(key, "displayName") || equal_ascii_fold(key, "description") ||
         equal_ascii_fold(key, "strongType");
}

void read_parameter(const JsonMember& member, RuleReader& rule, ir::PolicyParameter& out) {
  out.name = member.key;
  out.span = member.key_span;
  const JsonNode& body = member.value;
  const JsonNode* type = body.find("type");
  const auto known = type && type->is(JsonKind::String) ? type_named(type->text) : std::nullopt;
  if (!known) {
    rule.fail(Diagnostic(Code::PolicyParameterDeclaration, type ? type->span : member.key_span,
                         type ? fmt::format("parameter `{}` has no known type", member.key)
                              : fmt::format("parameter `{}` needs a type", member.key))
                  .note("types are String, Integer, Float, Boolean, Array, Object and DateTime"));
    return;
  }
  out.type = *known;

  Arena arena;
  std::vector<Value> allowed;
  if (const JsonNode* list = body.find("allowedValues"); list && !list->is(JsonKind::Null)) {
    if (!list->is(JsonKind::Array)) {
      rule.fail(Code::PolicyParameterDeclaration, list->span,
                fmt::format("`allowedValues` must be an array, not {}", kind_name(list->kind)));
      return;
    }
    for (const JsonNode& value : list->elements) {
      if (!rule.literal(value).valid()) return;
      allowed.push_back(to_value(arena, value));
      out.allowed.push_back(rule.graph().literal(allowed.back()));
    }
  }
  if (const JsonNode* given = body.find("defaultValue"); given && !given->is(JsonKind::Null)) {
    if (!rule.literal(*given).valid()) return;
    const Value value = to_value(arena, *given);
    if (!has_type(out.type, value)) {
      rule.fail(Code::PolicyParameterDeclaration, given->span,
                fmt::format("the default of the {} parameter `{}` is {}", to_text(out.type), member.key,
                            out.type == ParameterType::DateTime && value.is(ValueKind::String)
                                ? "no date"
                                : kind_name(given->kind)));
      return;
    }
    if (!is_allowed(allowed, value)) {
      rule.fail(Code::PolicyParameterDeclaration, given->span,
                fmt::format("the default of `{}` is not among its allowed values", member.key));
      return;
    }
    out.default_value = rule.graph().literal(value);
  }
  if (const JsonNode* schema = body.find("schema"); schema && !schema->is(JsonKind::Null))
    out.schema_json = to_json_text(*schema);
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

} // namespace

void read_parameters(const JsonNode& parameters, RuleReader& rule, std::vector<ir::PolicyParameter>& out) {
  if (!parameters.is(JsonKind::Object)) {
    rule.fail(Code::NotAPolicyDefinition, parameters.span,
              fmt::format("`parameters` must be an object, not {}", kind_name(parameters.kind)));
    return;
  }
  if (const JsonMember* repeated = find_repeated_key(parameters)) {
    rule.fail(Code::RepeatedPolicyMember, repeated->key_span,
              fmt::format("parameter `{}` is declared twice", repeated->key));
    return;
  }
  for (const JsonMember& member : parameters.members) {
    ir::PolicyParameter parameter;
    read_parameter(member, rule, parameter);
    // Declared even when its declaration is wrong: uses of it are no second mistake.
    rule.declare_parameter(parameter.name);
    out.push_back(std::move(parameter));
  }
}

} // namespace writ::azure
