// SPDX-License-Identifier: MIT
#include "related.h"

#include "applicability.h"
#include "fields.h"
#include "resource_id.h"
#include "snapshot.h"
#include "text.h"
#include "value.h"

#include <algorithm>
#include <array>

namespace writ::reference {
namespace {

constexpr std::array<std::string_view, 24> kExtensionTypes{
    "Microsoft.Insights/diagnosticSettings",
    "Microsoft.Insights/dataCollectionRuleAssociations",
    "Microsoft.GuestConfiguration/guestConfigurationAssignments",
    "Microsoft.Security/assessments",
    "Microsoft.Security/complianceResults",
    "Microsoft.Security/advancedThreatProtectionSettings",
    "Microsoft.Security/defenderForStorageSettings",
    "Microsoft.Security/pricings",
    "Microsoft.Authorization/locks",
    "Microsoft.Authorization/roleAssignments",
    "Microsoft.Authorization/policyAssignments",
    "Microsoft.Authorization/policyExemptions",
    "Microsoft.Maintenance/configurationAssignments",
    "Microsoft.Automanage/configurationProfileAssignments",
    "Microsoft.KubernetesConfiguration/extensions",
    "Microsoft.KubernetesConfiguration/fluxConfigurations",
    "Microsoft.KubernetesConfiguration/sourceControlConfigurations",
    "Microsoft.RecoveryServices/backupProtectedItems",
    "Microsoft.CustomProviders/associations",
    "Microsoft.Resources/links",
    "Microsoft.Consumption/budgets",
    "Microsoft.EventGrid/eventSubscriptions",
    "Microsoft.Chaos/targets",
    "Microsoft.ContainerService/fleetMemberships",
};

/// The members of `details` that select candidates, resolved for one resource.
struct Search {
  std::string type;
  std::optional<std::string> name;
  std::optional<std::string> kind;
  std::optional<std::string> resource_group;
  std::string scope;
  bool names_nothing = false; ///< `name` resolved to null or ""
};

/// Evaluates one member; null when it is absent.
Outcome resolve_text(const json& details, const char* key, Environment& env) {
  const json* member = find_member(details, key);
  return member == nullptr ? Outcome::of(nullptr) : evaluate_json(*member, env);
}

std::optional<std::string> text_or_nothing(const Outcome& outcome) {
  if (!outcome.value.is_string() || outcome.value.get_ref<const std::string&>().empty()) return std::nullopt;
  return outcome.value.get<std::string>();
}

/// Error or Unknown when a member cannot be resolved; True otherwise.
Judgement resolve_search(const json& details, Environment& env, Search& search) {
  const std::array<const char*, 5> keys{"type", "name", "kind", "resourceGroupName", "existenceScope"};
  std::array<Outcome, 5> resolved;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    resolved[i] = resolve_text(details, keys[i], env);
    if (resolved[i].is_error()) return {Truth::Error, resolved[i].failure};
    if (resolved[i].is_unknown()) return {Truth::Unknown, {}};
  }
  const auto type = text_or_nothing(resolved[0]);
  if (!type) return {Truth::Error, {"bad-details", "the type of the related resource is empty"}};
  search.type = *type;
  search.name = text_or_nothing(resolved[1]);
  search.names_nothing = find_member(details, "name") != nullptr && !search.name;
  search.kind = text_or_nothing(resolved[2]);
  search.resource_group = text_or_nothing(resolved[3]);
  search.scope = text_or_nothing(resolved[4]).value_or("");
  return {Truth::True, {}};
}

/// `id` is attached to `parent` itself: {parent}/providers/{T}/…, with no further provider part.
bool is_attached(const std::string& id, const ResourceId& parent, const std::string& type) {
  const std::string prefix = parent.text + "/providers/" + type + "/";
  return starts_with_ascii(id, prefix) && parse_resource_id(id).providers == parent.providers + 1;
}

bool is_extension_type(const std::string& type, const Snapshot& snapshot) {
  if (std::any_of(kExtensionTypes.begin(), kExtensionTypes.end(),
                  [&](auto t) { return equal_ascii(t, type); }))
    return true;
  const auto& known = snapshot.of_type(type);
  return std::any_of(known.begin(), known.end(), [](const json* resource) {
    return parse_resource_id(string_member(*resource, "id")).providers > 1;
  });
}

/// Is this resource of the wanted type within the part of the inventory that the rule searches?
class SearchArea {
public:
  SearchArea(const json& resource, const Search& search, const Snapshot& snapshot)
      : own_(parse_resource_id(string_member(resource, "id"))), search_(search) {
    const bool wide = equal_ascii(search.scope, "Subscription");
    container_ = equal_ascii(search.type, "Microsoft.Resources/subscriptions") ||
                 equal_ascii(search.type, "Microsoft.Resources/subscriptions/resourceGroups");
    extension_ = !container_ && is_extension_type(search.type, snapshot);
    child_ = !container_ && !extension_ &&
             starts_with_ascii(search.type, string_member(resource, "type") + "/") &&
             !is_subscription(resource) && !is_resource_group(resource);
    whole_subscription_ = wide || (is_subscription(resource) && !search.resource_group) ||
                          equal_ascii(search.type, "Microsoft.Resources/subscriptions");
    group_ = search.resource_group.value_or(own_.resource_group);
  }

  [[nodiscard]] bool holds(const json& candidate) const {
    const std::string text = string_member(candidate, "id");
    if (extension_) return is_attached(text, own_, search_.type);
    if (child_) return is_under(text, own_.text);
    const ResourceId id = parse_resource_id(text);
    if (id.subscription.empty() || !equal_ascii(id.subscription, own_.subscription)) return false;
    return whole_subscription_ || (!group_.empty() && equal_ascii(id.resource_group, group_));
  }

private:
  ResourceId own_;
  const Search& search_;
  bool container_ = false;
  bool extension_ = false;
  bool child_ = false;
  bool whole_subscription_ = false;
  std::string group_;
};

std::vector<std::string_view> split_name(std::string_view name) {
  std::vector<std::string_view> out;
  for (;;) {
    const auto slash = name.find('/');
    out.push_back(name.substr(0, slash));
    if (slash == std::string_view::npos) return out;
    name.remove_prefix(slash + 1);
  }
}

bool is_selected(const json& candidate, const Search& search, const SearchArea& scope) {
  if (search.names_nothing || !scope.holds(candidate)) return false;
  if (search.name && !name_matches(*search.name, full_name(candidate))) return false;
  return !search.kind || equal_folded(*search.kind, string_member(candidate, "kind"));
}

} // namespace

bool name_matches(std::string_view wanted, std::string_view full_name) {
  const auto n = split_name(wanted);
  const auto m = split_name(full_name);
  if (n.size() > m.size()) return false;
  const std::size_t skipped = m.size() - n.size();
  for (std::size_t i = 0; i < n.size(); ++i) {
    const bool any = n[i] == "?" && i + 1 == n.size();
    if (!any && !equal_folded(n[i], m[skipped + i])) return false;
  }
  return true;
}

Judgement find_satisfying(const json& details, Environment& env, std::string& why) {
  Search search;
  Judgement resolved = resolve_search(details, env, search);
  if (resolved.truth != Truth::True) return resolved;

  const auto& of_type = env.snapshot->of_type(search.type);
  if (of_type.empty() && !env.options->assume_complete) {
    why = "related type not in inventory";
    return {Truth::Unknown, {}};
  }
  const SearchArea scope(*env.origin, search, *env.snapshot);
  const json* condition = find_member(details, "existenceCondition");
  Judgement result{Truth::False, {}};
  for (const json* candidate : of_type) {
    if (!is_selected(*candidate, search, scope)) continue;
    if (condition == nullptr) return {Truth::True, {}};
    Environment inner = env;
    inner.subject = candidate;
    inner.scopes.clear();
    Judgement j = judge(*condition, inner);
    if (j.truth == Truth::True) return j;
    const Truth combined = truth_or(result.truth, j.truth);
    if (combined == Truth::Error && result.truth != Truth::Error) result.failure = std::move(j.failure);
    result.truth = combined;
  }
  return result;
}

} // namespace writ::reference
