// SPDX-License-Identifier: MIT
// Policy set definitions. Source: docs/azure-policy-semantics.md, "Initiatives".
#include "azure/document_reader.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace writ::azure {

void DocumentReader::initiative(const JsonNode& document, std::string_view file_name,
                                const EmbeddedDefinition& embedded, ir::Initiative& out) {
  const JsonNode& body = body_of(document);
  out.span = {document.span.begin, document.span.begin + 1};
  unrepeated(body, {"displayName", "description", "metadata", "parameters", "policyDefinitions",
                    "policyDefinitionGroups"});
  out.id = document.text_of("id");
  out.name = document.text_of("name");
  if (out.name.empty()) out.name = last_segment(out.id);
  if (out.name.empty()) out.name = file_name;
  out.title = body.text_of("displayName");
  out.description = body.text_of("description");
  out.version = body.text_of("version");
  out.policy_type = body.text_of("policyType");
  if (out.policy_type.empty()) out.policy_type = "Custom";
  // Microsoft's own are bound to no limit.
  const bool built_in = ir::is_built_in(out.policy_type);
  if (!built_in) texts_at_most(body);
  if (const JsonNode* metadata = body.find("metadata"); metadata && metadata->is(JsonKind::Object)) {
    out.category = metadata->text_of("category");
    if (out.version.empty()) out.version = metadata->text_of("version");
    out.metadata_json = to_json_text(*metadata);
  }
  if (const JsonNode* parameters = body.find("parameters"); parameters && !parameters->is(JsonKind::Null)) {
    read_parameters(*parameters, rule_, out.parameters);
    if (!built_in) at_most(*parameters, Limit::InitiativeParameters);
  }
  if (const JsonNode* groups =
          optional(body, "policyDefinitionGroups", JsonKind::Array, Code::PolicyInitiative))
    read_groups(*groups, out);
  const JsonNode* members = required(body, "policyDefinitions", JsonKind::Array, Code::PolicyInitiative);
  if (!members) return;
  if (members->elements.empty())
    fail(Code::PolicyInitiative, members->span, "an initiative needs at least one policy");
  if (!built_in) at_most(*members, Limit::InitiativeMembers);
  for (const JsonNode& node : members->elements)
    read_member(node, embedded, out);
}

void DocumentReader::read_groups(const JsonNode& list, ir::Initiative& out) {
  for (const JsonNode& node : list.elements) {
    ir::InitiativeGroup group;
    group.name = node.text_of("name");
    if (group.name.empty()) {
      fail(Code::PolicyInitiative, node.span, "a group of policies needs a `name`");
      continue;
    }
    const bool taken =
        std::any_of(out.groups.begin(), out.groups.end(), [&](const ir::InitiativeGroup& other) {
          return equal_ascii_fold(other.name, group.name);
        });
    if (taken)
      fail(Code::PolicyInitiative, node.find("name")->span,
           fmt::format("the group `{}` is declared twice", group.name));
    group.category = node.text_of("category");
    group.display_name = node.text_of("displayName");
    group.description = node.text_of("description");
    group.additional_metadata_id = node.text_of("additionalMetadataId");
    out.groups.push_back(std::move(group));
  }
}

void DocumentReader::read_member(const JsonNode& node, const EmbeddedDefinition& embedded,
                                 ir::Initiative& out) {
  constexpr Code kCode = Code::PolicyInitiative;
  if (!node.is(JsonKind::Object)) {
    fail(kCode, node.span,
         fmt::format("a policy of an initiative is an object, not {}", kind_name(node.kind)));
    return;
  }
  unrepeated(node, {"policyDefinitionId", "policyDefinitionReferenceId", "parameters"});
  ir::InitiativeMember member;
  member.span = {node.span.begin, node.span.begin + 1};
  member.version = node.text_of("definitionVersion");
  if (const JsonNode* id = optional(node, "policyDefinitionId", JsonKind::String, kCode)) {
    member.definition_id = id->text;
    member.span = id->span;
    if (lower_ascii(id->text).find("/policysetdefinitions/") != std::string::npos)
      fail(kCode, id->span, "an initiative cannot hold another initiative");
  }
  const JsonNode* inner = node.find("policyDefinition");
  if (inner && inner->is(JsonKind::Object)) {
    member.policy = embedded(*inner);
    if (!member.policy) return; // its mistakes have been reported
  } else if (member.definition_id.empty()) {
    fail(kCode, member.span, "a policy of an initiative needs a `policyDefinitionId`");
    return;
  }
  if (const JsonNode* reference = optional(node, "policyDefinitionReferenceId", JsonKind::String, kCode))
    member.reference = reference->text;
  const auto taken = [&] {
    return std::any_of(out.members.begin(), out.members.end(), [&](const ir::InitiativeMember& other) {
      return equal_ascii_fold(other.reference, member.reference);
    });
  };
  if (member.reference.empty()) {
    // The service makes one up; the definition's name says more.
    const std::string name(last_segment(member.definition_id));
    member.reference = name;
    for (std::size_t number = 2; taken(); ++number)
      member.reference = fmt::format("{}#{}", name, number);
  } else if (taken()) {
    fail(kCode, node.find("policyDefinitionReferenceId")->span,
         fmt::format("the reference id `{}` is used twice", member.reference));
  }
  if (const JsonNode* groups = optional(node, "groupNames", JsonKind::Array, kCode)) {
    member.groups = texts(*groups, kCode);
    for (std::size_t i = 0; i < member.groups.size() && i < groups->elements.size(); ++i)
      if (std::none_of(out.groups.begin(), out.groups.end(), [&](const ir::InitiativeGroup& group) {
            return equal_ascii_fold(group.name, member.groups[i]);
          }))
        fail(kCode, groups->elements[i].span,
             fmt::format("there is no group `{}` in policyDefinitionGroups", member.groups[i]));
  }
  if (const JsonNode* parameters = optional(node, "parameters", JsonKind::Object, kCode)) {
    if (const JsonMember* repeated = find_repeated_key(*parameters))
      fail(Code::RepeatedPolicyMember, repeated->key_span,
           fmt::format("parameter `{}` is given twice", repeated->key));
    for (const JsonMember& entry : parameters->members) {
      const JsonNode* value = entry.value.find("value");
      if (!value) {
        fail(kCode, entry.key_span, fmt::format("parameter `{}` needs a `value`", entry.key));
        continue;
      }
      if (value->is(JsonKind::Null)) continue; // as if it were not given
      const ir::NodeId operand = rule_.operand(*value);
      if (operand.valid()) member.arguments.push_back({std::string(entry.key), operand, value->span});
    }
  }
  out.members.push_back(std::move(member));
}

} // namespace writ::azure
