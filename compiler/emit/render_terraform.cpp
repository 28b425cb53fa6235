// SPDX-License-Identifier: MIT
// JSON configuration for Terraform's azurerm provider: a file for each policy, one with all exemptions.
// Source: developer.hashicorp.com/terraform/language/syntax/json; resources azurerm_policy_definition,
// azurerm_policy_set_definition, azurerm_management_group_policy_set_definition, azurerm_*_policy_exemption
// of the provider hashicorp/azurerm 4.
#include "emit/body.h"
#include "emit/target.h"
#include "emit/terraform_text.h"
#include "writ/text.h"

#include <fmt/format.h>
#include <map>

namespace writ::emit {

using nlohmann::ordered_json;

namespace {

constexpr const char* kGroupVariable = "management_group_id";

ordered_json text(std::string_view plain) { return terraform_escaped(plain); }

/// A JSON value as text inside of a string.
ordered_json encoded(const ordered_json& value) { return text(value.dump()); }

/// `attribute` from `member`, when it is there.
void copy_text(const ordered_json& from, const char* member, ordered_json& to, const char* attribute) {
  if (const auto found = from.find(member); found != from.end() && found->is_string())
    to[attribute] = text(found->get<std::string>());
}

void copy_encoded(const ordered_json& from, const char* member, ordered_json& to, const char* attribute) {
  if (const auto found = from.find(member); found != from.end()) to[attribute] = encoded(*found);
}

void put_group(ordered_json& out, const Scope& scope) {
  if (scope.kind != ScopeKind::ManagementGroup) return; // the provider's subscription
  out["management_group_id"] =
      scope.id.empty() ? ordered_json(fmt::format("${{var.{}}}", kGroupVariable)) : text(scope.id);
}

ordered_json head(const Document& document, const ordered_json& properties) {
  ordered_json out = {{"name", text(document.name)}, {"policy_type", "Custom"}};
  copy_text(properties, "mode", out, "mode");
  copy_text(properties, "displayName", out, "display_name");
  copy_text(properties, "description", out, "description");
  return out;
}

ordered_json definition(const Document& document, const Scope& scope) {
  const ordered_json& properties = document.json.at("properties");
  ordered_json out = head(document, properties);
  put_group(out, scope);
  copy_encoded(properties, "metadata", out, "metadata");
  copy_encoded(properties, "parameters", out, "parameters");
  copy_encoded(properties, "policyRule", out, "policy_rule");
  return out;
}

ordered_json initiative(const Document& document, const Scope& scope,
                        const std::map<std::string, std::string>& symbols) {
  const ordered_json& properties = document.json.at("properties");
  ordered_json out = head(document, properties);
  put_group(out, scope);
  copy_encoded(properties, "metadata", out, "metadata");
  copy_encoded(properties, "parameters", out, "parameters");
  ordered_json members = ordered_json::array();
  for (const ordered_json& member : properties.at("policyDefinitions")) {
    ordered_json one;
    const std::string id = text_of(member, "policyDefinitionId");
    const std::optional<OwnId> own = own_id(id);
    one["policy_definition_id"] = own ? ordered_json(fmt::format("${{azurerm_policy_definition.{}.id}}",
                                                                 symbols.at(lower_ascii(own->name))))
                                      : text(id);
    copy_text(member, "policyDefinitionReferenceId", one, "reference_id");
    copy_text(member, "definitionVersion", one, "version");
    copy_encoded(member, "parameters", one, "parameter_values");
    if (const auto groups = member.find("groupNames"); groups != member.end()) {
      one["policy_group_names"] = ordered_json::array();
      for (const ordered_json& group : *groups)
        one["policy_group_names"].push_back(text(group.get<std::string>()));
    }
    members.push_back(std::move(one));
  }
  out["policy_definition_reference"] = std::move(members);
  if (const auto groups = properties.find("policyDefinitionGroups"); groups != properties.end())
    for (const ordered_json& group : *groups) {
      ordered_json one;
      copy_text(group, "name", one, "name");
      copy_text(group, "displayName", one, "display_name");
      copy_text(group, "category", one, "category");
      copy_text(group, "description", one, "description");
      copy_text(group, "additionalMetadataId", one, "additional_metadata_resource_id");
      out["policy_definition_group"].push_back(std::move(one));
    }
  return out;
}

/// Resource type and the attribute of its scope.
std::pair<const char*, const char*> exemption_kind(ScopeKind kind) {
  switch (kind) {
  case ScopeKind::ManagementGroup:
    return {"azurerm_management_group_policy_exemption", "management_group_id"};
  case ScopeKind::Subscription:
    return {"azurerm_subscription_policy_exemption", "subscription_id"};
  case ScopeKind::ResourceGroup:
    return {"azurerm_resource_group_policy_exemption", "resource_group_id"};
  default:
    return {"azurerm_resource_policy_exemption", "resource_id"};
  }
}

ordered_json exemption(const Document& document, const Scope& scope, const RenderOptions& options) {
  const ordered_json properties = with_scope(document.json.at("properties"), options.scope);
  ordered_json out = {{"name", text(document.name)}};
  out[exemption_kind(scope.kind).second] = text(scope.id);
  copy_text(properties, "policyAssignmentId", out, "policy_assignment_id");
  copy_text(properties, "exemptionCategory", out, "exemption_category");
  copy_text(properties, "displayName", out, "display_name");
  copy_text(properties, "description", out, "description");
  copy_text(properties, "expiresOn", out, "expires_on");
  if (const auto references = properties.find("policyDefinitionReferenceIds");
      references != properties.end() && !references->empty())
    for (const ordered_json& reference : *references)
      out["policy_definition_reference_ids"].push_back(text(reference.get<std::string>()));
  copy_encoded(properties, "metadata", out, "metadata");
  return out;
}

} // namespace

std::string terraform_escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c == '$' || c == '%') && i + 1 < text.size() && text[i + 1] == '{') out += c;
    out += c;
  }
  return out;
}

std::vector<Remark> remarks_terraform(const Document& document, const RenderOptions& options) {
  std::vector<Remark> out;
  const ordered_json& properties = document.json.at("properties");
  if (document.kind != DocumentKind::Exemption) {
    if (text_of(properties, "displayName").empty())
      out.push_back({true, "it has no display name, which azurerm demands"});
    if (properties.contains("version"))
      out.push_back({false, "azurerm has no `version` of a policy beside its metadata"});
    return out;
  }
  if (!exemption_scope(document))
    out.push_back({true,
                   "its id does not say what is exempt: a management group, subscription, resource group or "
                   "resource"});
  if (options.scope.id.empty() && own_id(text_of(properties, "policyAssignmentId")))
    out.push_back({true, "the scope of its assignment is open: give --scope"});
  if (const auto selectors = properties.find("resourceSelectors");
      selectors != properties.end() && !selectors->empty())
    out.push_back(
        {true, "azurerm has no `resourceSelectors` of an exemption; without them more would be exempt"});
  if (text_of(properties, "assignmentScopeValidation") == "DoNotValidate")
    out.push_back({true, "azurerm has no `assignmentScopeValidation` of an exemption"});
  return out;
}

std::vector<EmittedFile> render_terraform(std::span<const Document> documents, const RenderOptions& options) {
  std::vector<EmittedFile> out;
  const std::vector<std::string> symbols = symbols_of(documents);
  std::map<std::string, std::string> definitions;
  for (std::size_t i = 0; i < documents.size(); ++i)
    if (documents[i].kind == DocumentKind::Definition)
      definitions[lower_ascii(documents[i].name)] = symbols[i];
  ordered_json exemptions;
  bool policies = false;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const Document& document = documents[i];
    ordered_json resource;
    if (document.kind == DocumentKind::Exemption) {
      const Scope scope = *exemption_scope(document);
      exemptions[exemption_kind(scope.kind).first][symbols[i]] = exemption(document, scope, options);
      continue;
    }
    policies = true;
    const bool set = document.kind == DocumentKind::Initiative;
    const char* type = !set ? "azurerm_policy_definition"
                       : options.scope.kind == ScopeKind::ManagementGroup
                           ? "azurerm_management_group_policy_set_definition"
                           : "azurerm_policy_set_definition";
    resource["resource"][type][symbols[i]] =
        set ? initiative(document, options.scope, definitions) : definition(document, options.scope);
    out.push_back({fmt::format("{}_{}.tf.json", set ? "initiative" : "definition", symbols[i]),
                   file_text(resource), document.control_id});
  }
  if (!exemptions.empty()) out.push_back({"exemptions.tf.json", file_text({{"resource", exemptions}}), {}});
  if (policies && options.scope.kind == ScopeKind::ManagementGroup && options.scope.id.empty())
    out.push_back({"variables.tf.json",
                   file_text({{"variable",
                               {{kGroupVariable,
                                 {{"type", "string"},
                                  {"description", "Id of the management group that holds the policies"}}}}}}),
                   {}});
  return out;
}

} // namespace writ::emit
