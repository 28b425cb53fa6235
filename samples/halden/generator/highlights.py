"""Hand-written resources: each shows something, and its verdicts are worked out in expected.yaml."""
from rows import LAB, PROD, TAGS, arm, rows


def groups():
    for sub, group in ((PROD, "rg-assistants"), (PROD, "rg-forecast"), (LAB, "rg-lab")):
        rows.append({"id": f"/subscriptions/{sub}/resourceGroups/{group}", "name": group,
                     "type": "microsoft.resources/subscriptions/resourcegroups", "location": "swedencentral",
                     "subscriptionId": sub, "tags": {"costCenter": "4711"}, "properties": {"provisioningState": "Succeeded"}})


def accounts():
    t = "Microsoft.CognitiveServices/accounts"
    closed = {"publicNetworkAccess": "Disabled", "disableLocalAuth": True, "customSubDomainName": "halden-assist",
              "restrictOutboundNetworkAccess": True, "allowedFqdnList": ["haldenassist.blob.core.windows.net"],
              "encryption": {"keySource": "Microsoft.KeyVault", "keyVaultProperties": {"keyName": "ai", "keyVaultUri": "https://kv-halden.vault.azure.net/"}},
              "networkAcls": {"defaultAction": "Deny", "ipRules": [], "virtualNetworkRules": []},
              "privateEndpointConnections": [{"properties": {"privateLinkServiceConnectionState": {"status": "Approved"}}}]}
    identity = {"type": "SystemAssigned"}
    arm(PROD, "rg-assistants", t, "halden-assist", kind="AIServices", sku={"name": "S0"}, identity=identity, tags=TAGS, properties=closed)
    arm(PROD, "rg-assistants", t, "halden-assist-eu", kind="OpenAI", sku={"name": "S0"}, identity=identity,
        tags={"Owner": "ai-platform", "Data-Class": "Confidential"},
        properties={**closed, "publicNetworkAccess": "disabled", "customSubDomainName": "halden-assist-eu",
                    "privateEndpointConnections": [{"properties": {"privateLinkServiceConnectionState": {"status": "Pending"}}}]})
    arm(PROD, "rg-assistants", t, "halden-chat", kind="OpenAI", sku={"name": "S0"}, identity={"type": "None"}, tags=TAGS,
        properties={"publicNetworkAccess": "Enabled", "disableLocalAuth": False, "customSubDomainName": "halden-chat",
                    "networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "203.0.113.10"}, {"value": "0.0.0.0/0"}]}})
    arm(PROD, "rg-assistants", t, "halden-firewalled", kind="OpenAI", sku={"name": "S0"}, identity=identity, tags=TAGS,
        properties={"publicNetworkAccess": "Enabled", "disableLocalAuth": True, "customSubDomainName": "halden-fw",
                    "restrictOutboundNetworkAccess": True, "allowedFqdnList": ["*"],
                    "networkAcls": {"defaultAction": "Deny", "ipRules": []}})
    arm(PROD, "rg-forecast", t, "halden-vision", kind="ComputerVision", sku={"name": "S1"}, tags={"owner": "logistics"},
        properties={"publicNetworkAccess": "Enabled", "disableLocalAuth": False, "networkAcls": {"defaultAction": "Allow"}})
    arm(PROD, "rg-forecast", t, "halden-speech", kind="SpeechServices", sku={"name": "S0"}, identity=identity, tags=TAGS,
        properties={"publicNetworkAccess": "Disabled", "disableLocalAuth": True, "customSubDomainName": "",
                    "encryption": {"keySource": "Microsoft.CognitiveServices"}})
    arm(LAB, "rg-lab", t, "lab-openai", kind="OpenAI", sku={"name": "S0"}, properties={"provisioningState": "Succeeded"})
    arm(LAB, "rg-lab", t, "lab-foundry", kind="AIServices", sku={"name": "S0"}, identity=identity, tags={"data-class": "secret", "owner": "lab"},
        properties={"publicNetworkAccess": "Enabled", "restrictOutboundNetworkAccess": False, "disableLocalAuth": False})
    arm(LAB, "rg-lab", t, "lab-translator", kind="TextTranslation", sku={"name": "S1"}, properties={"publicNetworkAccess": "Enabled", "disableLocalAuth": True})
    # As `az resource list` exports it: the properties are not there, so nothing about them is known.
    arm(LAB, "rg-lab", t, "lab-unexported", kind="OpenAI", sku={"name": "S0"}, tags=TAGS, properties=None)


def deployments():
    t = "Microsoft.CognitiveServices/accounts/deployments"

    def add(sub, group, name, model, version, upgrade=None, policy=None, fmt="OpenAI"):
        properties = {"model": {"format": fmt, "name": model, "version": version}, "provisioningState": "Succeeded"}
        if upgrade:
            properties["versionUpgradeOption"] = upgrade
        if policy is not None:
            properties["raiPolicyName"] = policy
        arm(sub, group, t, name, None, sku={"name": "GlobalStandard", "capacity": 50}, properties=properties)

    add(PROD, "rg-assistants", "halden-assist/chat", "gpt-4o", "2024-11-20", "NoAutoUpgrade", "halden-strict")
    add(PROD, "rg-assistants", "halden-assist/embed", "text-embedding-3-large", "1", "NoAutoUpgrade", "halden-strict")
    add(PROD, "rg-assistants", "halden-assist/reasoning", "o4-mini", "2025-04-16", "OnceCurrentVersionExpired", "halden-strict")
    add(PROD, "rg-assistants", "halden-assist-eu/chat", "GPT-4O", "2024-11-20", "noautoupgrade", "Microsoft.DefaultV2")
    add(PROD, "rg-assistants", "halden-chat/chat", "gpt-35-turbo", "0125", "OnceNewDefaultVersionAvailable", "Microsoft.Nil")
    add(PROD, "rg-assistants", "halden-chat/legacy", "davinci-002", "1", None, None)
    add(PROD, "rg-assistants", "halden-firewalled/chat", "gpt-4.1", "2025-04-14", "OnceNewDefaultVersionAvailable", "halden-strict")
    add(LAB, "rg-lab", "lab-foundry/deepseek", "DeepSeek-R1", "1", None, "Microsoft.DefaultV2", "DeepSeek")
    add(LAB, "rg-lab", "lab-foundry/phi", "Phi-4", "3", None, "Microsoft.DefaultV2", "Microsoft")
    add(LAB, "rg-lab", "lab-foundry/mistral", "Mistral-large", "2411", None, None, "Mistral AI")
    add(LAB, "rg-lab", "lab-openai/playground", "gpt-4o-mini", "2024-07-18", None, "")
    add(LAB, "rg-lab", "lab-openai/test", "gpt-4.1-mini", "2025-04-14", "NoAutoUpgrade", "lab-open")


def workspaces():
    t = "Microsoft.MachineLearningServices/workspaces"
    uai = f"/subscriptions/{PROD}/resourceGroups/rg-forecast/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-forecast"
    own_key = {"status": "Enabled", "keyVaultProperties": {"keyIdentifier": "https://kv-halden.vault.azure.net/keys/ml/1"}}
    arm(PROD, "rg-forecast", t, "mlw-forecast", kind="Default", identity={"type": "UserAssigned"}, tags=TAGS,
        properties={"publicNetworkAccess": "Disabled", "managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound"},
                    "primaryUserAssignedIdentity": uai, "encryption": own_key, "hbiWorkspace": True})
    arm(PROD, "rg-forecast", t, "hub-assist", kind="Hub", identity={"type": "SystemAssigned"}, tags=TAGS,
        properties={"publicNetworkAccess": "Enabled", "managedNetwork": {"isolationMode": "AllowInternetOutbound"}})
    arm(PROD, "rg-forecast", t, "project-menus", kind="Project", identity={"type": "SystemAssigned"}, tags=TAGS,
        properties={"publicNetworkAccess": "Disabled", "hubResourceId": "hub-assist"})
    arm(PROD, "rg-forecast", t, "project-prices", kind="project", tags={"owner": "pricing"}, properties={"publicNetworkAccess": "Enabled"})
    arm(LAB, "rg-lab", t, "mlw-lab", kind="Default", properties={"publicNetworkAccess": "Enabled", "encryption": {"status": "Disabled"}})
    arm(LAB, "rg-lab", t, "mlw-features", kind="FeatureStore", tags={"owner": "lab", "data-class": "PUBLIC"},
        properties={"publicNetworkAccess": "Disabled", "managedNetwork": {"isolationMode": "Disabled"}, "encryption": {"status": "Enabled"}})
    arm(LAB, "rg-lab", t, "mlw-unexported", kind="Default", tags=TAGS, properties=None)


def computes():
    t = "Microsoft.MachineLearningServices/workspaces/computes"

    def add(sub, group, name, kind, local=None, **inner):
        properties = {"computeType": kind, "provisioningState": "Succeeded", "properties": inner}
        if local is not None:
            properties["disableLocalAuth"] = local
        arm(sub, group, t, name, properties=properties)

    user = {"assignedUser": {"objectId": "aaaaaaaa-0000-0000-0000-000000000001", "tenantId": "t"}}
    add(PROD, "rg-forecast", "mlw-forecast/cpu-cluster", "AmlCompute", True, enableNodePublicIp=False, remoteLoginPortPublicAccess="Disabled", vmSize="Standard_D4s_v5")
    add(PROD, "rg-forecast", "mlw-forecast/gpu-cluster", "AmlCompute", True, enableNodePublicIp=False, remoteLoginPortPublicAccess="NotSpecified", vmSize="Standard_NC24ads_A100_v4")
    add(PROD, "rg-forecast", "mlw-forecast/ci-anna", "ComputeInstance", True, enableNodePublicIp=False, sshSettings={"sshPublicAccess": "Disabled"}, applicationSharingPolicy="Personal", personalComputeInstanceSettings=user)
    add(PROD, "rg-forecast", "mlw-forecast/ci-shared", "ComputeInstance", False, enableNodePublicIp=True, sshSettings={"sshPublicAccess": "Enabled"}, applicationSharingPolicy="Shared")
    add(PROD, "rg-forecast", "hub-assist/aks-serving", "Kubernetes")
    add(LAB, "rg-lab", "mlw-lab/ci-bert", "ComputeInstance", True, enableNodePublicIp=True, sshSettings={"sshPublicAccess": "disabled"}, applicationSharingPolicy="personal", personalComputeInstanceSettings=user)
    add(LAB, "rg-lab", "mlw-lab/cluster", "AmlCompute", False, remoteLoginPortPublicAccess="Enabled")
    add(LAB, "rg-lab", "mlw-lab/databricks", "Databricks")
    add(LAB, "rg-lab", "mlw-lab/ci-nobody", "ComputeInstance", None, enableNodePublicIp=False, sshSettings={"sshPublicAccess": "Disabled"}, applicationSharingPolicy="Personal")


def outbound_rules():
    t = "Microsoft.MachineLearningServices/workspaces/outboundRules"

    def add(name, kind, category, destination):
        arm(PROD, "rg-forecast", t, "mlw-forecast/" + name, None,
            properties={"type": kind, "category": category, "status": "Active", "destination": destination})

    add("pypi", "FQDN", "UserDefined", "pypi.org")
    add("github-any", "FQDN", "UserDefined", "*.github.com")
    add("platform-blob", "FQDN", "Required", "*.blob.core.windows.net")
    add("internet", "ServiceTag", "UserDefined", {"serviceTag": "Internet", "protocol": "TCP", "portRanges": "443"})
    add("monitor", "ServiceTag", "UserDefined", {"serviceTag": "AzureMonitor.SwedenCentral", "protocol": "TCP", "portRanges": "443"})
    add("vault", "PrivateEndpoint", "UserDefined", {"serviceResourceId": "kv-halden", "subresourceTarget": "vault"})


def search():
    t = "Microsoft.Search/searchServices"
    arm(PROD, "rg-assistants", t, "srch-menus", sku={"name": "standard"}, tags=TAGS,
        properties={"publicNetworkAccess": "disabled", "disableLocalAuth": True, "replicaCount": 3, "encryptionWithCmk": {"enforcement": "Enabled"}})
    arm(PROD, "rg-assistants", t, "srch-suppliers", sku={"name": "standard2"}, tags=TAGS,
        properties={"publicNetworkAccess": "Enabled", "disableLocalAuth": False, "replicaCount": 1, "encryptionWithCmk": {"enforcement": "Unspecified"}})
    arm(PROD, "rg-assistants", t, "srch-perimeter", sku={"name": "standard"}, tags={"owner": "search"},
        properties={"publicNetworkAccess": "securedByPerimeter", "disableLocalAuth": True, "replicaCount": 2})
    arm(LAB, "rg-lab", t, "srch-lab-free", sku={"name": "free"}, properties={"publicNetworkAccess": "enabled", "replicaCount": 1})
    arm(LAB, "rg-lab", t, "srch-lab-basic", sku={"name": "basic"}, tags=TAGS, properties={"publicNetworkAccess": "enabled", "disableLocalAuth": False, "replicaCount": 1})


def neighbours():
    """Resources that AI workloads lean on; some controls must leave them alone."""
    for i, (name, access) in enumerate((("sthaldenassist", "Disabled"), ("sthaldenml", "Disabled"), ("sthaldenlab", "Enabled"), ("sthaldenweb", "Enabled"))):
        arm(PROD if i < 3 else LAB, "rg-forecast" if i < 3 else "rg-lab", "Microsoft.Storage/storageAccounts", name, kind="StorageV2", sku={"name": "Standard_LRS"},
            properties={"publicNetworkAccess": access, "allowSharedKeyAccess": i > 1, "minimumTlsVersion": "TLS1_2", "networkAcls": {"defaultAction": "Deny" if i < 2 else "Allow", "ipRules": []}})
    for name, purge in (("kv-halden", True), ("kv-halden-lab", False), ("kv-halden-eu", True)):
        arm(PROD, "rg-forecast", "Microsoft.KeyVault/vaults", name, properties={"enablePurgeProtection": purge, "enableRbacAuthorization": purge, "publicNetworkAccess": "Disabled" if purge else "Enabled"})
    for name, admin in (("acrhalden", False), ("acrlab", True)):
        arm(PROD, "rg-forecast", "Microsoft.ContainerRegistry/registries", name, sku={"name": "Premium"}, properties={"adminUserEnabled": admin, "publicNetworkAccess": "Enabled" if admin else "Disabled"})
    for name in ("appi-assist", "appi-forecast", "appi-lab"):
        arm(PROD, "rg-assistants", "Microsoft.Insights/components", name, kind="web", properties={"DisableLocalAuth": name != "appi-lab"})
    for name in ("log-central", "log-lab"):
        arm(PROD, "rg-assistants", "Microsoft.OperationalInsights/workspaces", name, properties={"retentionInDays": 90 if name == "log-central" else 30})
    for name in ("vnet-prod", "vnet-lab"):
        arm(PROD, "rg-assistants", "Microsoft.Network/virtualNetworks", name, properties={"addressSpace": {"addressPrefixes": ["10.20.0.0/16"]}})
    for name in ("pe-assist", "pe-search", "pe-forecast"):
        arm(PROD, "rg-assistants", "Microsoft.Network/privateEndpoints", name,
            properties={"privateLinkServiceConnections": [{"properties": {"groupIds": ["account"], "privateLinkServiceConnectionState": {"status": "Approved"}}}]})
    for name in ("id-forecast", "id-assist"):
        arm(PROD, "rg-forecast", "Microsoft.ManagedIdentity/userAssignedIdentities", name, properties={"clientId": "c"})
    for name, location in (("app-menu", "West Europe"), ("app-orders", "westeurope"), ("app-lab", "northeurope")):
        arm(LAB, "rg-lab", "Microsoft.Web/sites", name, location, kind="app,linux", properties={"httpsOnly": name != "app-lab", "publicNetworkAccess": None})


def agents():
    t = "Microsoft.Graph/agentIdentities"

    def add(name, enabled, sponsors, end=None):
        row = {"id": f"agent-{name}", "type": t, "name": name, "displayName": name, "accountEnabled": enabled}
        if sponsors is not None:
            row["sponsors"] = [{"id": s} for s in sponsors]
        row["passwordCredentials"] = [{"keyId": "k", "endDateTime": end}] if end else []
        rows.append(row)

    add("menu-planner", True, ["anna"])
    add("supplier-mail", True, [], "2031-01-01T00:00:00Z")
    add("price-watcher", True, None, "2026-02-15T00:00:00Z")
    add("old-helper", False, [])


def write():
    for part in (groups, accounts, deployments, workspaces, computes, outbound_rules, search, neighbours, agents):
        part()
