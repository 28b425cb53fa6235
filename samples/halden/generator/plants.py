"""The plants: ten small sites that each bought their own AI, in the third subscription. What is right and what is wrong is
drawn with a fixed seed; ids and types come in every casing that Azure's exports have."""
import random

from rows import LAB, PLANTS, PROD, TAGS, arm, arm_id, extension, rows

SITES = ("bergen", "drammen", "fredrikstad", "gjovik", "hamar", "kongsberg", "larvik", "moss", "narvik", "porsgrunn")
LOG = arm_id(PROD, "rg-assistants", "Microsoft.OperationalInsights/workspaces", "log-central")


class Draw:
    """Choices that are the same with every version of Python: only random() is promised to stay."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def of(self, *options):
        return options[int(self.random() * len(options))]

    def chance(self, percent):
        return self.random() * 100 < percent


def filters(draw, strict):
    """Content filters of a policy; a loose one lacks some or lets some pass."""
    out = []
    for name in ("hate", "sexual", "violence", "selfharm"):
        for source in ("Prompt", "Completion"):
            out.append({"name": name, "source": source, "enabled": True, "blocking": strict or draw.chance(60),
                        "severityThreshold": "Medium" if strict else draw.of("Low", "Medium", "High")})
    for name, source in (("jailbreak", "Prompt"), ("Indirect Attack", "Prompt"), ("Indirect Attack Spotlighting", "Prompt"),
                         ("Protected Material Text", "Completion"), ("Protected Material Code", "Completion")):
        if strict or draw.chance(50):
            out.append({"name": name, "source": source, "enabled": True, "blocking": strict or draw.chance(50)})
    return out


def logging(draw, parent, percent):
    """Diagnostic settings, as Azure Monitor returns them."""
    if not draw.chance(percent):
        return
    category = draw.of({"categoryGroup": "audit"}, {"categoryGroup": "allLogs"}, {"category": "RequestResponse"})
    properties = {"logs": [{**category, "enabled": draw.chance(80)}], "metrics": []}
    if draw.chance(75):
        properties["workspaceId"] = LOG
    else:
        properties["storageAccountId"] = "/subscriptions/" + PLANTS + "/resourceGroups/rg-logs/providers/Microsoft.Storage/storageAccounts/stlogs"
    extension(parent["id"], "Microsoft.Insights/diagnosticSettings", "to-central", properties=properties)


def assistants(draw, site, group):
    t = "Microsoft.CognitiveServices/accounts"
    strict = draw.chance(45)
    closed = strict or draw.chance(30)
    properties = {"publicNetworkAccess": "Disabled" if closed else "Enabled", "disableLocalAuth": strict,
                  "customSubDomainName": f"{site}-ai", "restrictOutboundNetworkAccess": strict,
                  "allowedFqdnList": [f"st{site}.blob.core.windows.net"] if strict else [],
                  "networkAcls": {"defaultAction": "Deny" if closed else "Allow", "ipRules": []},
                  "storedCompletionsDisabled": draw.chance(50),
                  "networkInjections": [{"scenario": "agent", "subnetArmId": arm_id(PLANTS, group, "Microsoft.Network/virtualNetworks/subnets", f"vnet-{site}/agents") if strict else None,
                                         "useMicrosoftManagedNetwork": not strict}]}
    if closed:
        properties["privateEndpointConnections"] = [{"properties": {"privateLinkServiceConnectionState": {"status": "Approved"}}}]
    account = arm(PLANTS, group, t, f"{site}-ai", kind=draw.of("AIServices", "OpenAI"), sku={"name": "S0"},
                  identity={"type": "SystemAssigned"} if draw.chance(80) else {"type": "None"},
                  tags=TAGS if draw.chance(60) else {"owner": site}, properties=properties)
    logging(draw, account, 60)
    arm(PLANTS, group, t + "/raiPolicies", f"{site}-ai/{site}-filter", None,
        properties={"basePolicyName": "Microsoft.DefaultV2" if strict else draw.of("Microsoft.Default", "Microsoft.DefaultV2"),
                    "mode": "Blocking" if strict else draw.of("Asynchronous_filter", "Default", "Deferred"),
                    "contentFilters": filters(draw, strict),
                    "customBlocklists": [{"blocklistName": "names", "blocking": strict}] if draw.chance(60) else []})
    for name in ("chat", "summaries"):
        model = draw.of(("gpt-4o", "2024-11-20"), ("gpt-4.1", "2025-04-14"), ("gpt-35-turbo", "0125"), ("gpt-4o-mini", "2024-07-18"))
        arm(PLANTS, group, t + "/deployments", f"{site}-ai/{name}", None, sku={"name": "GlobalStandard", "capacity": 10},
            properties={"model": {"format": "OpenAI", "name": model[0], "version": model[1]},
                        "raiPolicyName": draw.of(f"{site}-filter", "Microsoft.DefaultV2", f"{site}-filter", "Microsoft.Nil"),
                        "versionUpgradeOption": draw.of("NoAutoUpgrade", "OnceCurrentVersionExpired", "OnceNewDefaultVersionAvailable")})
    arm(PLANTS, group, t + "/connections", f"{site}-ai/search", None,
        properties={"category": "CognitiveSearch", "authType": draw.of("AAD", "ApiKey", "ManagedIdentity"), "target": f"https://srch-{site}.search.windows.net"})
    arm(PLANTS, group, t + "/defenderForAISettings", f"{site}-ai/default", None, properties={"state": draw.of("Enabled", "Enabled", "Disabled")})
    arm(PLANTS, group, t + "/projects", f"{site}-ai/line-planner", identity={"type": "SystemAssigned"}, tags=TAGS, properties={"displayName": "Line planner"})
    arm(PLANTS, group, t + "/projects/connections", f"{site}-ai/line-planner/erp", None,
        properties={"category": "CustomKeys", "authType": draw.of("AAD", "CustomKeys"), "target": "https://erp.halden.example"})
    arm(PLANTS, group, t + "/projects/applications", f"{site}-ai/line-planner/agent", None,
        properties={"agentIdentityBlueprint": {"clientId": f"bp-{site}"}, "defaultInstanceIdentity": {"clientId": f"agent-{site}"}} if draw.chance(70) else {"displayName": "agent"})


def learning(draw, site, group):
    t = "Microsoft.MachineLearningServices/workspaces"
    strict = draw.chance(45)
    own = {kind: arm_id(PLANTS, group, type_, name) for kind, type_, name in (
        ("storageAccount", "Microsoft.Storage/storageAccounts", f"st{site}"),
        ("keyVault", "Microsoft.KeyVault/vaults", f"kv-{site}"),
        ("containerRegistry", "Microsoft.ContainerRegistry/registries", f"acr{site}"))}
    workspace = arm(PLANTS, group, t, f"mlw-{site}", kind="Default", tags=TAGS if draw.chance(60) else {},
                    identity={"type": draw.of("SystemAssigned", "UserAssigned")},
                    properties={"publicNetworkAccess": "Disabled" if strict else draw.of("Enabled", "Disabled"),
                                "managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound" if strict else draw.of("AllowInternetOutbound", "Disabled")},
                                "primaryUserAssignedIdentity": f"/subscriptions/{PLANTS}/id-{site}" if strict else None,
                                "encryption": {"status": "Enabled", "keyVaultProperties": {"keyIdentifier": f"https://kv-{site}.vault.azure.net/keys/ml/1"}} if strict else {"status": "Disabled"},
                                "serverlessComputeSettings": {"serverlessComputeNoPublicIP": strict},
                                "hbiWorkspace": strict, **own})
    logging(draw, workspace, 50)
    user = {"assignedUser": {"objectId": f"user-{site}", "tenantId": "t"}}
    arm(PLANTS, group, t + "/computes", f"mlw-{site}/cluster", identity={"type": "SystemAssigned"} if strict else None,
        properties={"computeType": "AmlCompute", "disableLocalAuth": strict,
                    "properties": {"enableNodePublicIp": not strict, "remoteLoginPortPublicAccess": "Disabled" if strict else draw.of("Enabled", "NotSpecified"),
                                   "subnet": {"id": f"/subscriptions/{PLANTS}/vnet-{site}"} if draw.chance(60) else None}})
    arm(PLANTS, group, t + "/computes", f"mlw-{site}/ci-{site}", identity={"type": "SystemAssigned"} if draw.chance(60) else None,
        properties={"computeType": "ComputeInstance", "disableLocalAuth": draw.chance(60),
                    "properties": {"enableNodePublicIp": not strict, "sshSettings": {"sshPublicAccess": "Disabled" if strict else draw.of("Enabled", "Disabled")},
                                   "applicationSharingPolicy": "Personal" if strict else draw.of("Personal", "Shared"),
                                   "idleTimeBeforeShutdown": "PT60M" if draw.chance(60) else None, "enableRootAccess": not strict,
                                   "osImageMetadata": {"isLatestOsImageVersion": draw.chance(70)},
                                   "personalComputeInstanceSettings": user if draw.chance(70) else None}})
    arm(PLANTS, group, t + "/outboundRules", f"mlw-{site}/pypi", None,
        properties={"type": "FQDN", "category": "UserDefined", "destination": draw.of("pypi.org", "*.pypi.org", "files.pythonhosted.org")})
    for kind in ("storageAccount", "keyVault") if strict else ("keyVault",):
        arm(PLANTS, group, t + "/outboundRules", f"mlw-{site}/to-{kind.lower()}", None,
            properties={"type": "PrivateEndpoint", "category": "Required" if kind == "storageAccount" else "UserDefined",
                        "destination": {"serviceResourceId": own[kind], "subresourceTarget": "blob" if kind == "storageAccount" else "vault"}})
    arm(PLANTS, group, t + "/onlineEndpoints", f"mlw-{site}/scoring", kind="Managed", identity={"type": "SystemAssigned"},
        properties={"publicNetworkAccess": "Disabled" if strict else "Enabled", "authMode": draw.of("AADToken", "Key", "AMLToken")})
    arm(PLANTS, group, t + "/onlineEndpoints/deployments", f"mlw-{site}/scoring/blue", kind="Managed",
        properties={"egressPublicNetworkAccess": "Disabled" if strict else "Enabled", "appInsightsEnabled": draw.chance(60),
                    "model": draw.of("azureml://registries/azureml/models/Phi-4/versions/3", f"azureml://registries/{site}/models/own/versions/1"),
                    **({"dataCollector": {"collections": {"model_inputs": {"dataCollectionMode": "Enabled"}}}} if draw.chance(50) else {})})
    tags = {"approvedBy": "model-board", "approvedOn": "2025-11-02", "scanResult": "clean", "transparencyNote": "yes", "intendedUse": "planning", "fairnessReport": "r1"}
    arm(PLANTS, group, t + "/models/versions", f"mlw-{site}/forecast/1", None,
        properties={"stage": draw.of("Production", "Development"), "tags": tags if strict else {"approvedBy": "someone"} if draw.chance(50) else {}})
    arm(PLANTS, group, t + "/connections", f"mlw-{site}/lake", None, properties={"category": "AzureBlob", "authType": draw.of("AAD", "AccountKey", "ManagedIdentity")})


def neighbours(draw, site, group):
    closed = draw.chance(60)
    access = "Disabled" if closed else "Enabled"
    arm(PLANTS, group, "Microsoft.Storage/storageAccounts", f"st{site}", kind="StorageV2", sku={"name": "Standard_LRS"},
        properties={"publicNetworkAccess": access, "allowSharedKeyAccess": draw.chance(40), "allowBlobPublicAccess": draw.chance(20),
                    "minimumTlsVersion": "TLS1_2", "networkAcls": {"defaultAction": "Deny" if closed else "Allow"}})
    arm(PLANTS, group, "Microsoft.KeyVault/vaults", f"kv-{site}", properties={"publicNetworkAccess": access, "enablePurgeProtection": True, "enableRbacAuthorization": draw.chance(80)})
    arm(PLANTS, group, "Microsoft.ContainerRegistry/registries", f"acr{site}", sku={"name": "Premium"}, properties={"publicNetworkAccess": access, "adminUserEnabled": draw.chance(20)})
    search = arm(PLANTS, group, "Microsoft.Search/searchServices", f"srch-{site}", sku={"name": draw.of("standard", "basic")}, tags=TAGS,
                 properties={"publicNetworkAccess": access.lower(), "disableLocalAuth": draw.chance(50), "replicaCount": draw.of(1, 2, 3),
                             "encryptionWithCmk": {"enforcement": draw.of("Enabled", "Unspecified")}})
    logging(draw, search, 50)
    approval = {"type": "ApiConnectionWebhook", "inputs": {"path": "/approvalmail/$subscriptions"}}
    workflow = arm(PLANTS, group, "Microsoft.Logic/workflows", f"la-{site}-orders", tags={"ai-critical": "true", **TAGS},
                   properties={"state": draw.of("Enabled", "Enabled", "Disabled"),
                               "definition": {"triggers": {"manual": {"type": "Request"}},
                                              "actions": {"Ask": approval, "Order": {"type": "Http", "inputs": {}}} if draw.chance(60) else {"Order": {"type": "Http", "inputs": {}}}},
                               **({"accessControl": {"triggers": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}}} if draw.chance(60) else {})})
    logging(draw, workflow, 50)
    arm(PLANTS, group, "Microsoft.App/sessionPools", f"pool-{site}", properties={"sessionNetworkConfiguration": {"status": draw.of("EgressDisabled", "EgressEnabled")}})
    arm(PLANTS, group, "Microsoft.App/agents", f"sre-{site}", identity={"type": "SystemAssigned"},
        properties={"actionConfiguration": {"mode": draw.of("Review", "Autonomous"), "accessLevel": draw.of("Low", "High")}})


def rights(draw, site, group):
    scopes = {"account": arm_id(PLANTS, group, "Microsoft.CognitiveServices/accounts", f"{site}-ai"),
              "group": f"/subscriptions/{PLANTS}/resourceGroups/{group}", "subscription": f"/subscriptions/{PLANTS}"}
    roles = {"owner": "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "contributor": "b24988ac-6180-42a0-ab88-20f7382dd24c", "reader": "acdd72a7-3385-48ef-bd42-f606fba81ae7",
             "ai user": "53ca6127-db72-4b80-b1b0-d745d6d5456d", "ai developer": "64702f94-c441-49e6-a78b-ef80e0188fee"}
    for i, (scope, principal) in enumerate((("account", "User"), ("account", "ServicePrincipal"), ("subscription" if draw.chance(20) else "group", "ServicePrincipal"))):
        role = draw.of("owner", "contributor", "reader", "ai user", "ai user", "ai developer")
        extension(scopes[scope], "Microsoft.Authorization/roleAssignments", f"ra-{site}-{i}",
                  properties={"roleDefinitionId": f"/subscriptions/{PLANTS}/providers/Microsoft.Authorization/roleDefinitions/{roles[role]}",
                              "principalType": principal, "principalId": f"agent-{site}" if principal == "ServicePrincipal" else f"user-{site}", "scope": scopes[scope]})


def subscriptions(draw):
    for sub, name in ((PROD, "Halden production"), (LAB, "Halden lab"), (PLANTS, "Halden plants")):
        rows.append({"id": f"/subscriptions/{sub}", "name": name, "type": "microsoft.resources/subscriptions", "subscriptionId": sub,
                     "tags": {"owner": "platform"}, "properties": {"displayName": name, "state": "Enabled"}})
    for sub, posture, ai, evidence in ((PROD, "Standard", "Standard", "True"), (LAB, "Free", "Free", "False"), (PLANTS, "Standard", "Free", "False")):
        scope = f"/subscriptions/{sub}"
        extension(scope, "Microsoft.Security/pricings", "CloudPosture", properties={"pricingTier": posture, "extensions": [{"name": "SensitiveDataDiscovery", "isEnabled": "True" if sub == PROD else "False"}]})
        extension(scope, "Microsoft.Security/pricings", "AI", properties={"pricingTier": ai, "extensions": [
            {"name": "AIPromptEvidence", "isEnabled": evidence}, {"name": "AIPromptSharingWithPurview", "isEnabled": evidence}, {"name": "AIModelScanner", "isEnabled": evidence}]})
    for i, (site, code) in enumerate(zip(SITES, ("Healthy", "Unhealthy", "Healthy", "NotApplicable", "Unhealthy", "Healthy", "Healthy", "Healthy", "Unhealthy", "Healthy"))):
        parent = arm_id(PLANTS, f"rg-{site}", "Microsoft.CognitiveServices/accounts", f"{site}-ai")
        extension(parent, "Microsoft.Security/assessments", f"assessment-{i:02}", properties={"displayName": "Azure AI Services resources should have key access disabled (disable local authentication)",
                  "status": {"code": code}, "metadata": {"severity": draw.of("High", "Medium")}, "resourceDetails": {"Id": parent}})
    for sub, operations in ((PROD, ("Microsoft.CognitiveServices/accounts/raiPolicies/write", "Microsoft.CognitiveServices/accounts/deployments/write")), (PLANTS, ("Microsoft.Compute/virtualMachines/delete",))):
        for operation in operations:
            arm(sub, "rg-alerts", "microsoft.insights/activityLogAlerts", "on-" + "-".join(operation.lower().split("/")[-2:]), "global",
                properties={"enabled": True, "scopes": [f"/subscriptions/{sub}"], "actions": {"actionGroups": [{"actionGroupId": "ag-soc"}]},
                            "condition": {"allOf": [{"field": "category", "equals": "Administrative"}, {"field": "operationName", "equals": operation}]}})
    for name, actions, data in (("AI helper", ["Microsoft.CognitiveServices/accounts/read"], ["Microsoft.CognitiveServices/accounts/OpenAI/*"]), ("Everything AI", ["*"], ["Microsoft.CognitiveServices/*"])):
        extension(f"/subscriptions/{PLANTS}", "Microsoft.Authorization/roleDefinitions", "role-" + name.lower().replace(" ", "-"),
                  properties={"roleName": name, "type": "CustomRole", "permissions": [{"actions": actions, "dataActions": data, "notActions": [], "notDataActions": []}]})


def casing(draw, row):
    """Exports differ: Resource Graph lowers types, some services lower ids or single segments, others shout."""
    if row.get("subscriptionId") != PLANTS and PLANTS not in row["id"]:
        return
    row["type"] = draw.of(row["type"], row["type"].lower(), row["type"].upper() if draw.chance(30) else row["type"])
    row["id"] = draw.of(row["id"], row["id"].replace("/resourceGroups/", "/resourcegroups/"), row["id"].lower() if draw.chance(50) else row["id"])
    if "resourceGroup" in row and draw.chance(30):
        row["resourceGroup"] = row["resourceGroup"].upper()


def write():
    draw = Draw(20260101)
    first = len(rows)
    for site in SITES:
        group = f"rg-{site}"
        rows.append({"id": f"/subscriptions/{PLANTS}/resourceGroups/{group}", "name": group, "type": "microsoft.resources/subscriptions/resourcegroups",
                     "location": "norwayeast", "subscriptionId": PLANTS, "tags": {"costCenter": "2000"}, "properties": {"provisioningState": "Succeeded"}})
        for part in (assistants, learning, neighbours, rights):
            part(draw, site, group)
    subscriptions(draw)
    for row in rows[first:]:
        casing(draw, row)
