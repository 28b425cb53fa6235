// SPDX-License-Identifier: MIT
#include "writ/semantics/extension_types.h"
#include "writ/text.h"

#include <algorithm>
#include <array>

namespace writ {

bool is_known_extension(std::string_view type) {
  constexpr std::array<std::string_view, 29> kTypes = {
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
      "Microsoft.Authorization/roleDefinitions",
      "Microsoft.Authorization/denyAssignments",
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
      "Microsoft.Resources/tags",
      "Microsoft.Consumption/budgets",
      "Microsoft.EventGrid/eventSubscriptions",
      "Microsoft.Chaos/targets",
      "Microsoft.ContainerService/fleetMemberships",
      "Microsoft.PolicyInsights/attestations",
      "Microsoft.PolicyInsights/remediations"};
  return std::any_of(kTypes.begin(), kTypes.end(),
                     [&](std::string_view known) { return equal_ascii_fold(known, type); });
}

} // namespace writ
