// SPDX-License-Identifier: MIT
// Bicep: main.bicep with definitions and initiatives; exemptions.bicep, which puts each place's exemptions
// there through a module of exemptions/.
#include "emit/bicep_text.h"
#include "emit/body.h"
#include "emit/exemption_places.h"
#include "emit/target.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace writ::emit {

using nlohmann::ordered_json;

namespace {

constexpr const char* kPolicyVersion = "2023-04-01";
constexpr const char* kExemptionVersion = "2022-07-01-preview";
/// Only the id of an `existing` resource is used; no request is made with its version.
constexpr const char* kExistingVersion = "2024-01-01";

const char* target_scope(ScopeKind kind) {
  return kind == ScopeKind::ManagementGroup ? "managementGroup"
         : kind == ScopeKind::Subscription  ? "subscription"
                                            : "resourceGroup";
}

std::string header(ScopeKind kind) { return fmt::format("targetScope = '{}'\n", target_scope(kind)); }

/// With a word in front, so that none is a word of the language.
std::vector<std::string> bicep_symbols(std::span<const Document> documents) {
  std::vector<std::string> out = symbols_of(documents);
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i].insert(0, documents[i].kind == DocumentKind::Definition   ? "definition_"
                     : documents[i].kind == DocumentKind::Initiative ? "initiative_"
                                                                     : "exemption_");
  return out;
}

std::string policies(std::span<const Document> documents, ScopeKind scope) {
  const std::vector<std::string> symbols = bicep_symbols(documents);
  std::map<std::string, std::string> by_id;
  for (std::size_t i = 0; i < documents.size(); ++i)
    if (documents[i].kind != DocumentKind::Exemption)
      by_id[lower_ascii(
          std::string(documents[i].kind == DocumentKind::Definition ? kOwnDefinitions : kOwnInitiatives) +
          documents[i].name)] = symbols[i];
  const BicepReference reference = [&](std::string_view text) {
    const auto found = by_id.find(lower_ascii(text));
    return found == by_id.end() ? std::string() : found->second + ".id";
  };
  std::string out = header(scope);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (documents[i].kind == DocumentKind::Exemption) continue;
    const ordered_json properties = deployable(documents[i].json.at("properties"));
    out += fmt::format(
        "\nresource {} 'Microsoft.Authorization/{}@{}' = {{\n  name: {}\n  properties: {}\n}}\n", symbols[i],
        documents[i].kind == DocumentKind::Initiative ? "policySetDefinitions" : "policyDefinitions",
        kPolicyVersion, bicep_string(documents[i].name), bicep_value(properties, 2, reference));
  }
  return out;
}

std::string exemption_module(const ExemptionPlace& place, const RenderOptions& options) {
  std::vector<Document> documents;
  for (const Document* document : place.exemptions)
    documents.push_back(*document);
  const std::vector<std::string> symbols = bicep_symbols(documents);
  std::string out = header(place.container.kind);
  std::map<std::string, std::string> targets; // "Microsoft.X/types/name" -> symbol
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const std::string resource = exemption_scope(documents[i])->resource;
    if (!resource.empty() && !targets.contains(resource)) {
      const std::string symbol = "resource_" + short_hash(resource);
      targets[resource] = symbol;
      // namespace/type/name/type/name -> type 'namespace/type/type', name 'name/name'
      std::string type;
      std::string name;
      std::size_t part = 0;
      for (std::size_t begin = 0; begin <= resource.size(); ++part) {
        const std::size_t end = std::min(resource.find('/', begin), resource.size());
        const std::string word = resource.substr(begin, end - begin);
        std::string& into = part == 0 || part % 2 == 1 ? type : name;
        into += (into.empty() ? "" : "/") + word;
        begin = end + 1;
      }
      out += fmt::format("\nresource {} {} existing = {{\n  name: {}\n}}\n", symbol,
                         bicep_string(type + "@" + kExistingVersion), bicep_string(name));
    }
    const ordered_json properties = with_scope(documents[i].json.at("properties"), options.scope);
    out += fmt::format("\nresource {} 'Microsoft.Authorization/policyExemptions@{}' = {{\n  name: {}\n{}  "
                       "properties: {}\n}}\n",
                       symbols[i], kExemptionVersion, bicep_string(documents[i].name),
                       resource.empty() ? std::string() : fmt::format("  scope: {}\n", targets[resource]),
                       bicep_value(properties, 2));
  }
  return out;
}

std::string scope_expression(const Scope& scope) {
  switch (scope.kind) {
  case ScopeKind::ManagementGroup:
    return fmt::format("managementGroup({})", bicep_string(scope.management_group));
  case ScopeKind::Subscription:
    return fmt::format("subscription({})", bicep_string(scope.subscription));
  default:
    return fmt::format("resourceGroup({}, {})", bicep_string(scope.subscription),
                       bicep_string(scope.resource_group));
  }
}

} // namespace

std::vector<Remark> remarks_bicep(const Document& document, const RenderOptions& options) {
  return document.kind == DocumentKind::Exemption ? exemption_remarks(document, options)
                                                  : std::vector<Remark>();
}

std::vector<EmittedFile> render_bicep(std::span<const Document> documents, const RenderOptions& options) {
  std::vector<EmittedFile> out;
  if (documents.empty() || documents.front().kind != DocumentKind::Exemption)
    out.push_back({"main.bicep", policies(documents, options.scope.kind), {}});
  std::string modules = header(options.scope.kind);
  const std::vector<ExemptionPlace> places = exemption_places(documents);
  for (const ExemptionPlace& place : places) {
    const std::string hash = short_hash(place.container.id);
    const std::string path = fmt::format("exemptions/{}.bicep", hash);
    out.push_back({path, exemption_module(place, options), {}});
    modules +=
        fmt::format("\n// {}\nmodule exemptions_{} '{}' = {{\n  name: 'exemptions-{}'\n  scope: {}\n}}\n",
                    place.container.id, hash, path, hash, scope_expression(place.container));
  }
  if (!places.empty()) out.push_back({"exemptions.bicep", modules, {}});
  return out;
}

} // namespace writ::emit
