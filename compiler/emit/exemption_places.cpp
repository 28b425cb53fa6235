// SPDX-License-Identifier: MIT
#include "emit/exemption_places.h"

#include "writ/text.h"

#include <map>

namespace writ::emit {

namespace {

Scope container_of(Scope scope) {
  if (scope.kind != ScopeKind::Resource) return scope;
  scope.resource.clear();
  scope.kind = scope.resource_group.empty() ? ScopeKind::Subscription : ScopeKind::ResourceGroup;
  scope.id = "/subscriptions/" + scope.subscription;
  if (!scope.resource_group.empty()) scope.id += "/resourceGroups/" + scope.resource_group;
  return scope;
}

} // namespace

std::vector<ExemptionPlace> exemption_places(std::span<const Document> documents) {
  std::map<std::string, ExemptionPlace> places;
  for (const Document& document : documents) {
    if (document.kind != DocumentKind::Exemption) continue;
    const std::optional<Scope> scope = exemption_scope(document);
    if (!scope) continue;
    Scope container = container_of(*scope);
    ExemptionPlace& place = places[lower_ascii(container.id)];
    if (place.exemptions.empty()) place.container = std::move(container);
    place.exemptions.push_back(&document);
  }
  std::vector<ExemptionPlace> out;
  for (auto& [id, place] : places)
    out.push_back(std::move(place));
  return out;
}

std::vector<Remark> exemption_remarks(const Document& exemption, const RenderOptions& options) {
  std::vector<Remark> out;
  if (!exemption_scope(exemption))
    out.push_back({true,
                   "its id does not say what is exempt: a management group, subscription, resource group or "
                   "resource"});
  const nlohmann::ordered_json& properties = exemption.json.at("properties");
  if (options.scope.id.empty() && own_id(text_of(properties, "policyAssignmentId")))
    out.push_back({true, "the scope of its assignment is open: give --scope"});
  return out;
}

} // namespace writ::emit
