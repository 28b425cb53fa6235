// SPDX-License-Identifier: MIT
// Assignments and exemptions. Source: docs/azure-policy-semantics.md, "Assignments", "Exemptions".
#include "azure/document_reader.h"
#include "writ/semantics/datetime.h"
#include "writ/text.h"

#include <fmt/format.h>

namespace writ::azure {

namespace {

/// Scope, provider and name make the id of a document that does not say it.
std::string id_of(std::string_view id, std::string_view scope, std::string_view kind, std::string_view name) {
  if (!id.empty() || scope.empty()) return std::string(id);
  while (scope.ends_with('/'))
    scope.remove_suffix(1);
  return fmt::format("{}/providers/Microsoft.Authorization/{}/{}", scope, kind, name);
}

} // namespace

std::string scope_of(std::string_view id, std::string_view kind, std::string_view otherwise) {
  const std::size_t at =
      lower_ascii(id).find(fmt::format("/providers/microsoft.authorization/{}/", lower_ascii(kind)));
  return std::string(at == std::string::npos ? otherwise : id.substr(0, at));
}

void DocumentReader::assignment(const JsonNode& document, std::string_view file_name, ir::Assignment& out) {
  constexpr Code kCode = Code::PolicyAssignment;
  const JsonNode& body = body_of(document);
  out.span = {document.span.begin, document.span.begin + 1};
  unrepeated(body, {"policyDefinitionId", "parameters", "overrides", "resourceSelectors", "notScopes",
                    "enforcementMode", "nonComplianceMessages"});
  texts_at_most(body);
  out.name = document.text_of("name");
  if (out.name.empty()) out.name = last_segment(document.text_of("id"));
  if (out.name.empty()) out.name = file_name;
  out.scope = scope_of(document.text_of("id"), "policyAssignments", body.text_of("scope"));
  out.id = id_of(document.text_of("id"), out.scope, "policyAssignments", out.name);
  out.title = body.text_of("displayName");
  out.description = body.text_of("description");
  out.version = body.text_of("definitionVersion");
  if (const JsonNode* target = required(body, "policyDefinitionId", JsonKind::String, kCode)) {
    out.target_id = target->text;
    out.span = target->span;
  }
  if (const JsonNode* mode = optional(body, "enforcementMode", JsonKind::String, kCode)) {
    if (equal_ascii_fold(mode->text, "DoNotEnforce"))
      out.enforcement = ir::Enforcement::DoNotEnforce;
    else if (!equal_ascii_fold(mode->text, "Default") && !equal_ascii_fold(mode->text, "Enroll"))
      fail(kCode, mode->span,
           fmt::format("`enforcementMode` is Default or DoNotEnforce, not `{}`", mode->text));
  }
  if (const JsonNode* list = optional(body, "notScopes", JsonKind::Array, kCode)) {
    out.not_scopes = texts(*list, kCode);
    at_most(*list, Limit::NotScopes);
  }
  if (const JsonNode* parameters = optional(body, "parameters", JsonKind::Object, kCode))
    read_values(*parameters, out);
  if (const JsonNode* list = optional(body, "resourceSelectors", JsonKind::Array, kCode))
    read_selections(*list, kCode, out.selections);
  if (const JsonNode* list = optional(body, "overrides", JsonKind::Array, kCode)) read_overrides(*list, out);
  if (const JsonNode* list = optional(body, "nonComplianceMessages", JsonKind::Array, kCode))
    read_messages(*list, out);
}

void DocumentReader::read_values(const JsonNode& parameters, ir::Assignment& out) {
  if (const JsonMember* repeated = find_repeated_key(parameters))
    fail(Code::RepeatedPolicyMember, repeated->key_span,
         fmt::format("parameter `{}` is given twice", repeated->key));
  for (const JsonMember& entry : parameters.members) {
    const JsonNode* value = entry.value.find("value");
    if (!value) {
      fail(Code::PolicyAssignment, entry.key_span, fmt::format("parameter `{}` needs a `value`", entry.key));
      continue;
    }
    if (value->is(JsonKind::Null)) continue; // as if it were not given
    Arena arena;
    out.arguments.push_back({std::string(entry.key), graph_.literal(to_value(arena, *value)), value->span});
  }
}

void DocumentReader::read_overrides(const JsonNode& list, ir::Assignment& out) {
  constexpr Code kCode = Code::PolicyAssignment;
  at_most(list, Limit::Overrides);
  for (const JsonNode& node : list.elements) {
    if (!node.is(JsonKind::Object)) {
      fail(kCode, node.span, fmt::format("an override is an object, not {}", kind_name(node.kind)));
      continue;
    }
    ir::Override one;
    one.span = node.span;
    const JsonNode* kind = required(node, "kind", JsonKind::String, kCode);
    const JsonNode* value = required(node, "value", JsonKind::String, kCode);
    if (!kind || !value) continue;
    if (equal_ascii_fold(kind->text, "definitionVersion") || equal_ascii_fold(kind->text, "policyVersion"))
      one.kind = ir::OverrideKind::Version;
    else if (!equal_ascii_fold(kind->text, "policyEffect"))
      fail(kCode, kind->span,
           fmt::format("an override is of kind policyEffect or definitionVersion, not `{}`", kind->text));
    one.value = value->text;
    one.span = value->span;
    if (const JsonNode* selectors = optional(node, "selectors", JsonKind::Array, kCode))
      read_selectors(*selectors, kCode, one.selectors);
    out.overrides.push_back(std::move(one));
  }
}

void DocumentReader::read_messages(const JsonNode& list, ir::Assignment& out) {
  for (const JsonNode& node : list.elements) {
    const JsonNode* text = required(node, "message", JsonKind::String, Code::PolicyAssignment);
    if (text)
      out.messages.push_back(
          {std::string(node.text_of("policyDefinitionReferenceId")), std::string(text->text)});
  }
}

void DocumentReader::exemption(const JsonNode& document, std::string_view file_name, ir::Exemption& out) {
  constexpr Code kCode = Code::PolicyExemption;
  const JsonNode& body = body_of(document);
  out.span = {document.span.begin, document.span.begin + 1};
  unrepeated(body, {"policyAssignmentId", "exemptionCategory", "expiresOn", "policyDefinitionReferenceIds",
                    "resourceSelectors"});
  texts_at_most(body);
  out.name = document.text_of("name");
  if (out.name.empty()) out.name = last_segment(document.text_of("id"));
  if (out.name.empty()) out.name = file_name;
  out.scope = scope_of(document.text_of("id"), "policyExemptions", body.text_of("scope"));
  out.id = id_of(document.text_of("id"), out.scope, "policyExemptions", out.name);
  out.title = body.text_of("displayName");
  out.description = body.text_of("description");
  if (out.scope.empty())
    fail(kCode, out.span, "an exemption needs a scope: an `id` below what is exempt, or `properties.scope`");
  if (const JsonNode* assignment = required(body, "policyAssignmentId", JsonKind::String, kCode)) {
    out.assignment_id = assignment->text;
    out.span = assignment->span;
  }
  if (const JsonNode* category = required(body, "exemptionCategory", JsonKind::String, kCode)) {
    for (const std::string_view known : {"Waiver", "Mitigated"})
      if (equal_ascii_fold(known, category->text)) out.category = known;
    if (out.category.empty())
      fail(kCode, category->span,
           fmt::format("`exemptionCategory` is Waiver or Mitigated, not `{}`", category->text));
  }
  if (const JsonNode* expires = optional(body, "expiresOn", JsonKind::String, kCode)) {
    out.expires_on = expires->text;
    if (!parse_date(expires->text))
      fail(kCode, expires->span,
           fmt::format("`expiresOn` must be a date like 2031-01-01T00:00:00Z, not `{}`", expires->text));
  }
  // An older draft had the singular.
  for (const std::string_view key : {"policyDefinitionReferenceIds", "policyDefinitionReferenceId"})
    if (const JsonNode* list = optional(body, key, JsonKind::Array, kCode))
      out.references = texts(*list, kCode);
  if (const JsonNode* list = optional(body, "resourceSelectors", JsonKind::Array, kCode))
    read_selections(*list, kCode, out.selections);
  out.validates_scope = !equal_ascii_fold(body.text_of("assignmentScopeValidation"), "DoNotValidate");
}

} // namespace writ::azure
