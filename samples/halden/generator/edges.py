"""Hand-written rows for what the plants and the highlights leave out: each control of the library finds something to praise and
something to blame."""
from rows import PLANTS, PROD, TAGS, arm, arm_id, extension, record

OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"


def azure():
    group = "rg-bergen"
    owned = [{"resourceId": arm_id(PLANTS, group, "Microsoft.Storage/storageAccounts", "stbergen")}]
    accounts = "Microsoft.CognitiveServices/accounts"
    arm(PLANTS, group, accounts, "bergen-speech", kind="SpeechServices", sku={"name": "S0"}, identity={"type": "SystemAssigned"}, tags=TAGS,
        properties={"publicNetworkAccess": "Disabled", "disableLocalAuth": True, "capabilities": [{"name": "storage"}], "userOwnedStorage": owned})
    arm(PLANTS, group, accounts, "bergen-language", kind="TextAnalytics", sku={"name": "S"}, tags=TAGS,
        properties={"publicNetworkAccess": "Disabled", "disableLocalAuth": True, "capabilities": [{"name": "Storage"}], "userOwnedStorage": []})
    arm(PLANTS, group, accounts, "bergen-reviewed", kind="OpenAI", sku={"name": "S0"}, identity={"type": "SystemAssigned"},
        tags={**TAGS, "metaprompt-reviewed": "2025-11-30"}, properties={"publicNetworkAccess": "Disabled", "disableLocalAuth": True})
    arm(PLANTS, group, accounts + "/projects/applications", "bergen-reviewed/helper/agent", None,
        properties={"agentIdentityBlueprint": {"clientId": "bp-bergen"}, "defaultInstanceIdentity": {"principalId": "agent-bergen", "clientId": "agent-bergen"}})
    for name, mode in (("bergen-ai", "AllowOnlyApprovedOutbound"), ("moss-ai", "AllowInternetOutbound")):
        arm(PLANTS, group, accounts + "/managedNetworks", f"{name}/default", None, properties={"managedNetwork": {"isolationMode": mode}})
    workspaces = "Microsoft.MachineLearningServices/workspaces"
    approved = [{"properties": {"privateLinkServiceConnectionState": {"status": "Approved"}}}]
    own = {"storageAccount": arm_id(PLANTS, group, "Microsoft.Storage/storageAccounts", "strecipes"),
           "keyVault": arm_id(PLANTS, group, "Microsoft.KeyVault/vaults", "kv-recipes"),
           "containerRegistry": arm_id(PLANTS, group, "Microsoft.ContainerRegistry/registries", "acrrecipes")}
    for kind, target in own.items():
        arm(PLANTS, group, workspaces + "/outboundRules", f"mlw-recipes/private-{kind.lower()}", None,
            properties={"type": "PrivateEndpoint", "category": "Required", "destination": {"serviceResourceId": target, "subresourceTarget": "x"}})
    for name, marked in (("mlw-recipes", True), ("mlw-salaries", False)):
        arm(PLANTS, group, workspaces, name, kind="Default", identity={"type": "SystemAssigned"}, tags={"owner": "hr", "data-class": "Confidential"},
            properties={"publicNetworkAccess": "Disabled", "hbiWorkspace": marked, "privateEndpointConnections": approved if marked else [],
                        "managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound"}, **own})
    for name, model, safety in (("phi", "azureml://registries/azureml/models/Phi-4", "Enabled"), ("own", "azureml://registries/somebody/models/x", "Disabled")):
        arm(PLANTS, group, workspaces + "/serverlessEndpoints", f"mlw-recipes/{name}", kind="ServerlessEndpoint",
            properties={"modelSettings": {"modelId": model}, "contentSafety": {"contentSafetyStatus": safety}, "authMode": "Key"})
    for name, access in (("reg-halden", "Disabled"), ("reg-open", "Enabled")):
        arm(PROD, "rg-forecast", "Microsoft.MachineLearningServices/registries", name, tags=TAGS,
            properties={"publicNetworkAccess": access, "registryPrivateEndpointConnections": [
                {"properties": {"registryPrivateLinkServiceConnectionState": {"status": "Approved" if access == "Disabled" else "Pending"}}}]})
    for name, access in (("cosmos-menus", "Disabled"), ("cosmos-lab", "Enabled")):
        arm(PROD, "rg-assistants", "Microsoft.DocumentDB/databaseAccounts", name, kind="GlobalDocumentDB", tags=TAGS, properties={"publicNetworkAccess": access})
    arm(PLANTS, group, "Microsoft.Search/searchServices", "srch-sealed", sku={"name": "standard"}, tags=TAGS,
        properties={"publicNetworkAccess": "disabled", "disableLocalAuth": True, "replicaCount": 2, "dataExfiltrationProtections": ["BlockAll"]})
    arm(PLANTS, group, "Microsoft.App/agents", "sre-identified", identity={"type": "SystemAssigned"},
        properties={"agentIdentity": {"enabled": True}, "actionConfiguration": {"mode": "Review", "accessLevel": "Low"}})
    backend = '<policies><inbound><set-backend-service base-url="https://halden-assist.openai.azure.com/" />%s</inbound></policies>'
    limits = '<llm-token-limit tokens-per-minute="500" /><llm-content-safety backend-id="safety" />'
    for api, extra in (("chat", limits), ("chat-old", "")):
        arm(PROD, "rg-assistants", "Microsoft.ApiManagement/service/apis/policies", f"apim-halden/{api}/policy", None, properties={"format": "xml", "value": backend % extra})
    for user, kind, end in (("anna", "Activated", "2026-01-01T09:00:00Z"), ("bjorn", "Assigned", None)):
        extension(f"/subscriptions/{PROD}", "Microsoft.Authorization/roleAssignmentScheduleInstances", "instance-" + user,
                  properties={"principalType": "User", "principalId": user, "assignmentType": kind, "scope": f"/subscriptions/{PROD}",
                              "roleDefinitionId": f"/subscriptions/{PROD}/providers/Microsoft.Authorization/roleDefinitions/{OWNER}", **({"endDateTime": end} if end else {})})
    for name, status, when in (("alert-new", "Active", "2025-12-31T12:00:00Z"), ("alert-old", "Active", "2025-11-02T12:00:00Z"), ("alert-done", "Resolved", "2025-11-02T12:00:00Z")):
        extension(f"/subscriptions/{PROD}", "Microsoft.Security/alerts", name,
                  properties={"severity": "High", "alertType": "AI.Azure_Jailbreak.ContentFiltering.BlockedAttempt", "status": status, "timeGeneratedUtc": when})


def systems():
    record("Microsoft.Graph/discoveredCloudApps", "app-forgotten", displayName="Forgotten", category="generativeAi", riskScore=9, tags=["Sanctioned"],
           userCount=0, transactionCount=0, uploadNetworkTrafficInBytes=0, lastSeenDateTime="2025-02-01T00:00:00Z")
    p = "Microsoft.Purview/"
    record(p + "auditConfigurations", "audit-other-tenant", Name="Other tenant", UnifiedAuditLogIngestionEnabled=False)
    record("Microsoft.Graph/auditLogQueries", "query-failed", displayName="Copilot, failed", status="failed", recordTypeFilters=["copilotInteraction"],
           filterStartDateTime="2025-12-22T00:00:00Z", filterEndDateTime="2025-12-29T00:00:00Z")
    label = {"Version": "1.0", "Condition": {"Operator": "And", "SubConditions": [{"ConditionName": "ContentContainsSensitiveInformation"}]}}
    record(p + "dlpRules", "rule-warn", Name="Warn only", Policy="dlp-copilot", Disabled=False, RestrictAccess=[{"setting": "ExcludeContentProcessing", "value": "Warn"}],
           RestrictWebGrounding=False, AdvancedRule=label)
    record(p + "insiderRiskPolicies", "irm-tenant-old", Name="IRM_Tenant_Setting", InsiderRiskScenario="TenantSetting", Enabled=True,
           EpoBrowseToLlmSites=False, AdaptiveProtectionEnabled=True, NotificationRoleGroups=[])
    record("Microsoft.Graph/sensitivityLabels", "label-secret", name="Secret", sensitivity=3, isActive=True, isAppliable=True, hasProtection=True, contentFormats=["file"])


def write():
    azure()
    systems()
