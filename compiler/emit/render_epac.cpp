// SPDX-License-Identifier: MIT
// The folders of Enterprise Policy as Code. A folder exists only when something is in it: an empty one tells
// EPAC to delete everything of its kind. Source: the published schemas policy-definition-schema.json,
// policy-set-definition-schema.json, policy-exemption-schema.json of Azure/enterprise-azure-policy-as-code.
#include "emit/body.h"
#include "emit/exemption_places.h"
#include "emit/target.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace writ::emit {

using nlohmann::ordered_json;

namespace {

constexpr std::string_view kSchemas =
    "https://raw.githubusercontent.com/Azure/enterprise-azure-policy-as-code/main/Schemas/";
constexpr const char* kEffectExpression = "[parameters('effect')]";
constexpr std::array<std::string_view, 9> kEffects = {"Append",   "Audit",      "AuditIfNotExists",
                                                      "Deny",     "DenyAction", "DeployIfNotExists",
                                                      "Disabled", "Manual",     "Modify"};
constexpr std::array<std::string_view, 2> kGroupMembers = {"name", "additionalMetadataId"};
constexpr std::string_view kBuiltIn = "/providers/Microsoft.Authorization/policyDefinitions/";

std::string schema(std::string_view file) { return std::string(kSchemas) + std::string(file); }

const ordered_json& member(const ordered_json& object, const char* key) {
  static const ordered_json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(key);
  return found == object.end() ? nothing : *found;
}

/// What definitions and initiatives share. EPAC reads the version from the metadata.
ordered_json common_properties(const ordered_json& properties) {
  ordered_json out = properties;
  out.erase("policyType");
  if (const std::string version = text_of(properties, "version"); !version.empty()) {
    if (text_of(member(properties, "metadata"), "version").empty()) out["metadata"]["version"] = version;
    out.erase("version");
  }
  return out;
}

void common_remarks(const ordered_json& properties, std::vector<Remark>& out) {
  const auto demand = [&](bool holds, std::string text) {
    if (!holds) out.push_back({true, std::move(text)});
  };
  demand(!text_of(properties, "displayName").empty(), "EPAC demands a display name");
  const ordered_json& metadata = member(properties, "metadata");
  const std::string version = text_of(metadata, "version");
  const std::string beside = text_of(properties, "version");
  demand(!version.empty() || !beside.empty(), "EPAC demands `metadata.version`");
  demand(!text_of(metadata, "category").empty(), "EPAC demands `metadata.category`");
  if (!version.empty() && !beside.empty())
    out.push_back({false, fmt::format("EPAC has no `version` beside the metadata ({}, and {} there)", beside,
                                      version)});
}

/// The schema's rules for the effect.
void effect_remarks(const ordered_json& properties, std::vector<Remark>& out) {
  const auto demand = [&](bool holds, std::string text) {
    if (!holds) out.push_back({true, std::move(text)});
    return holds;
  };
  const ordered_json& then = member(member(properties, "policyRule"), "then");
  const ordered_json& effect = member(then, "effect");
  if (!demand(effect == kEffectExpression,
              fmt::format("EPAC demands the effect {}, this one is {}", kEffectExpression, effect.dump())))
    return;
  const ordered_json& parameter = member(member(properties, "parameters"), "effect");
  const ordered_json& allowed = member(parameter, "allowedValues");
  demand(allowed.is_array() && allowed.size() >= 2,
         "EPAC demands at least two allowed values of the parameter `effect`");
  for (const ordered_json& value : allowed)
    if (!value.is_string() ||
        std::find(kEffects.begin(), kEffects.end(), value.get_ref<const std::string&>()) == kEffects.end())
      demand(
          false,
          fmt::format("EPAC does not know the effect {} among the allowed values, which it compares exactly",
                      value.dump()));
  demand(!member(parameter, "defaultValue").is_null(), "EPAC demands a default of the parameter `effect`");
  const std::string shown = text_of(member(parameter, "metadata"), "displayName");
  demand(shown == "Effect",
         fmt::format("EPAC demands the display name `Effect` of the parameter `effect`, this one is {}",
                     shown.empty() ? "missing" : fmt::format("`{}`", shown)));
  const ordered_json& details = member(then, "details");
  demand(details.is_null() || details.is_object(),
         "EPAC demands an object as `details`, and those of Append are an array; Modify can do the same");
}

void initiative_remarks(const ordered_json& properties, std::vector<Remark>& out) {
  for (const ordered_json& policy : member(properties, "policyDefinitions")) {
    const std::string id = text_of(policy, "policyDefinitionId");
    const std::string reference = text_of(policy, "policyDefinitionReferenceId");
    if (reference.empty())
      out.push_back(
          {true, fmt::format("EPAC demands a `policyDefinitionReferenceId` of the policy `{}`", id)});
    if (!own_id(id) && !id.starts_with(kBuiltIn))
      out.push_back(
          {true,
           fmt::format("EPAC takes built-in policies by id and own ones by name, `{}` is neither", id)});
  }
  for (const ordered_json& group : member(properties, "policyDefinitionGroups"))
    for (const auto& [key, value] : group.items())
      if (std::find(kGroupMembers.begin(), kGroupMembers.end(), key) == kGroupMembers.end())
        out.push_back({false, fmt::format("EPAC has no `{}` of a group ({})", key, text_of(group, "name"))});
}

ordered_json definition(const Document& document) {
  return {{"$schema", schema("policy-definition-schema.json")},
          {"name", document.name},
          {"properties", common_properties(document.json.at("properties"))}};
}

ordered_json initiative(const Document& document) {
  ordered_json properties = common_properties(document.json.at("properties"));
  ordered_json policies = ordered_json::array();
  for (const ordered_json& policy : member(properties, "policyDefinitions")) {
    ordered_json one = ordered_json::object();
    for (const auto& [key, value] : policy.items()) {
      const std::optional<OwnId> own =
          key == "policyDefinitionId" ? own_id(value.get<std::string>()) : std::nullopt;
      if (own)
        one["policyDefinitionName"] = own->name;
      else
        one[key] = value;
    }
    policies.push_back(std::move(one));
  }
  properties["policyDefinitions"] = std::move(policies);
  if (properties.contains("policyDefinitionGroups"))
    for (ordered_json& group : properties["policyDefinitionGroups"]) {
      ordered_json kept = ordered_json::object();
      for (const auto& [key, value] : group.items())
        if (std::find(kGroupMembers.begin(), kGroupMembers.end(), key) != kGroupMembers.end())
          kept[key] = value;
      group = std::move(kept);
    }
  return {{"$schema", schema("policy-set-definition-schema.json")},
          {"name", document.name},
          {"properties", std::move(properties)}};
}

ordered_json exemption(const Document& document, const RenderOptions& options) {
  const ordered_json properties = with_scope(document.json.at("properties"), options.scope);
  ordered_json out = {{"name", document.name}};
  // The schema demands a display name; Azure does not.
  if (!properties.contains("displayName")) out["displayName"] = document.name;
  for (const auto& [key, value] : properties.items())
    out[key] = value;
  out["scope"] = exemption_scope(document)->id;
  return out;
}

std::string folder_name(std::string category) {
  for (char& c : category)
    if (static_cast<unsigned char>(c) < 0x20 ||
        std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos)
      c = '-';
  while (category.ends_with('.') || category.ends_with(' '))
    category.back() = '-';
  return category;
}

/// A comment is the only way to say what belongs into a place.
std::string global_settings(const RenderOptions& options) {
  const std::string root = options.scope.id.empty()
                               ? "/providers/Microsoft.Management/managementGroups/FILL-IN"
                               : options.scope.id;
  return fmt::format(R"({{
  "$schema": "{}",
  // Fill in what says FILL-IN. Writ writes this file once and never again.
  // A GUID of your own: EPAC marks with it what it may change and delete.
  "pacOwnerId": "FILL-IN",
  "pacEnvironments": [
    {{
      "pacSelector": {},
      "cloud": "AzureCloud",
      "tenantId": "FILL-IN",
      // Definitions live here; assignments and exemptions at or below.
      "deploymentRootScope": {},
      // Region of the managed identities of Modify and DeployIfNotExists assignments.
      "managedIdentityLocation": "FILL-IN",
      "desiredState": {{
        // "full" would delete policies that EPAC did not make.
        "strategy": "ownedOnly",
        "keepDfcSecurityAssignments": true
      }}
    }}
  ]
}}
)",
                     schema("global-settings-schema.json"), ordered_json(options.pac_selector).dump(),
                     ordered_json(root).dump());
}

} // namespace

std::vector<Remark> remarks_epac(const Document& document, const RenderOptions& options) {
  std::vector<Remark> out;
  const ordered_json& properties = document.json.at("properties");
  switch (document.kind) {
  case DocumentKind::Definition:
    common_remarks(properties, out);
    effect_remarks(properties, out);
    return out;
  case DocumentKind::Initiative:
    common_remarks(properties, out);
    initiative_remarks(properties, out);
    return out;
  case DocumentKind::Exemption:
    break;
  }
  return exemption_remarks(document, options);
}

std::vector<EmittedFile> render_epac(std::span<const Document> documents, const RenderOptions& options) {
  const std::string root = "Definitions/";
  std::vector<EmittedFile> out;
  ordered_json exemptions = ordered_json::array();
  for (const Document& document : documents) {
    if (document.kind == DocumentKind::Exemption) {
      exemptions.push_back(exemption(document, options));
      continue;
    }
    const bool set = document.kind == DocumentKind::Initiative;
    const std::string folder =
        set ? "policySetDefinitions/"
            : fmt::format("policyDefinitions/{}/",
                          folder_name(text_of(document.json.at("properties").at("metadata"), "category")));
    out.push_back({root + folder + document.name + ".json",
                   file_text(set ? initiative(document) : definition(document)), document.control_id});
  }
  if (!exemptions.empty())
    out.push_back(
        {fmt::format("{}policyExemptions/{}/writ-exemptions.json", root, folder_name(options.pac_selector)),
         file_text({{"$schema", schema("policy-exemption-schema.json")}, {"exemptions", exemptions}}),
         {}});
  out.push_back({root + "global-settings.jsonc", global_settings(options), {}, true});
  return out;
}

} // namespace writ::emit
