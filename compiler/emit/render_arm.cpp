// SPDX-License-Identifier: MIT
// Deployment templates: policies.json with definitions and initiatives, exemptions.json with a nested
// deployment for each place that has exemptions.
// Source: learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions, "Escape
// characters".
#include "emit/arm_templates.h"
#include "emit/arm_text.h"
#include "emit/body.h"
#include "emit/exemption_places.h"
#include "emit/target.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::emit {

using nlohmann::ordered_json;

namespace {

constexpr const char* kPolicyVersion = "2023-04-01";
constexpr const char* kExemptionVersion = "2022-07-01-preview";
constexpr const char* kDeploymentVersion = "2022-09-01";

ordered_json empty_template(ScopeKind kind) {
  constexpr const char* kSchemas = "https://schema.management.azure.com/schemas/";
  const char* schema = kind == ScopeKind::ManagementGroup
                           ? "2019-08-01/managementGroupDeploymentTemplate.json#"
                       : kind == ScopeKind::Subscription ? "2018-05-01/subscriptionDeploymentTemplate.json#"
                                                         : "2019-04-01/deploymentTemplate.json#";
  return {{"$schema", std::string(kSchemas) + schema},
          {"contentVersion", "1.0.0.0"},
          {"resources", ordered_json::array()}};
}

/// The id of a policy of this template, as an expression.
std::string id_expression(const OwnId& own, ScopeKind scope) {
  std::string name;
  for (char c : own.name)
    name += c == '\'' ? "''" : std::string(1, c);
  const std::string type = "'Microsoft.Authorization/" + own.type + "'";
  return scope == ScopeKind::ManagementGroup
             ? fmt::format("[extensionResourceId(managementGroup().id, {}, '{}')]", type, name)
             : fmt::format("[subscriptionResourceId({}, '{}')]", type, name);
}

/// Escaped, and own ids as expressions.
ordered_json template_value(const ordered_json& node, ScopeKind scope) {
  if (node.is_string()) {
    const auto& text = node.get_ref<const std::string&>();
    if (const std::optional<OwnId> own = own_id(text)) return id_expression(*own, scope);
    return arm_escaped(text);
  }
  if (node.is_array()) {
    ordered_json out = ordered_json::array();
    for (const ordered_json& child : node)
      out.push_back(template_value(child, scope));
    return out;
  }
  if (!node.is_object()) return node;
  ordered_json out = ordered_json::object();
  for (const auto& [key, value] : node.items())
    out[arm_escaped(key)] = template_value(value, scope);
  return out;
}

ordered_json policy_resource(const Document& document, ScopeKind scope) {
  const bool initiative = document.kind == DocumentKind::Initiative;
  ordered_json out = {
      {"type", initiative ? "Microsoft.Authorization/policySetDefinitions"
                          : "Microsoft.Authorization/policyDefinitions"},
      {"apiVersion", kPolicyVersion},
      {"name", arm_escaped(document.name)},
  };
  if (initiative) {
    ordered_json depends = ordered_json::array();
    for (const std::string& member : own_members(document.json)) {
      const std::string id = id_expression({"policyDefinitions", member}, scope);
      if (std::find(depends.begin(), depends.end(), id) == depends.end()) depends.push_back(id);
    }
    if (!depends.empty()) out["dependsOn"] = std::move(depends);
  }
  out["properties"] = template_value(deployable(document.json.at("properties")), scope);
  return out;
}

ordered_json exemption_resource(const Document& document, const Scope& scope) {
  ordered_json out = {{"type", "Microsoft.Authorization/policyExemptions"},
                      {"apiVersion", kExemptionVersion},
                      {"name", arm_escaped(document.name)}};
  if (!scope.resource.empty()) out["scope"] = arm_escaped(scope.resource);
  out["properties"] = template_value(document.json.at("properties"), scope.kind);
  return out;
}

/// A deployment into the place, evaluated there: its strings are escaped once.
ordered_json nested_deployment(const ExemptionPlace& place, const RenderOptions& options) {
  const Scope& scope = place.container;
  ordered_json out = {{"type", "Microsoft.Resources/deployments"},
                      {"apiVersion", kDeploymentVersion},
                      {"name", "exemptions-" + short_hash(scope.id)}};
  if (scope.kind == ScopeKind::ManagementGroup)
    out["scope"] = "Microsoft.Management/managementGroups/" + scope.management_group;
  else
    out["subscriptionId"] = scope.subscription;
  if (scope.kind == ScopeKind::ResourceGroup)
    out["resourceGroup"] = scope.resource_group;
  else
    out["location"] = "[deployment().location]";
  ordered_json inner = empty_template(scope.kind);
  for (const Document* document : place.exemptions) {
    Document scoped = *document;
    scoped.json = with_scope(std::move(scoped.json), options.scope);
    inner["resources"].push_back(exemption_resource(scoped, *exemption_scope(*document)));
  }
  out["properties"] = {{"mode", "Incremental"},
                       {"expressionEvaluationOptions", {{"scope", "inner"}}},
                       {"template", std::move(inner)}};
  return out;
}

} // namespace

std::vector<Remark> remarks_arm(const Document& document, const RenderOptions& options) {
  return document.kind == DocumentKind::Exemption ? exemption_remarks(document, options)
                                                  : std::vector<Remark>();
}

std::vector<ArmTemplate> arm_templates(std::span<const Document> documents, const RenderOptions& options) {
  std::vector<ArmTemplate> out;
  ordered_json policies = empty_template(options.scope.kind);
  for (const Document& document : documents)
    if (document.kind != DocumentKind::Exemption)
      policies["resources"].push_back(policy_resource(document, options.scope.kind));
  if (!policies["resources"].empty()) out.push_back({"policies", std::move(policies)});

  ordered_json exemptions = empty_template(options.scope.kind);
  for (const ExemptionPlace& place : exemption_places(documents))
    exemptions["resources"].push_back(nested_deployment(place, options));
  if (!exemptions["resources"].empty()) out.push_back({"exemptions", std::move(exemptions)});
  return out;
}

std::vector<EmittedFile> render_arm(std::span<const Document> documents, const RenderOptions& options) {
  std::vector<EmittedFile> out;
  for (const ArmTemplate& one : arm_templates(documents, options))
    out.push_back({one.name + ".json", file_text(one.body), {}});
  return out;
}

} // namespace writ::emit
