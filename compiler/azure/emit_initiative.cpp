// SPDX-License-Identifier: MIT
// Source: docs/azure-policy-semantics.md, "Initiatives".
#include "azure/emit_initiative.h"
#include "azure/emit_definition.h"
#include "azure/emit_parameter.h"

#include <nlohmann/json.hpp>

namespace writ::azure {

using nlohmann::ordered_json;

namespace {

bool is_own(const ir::Initiative& initiative) { return initiative.policy_type.empty(); }

ordered_json own_metadata(const ir::Initiative& initiative) {
  ordered_json metadata;
  metadata["version"] = initiative.version.empty() ? "1.0.0" : initiative.version;
  if (!initiative.category.empty()) metadata["category"] = initiative.category;
  metadata["source"] = "writ";
  const ordered_json more = parsed_or_empty(initiative.metadata_json);
  for (const auto& [key, value] : more.items())
    metadata[key] = value;
  return metadata;
}

ordered_json group_json(const ir::InitiativeGroup& group) {
  ordered_json out;
  out["name"] = group.name;
  for (const auto& [key, text] : {std::pair<const char*, const std::string&>{"category", group.category},
                                  {"displayName", group.display_name},
                                  {"description", group.description},
                                  {"additionalMetadataId", group.additional_metadata_id}})
    if (!text.empty()) out[key] = text;
  return out;
}

/// What `policyDefinitionId` says.
std::string id_of(const ir::PolicySet& set, const ir::InitiativeMember& member,
                  const std::function<std::string(const std::string&)>& own_id) {
  const bool written = member.definition_id.find('/') != std::string::npos;
  if (written || !member.policy) return member.definition_id;
  return own_id(definition_name(set.policies[*member.policy]));
}

} // namespace

ordered_json emit_initiative(const ir::PolicySet& set, const ir::Initiative& initiative,
                             const std::function<bool(const ir::InitiativeMember&)>& is_left_out,
                             const std::function<std::string(const std::string&)>& own_id) {
  const bool own = is_own(initiative);
  ordered_json properties;
  // An imported initiative is what it is; one of controls may say more than Azure takes.
  if (!initiative.title.empty())
    properties["displayName"] = own ? clipped(initiative.title, Limit::DisplayName) : initiative.title;
  if (!initiative.description.empty())
    properties["description"] =
        own ? clipped(initiative.description, Limit::Description) : initiative.description;
  properties["policyType"] = own ? "Custom" : initiative.policy_type;
  if (own) {
    properties["metadata"] = own_metadata(initiative);
  } else {
    ordered_json metadata = parsed_or_empty(initiative.metadata_json);
    if (!initiative.version.empty() && metadata.value("version", ordered_json()) != initiative.version)
      properties["version"] = initiative.version;
    if (!initiative.metadata_json.empty()) properties["metadata"] = std::move(metadata);
  }
  for (const ir::PolicyParameter& parameter : initiative.parameters)
    properties["parameters"][parameter.name] = parameter_json(*set.graph, parameter, own);
  for (const ir::InitiativeGroup& group : initiative.groups)
    properties["policyDefinitionGroups"].push_back(group_json(group));

  TemplateWriter templates(*set.graph);
  ordered_json members = ordered_json::array();
  for (const ir::InitiativeMember& member : initiative.members) {
    if (is_left_out(member)) continue;
    ordered_json out;
    out["policyDefinitionReferenceId"] = member.reference;
    out["policyDefinitionId"] = id_of(set, member, own_id);
    if (!member.version.empty()) out["definitionVersion"] = member.version;
    for (const ir::Argument& argument : member.arguments)
      out["parameters"][argument.name]["value"] = templates.value(argument.value);
    if (!member.groups.empty()) out["groupNames"] = member.groups;
    members.push_back(std::move(out));
  }
  properties["policyDefinitions"] = std::move(members);

  ordered_json document;
  document["name"] = initiative.name;
  document["properties"] = std::move(properties);
  return document;
}

} // namespace writ::azure
