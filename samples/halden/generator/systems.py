"""Hand-written records of the systems that are not ARM: Microsoft Entra, Defender for Cloud Apps, Purview, pipelines, agents,
flows. Types and properties: the records of the standard library."""
from plants import SITES
from rows import PLANTS, PROD, arm_id, record

COPILOT = "470f2276-e011-4e9d-a6ec-20768be3a4b0"


def attestations():
    """What people attest: one recent and one stale or refused for each practice."""
    for practice, system, state, by, on in (
            ("RAI-5", "menu-planner", "Compliant", "ethics-board", "2025-10-14T00:00:00Z"), ("RAI-5", "price-watcher", "Compliant", "ethics-board", "2024-05-02T00:00:00Z"),
            ("MOD-6", "mlw-forecast", "compliant", "bjorn", "2025-12-03T00:00:00Z"), ("MOD-6", "mlw-lab", "NonCompliant", "bjorn", "2025-12-03T00:00:00Z"),
            ("HITL-6", "mlw-forecast", "Compliant", "bjorn", "2025-11-20T00:00:00Z"), ("HITL-6", "mlw-lab", "Compliant", None, "2025-11-20T00:00:00Z"),
            ("DSPM-5", "sharepoint", "Compliant", "anna", "2025-12-15T00:00:00Z"), ("DSPM-5", "file-shares", "Unknown", "anna", "2025-12-15T00:00:00Z")):
        record("Governance/attestations", f"attestation-{practice.lower()}-{system}", practice=practice, system=system, state=state,
               attestedOn=on, evidence=f"https://halden.example/reviews/{practice.lower()}/{system}", **({"attestedBy": by} if by else {}))


def entra():
    graph = "Microsoft.Graph/"
    for i, site in enumerate(SITES):
        record(graph + "agentIdentities", f"agent-{site}", displayName=f"line-planner-{site}", accountEnabled=i != 3,
               agentIdentityBlueprintId=f"bp-{site}", servicePrincipalType="ServiceIdentity",
               sponsors=[{"id": "anna"}] if i % 4 else [], owners=[{"id": "plant-it"}] if i % 3 else [], passwordCredentials=[], disabledByMicrosoftStatus=None)
    for i, site in enumerate(SITES[:6]):
        record(graph + "agentIdentityBlueprints", f"bp-{site}", appId=f"bp-{site}", displayName=f"line-planner-{site}",
               signInAudience="AzureADMultipleOrgs" if i == 2 else "AzureADMyOrg", disabledByMicrosoftStatus="DisabledDueToViolationOfServicesAgreement" if i == 4 else None,
               passwordCredentials=[{"keyId": "k", "endDateTime": "2027-01-01T00:00:00Z"}] if i == 1 else [],
               federatedIdentityCredentials=[] if i in (1, 5) else [{"name": "msi", "issuer": "https://login.microsoftonline.com/t/v2.0"}],
               sponsors=[{"id": "anna"}], owners=[{"id": "plant-it"}])
    for name, enabled, level, state in (("agent-bergen", True, "low", "dismissed"), ("agent-drammen", True, "high", "atRisk"), ("agent-gjovik", False, "high", "confirmedCompromised"), ("agent-hamar", True, "medium", "AtRisk")):
        record(graph + "riskyAgents", "risk-" + name, agentDisplayName=name, isEnabled=enabled, isDeleted=False, riskLevel=level, riskState=state, riskLastModifiedDateTime="2025-12-01T00:00:00Z")
    for i, site in enumerate(SITES[:5]):
        record(graph + "agentInstances", f"instance-{site}", url=f"https://{site}.agents.halden.example", originatingStore="foundry",
               **({"agentIdentityId": f"agent-{site}"} if i != 2 else {}) if i != 4 else {"agentIdentityId": "agent-of-nobody"}, ownerIds=["anna"] if i != 3 else [])
    record(graph + "conditionalAccessPolicies", "ca-people", displayName="MFA for people", state="enabled",
           conditions={"clientApplications": None, "users": {"includeUsers": ["All"]}}, grantControls={"builtInControls": ["mfa"]})
    record(graph + "conditionalAccessPolicies", "ca-agents", displayName="Block risky agents", state="enabled",
           conditions={"clientApplications": {"includeAgentIdServicePrincipals": ["All"]}, "agentIdRiskLevels": "high"}, grantControls={"builtInControls": ["block"]})
    record(graph + "conditionalAccessPolicies", "ca-agents-trial", displayName="Agents, trial", state="enabledForReportingButNotEnforced",
           conditions={"clientApplications": {"includeAgentIdServicePrincipals": ["All"]}}, grantControls={"builtInControls": ["block"]})
    for agent, scope, consent in (("agent-bergen", "User.Read", "Principal"), ("agent-drammen", "Mail.ReadWrite Files.ReadWrite.All", "AllPrincipals"), ("agent-hamar", "User.Read offline_access", "Principal")):
        record(graph + "oauth2PermissionGrants", "grant-" + agent, clientId=agent, resourceId="graph", scope=scope, consentType=consent)
    for agent, role in (("agent-bergen", "User.Read.All"), ("agent-larvik", "Directory.ReadWrite.All")):
        record(graph + "appRoleAssignments", "app-role-" + agent, principalId=agent, resourceId="graph", appRoleId=role, resourceDisplayName="Microsoft Graph")


def cloud_apps():
    for name, category, score, tags, users, upload, seen in (
            ("ChatGPT", "generativeAi", 8, ["Monitored"], 41, 900_000, "2025-12-30T10:00:00Z"),
            ("Claude", "generativeAi", 9, ["Sanctioned"], 63, 4_000_000_000, "2025-12-31T08:00:00Z"),
            ("Microsoft Copilot", "generativeAi", 10, ["Sanctioned"], 300, 90_000_000, "2025-12-31T09:00:00Z"),
            ("PasteBot", "generativeAi", 2, ["Unsanctioned"], 0, 0, "2025-09-01T00:00:00Z"),
            ("SlideGenie", "generativeAi", 3, [], 4, 120_000, "2025-12-12T00:00:00Z"),
            ("VoiceCloner", "generativeAi", 1, ["Unsanctioned"], 2, 88_000, "2025-12-28T00:00:00Z"),
            ("TranslateNow", "GenerativeAI", 4, ["Monitored"], 12, 7_000_000_000, "2025-12-29T00:00:00Z"),
            ("Weather", "other", 7, [], 90, 10, "2025-12-31T00:00:00Z")):
        record("Microsoft.Graph/discoveredCloudApps", "app-" + name.lower().replace(" ", "-"), displayName=name, category=category, riskScore=score,
               tags=tags, userCount=users, transactionCount=users * 9, uploadNetworkTrafficInBytes=upload, downloadNetworkTrafficInBytes=upload // 2, lastSeenDateTime=seen)
    record("Microsoft.CloudAppSecurity/policies", "new-ai-app", name="New generative AI app", policyType="POLICY_DISCOVERY", enabled=True, category="generativeAi")
    record("Microsoft.CloudAppSecurity/policies", "mass-download", name="Mass download", policyType="POLICY_ACTIVITY", enabled=True)
    record("Microsoft.CloudAppSecurity/policies", "old-ai-app", name="AI app, first try", policyType="POLICY_DISCOVERY", enabled=False, category="generativeAi")


def purview():
    p = "Microsoft.Purview/"
    record(p + "collectionPolicies", "capture-copilot", Name="Capture Copilot", FeatureScenario="KnowYourData", Mode="Enable",
           ScenarioConfig={"Activities": ["UploadText", "DownloadText"], "EnforcementPlanes": ["CopilotExperiences", "Browser"], "SensitiveTypeIds": ["All"], "IsIngestionEnabled": True})
    record(p + "collectionPolicies", "capture-trial", Name="Capture, trial", FeatureScenario="KnowYourData", Mode="Disable",
           ScenarioConfig={"Activities": ["UploadText"], "EnforcementPlanes": ["Network"], "IsIngestionEnabled": False})
    record(p + "dlpPolicies", "dlp-copilot", Name="Copilot and labels", Mode="Enable", EnforcementPlanes=["CopilotExperiences"], Priority=0,
           Locations=[{"Workload": "Applications", "Location": COPILOT, "Inclusions": [{"Type": "Tenant", "Identity": "All"}]}])
    record(p + "dlpPolicies", "dlp-browser", Name="Consumer AI in the browser", Mode="Enable", EnforcementPlanes=["Browser", "Network"], Priority=1, Locations=[])
    record(p + "dlpPolicies", "dlp-copilot-test", Name="Copilot, trial", Mode="TestWithNotifications", EnforcementPlanes=["CopilotExperiences"], Priority=2,
           Locations=[{"Workload": "Applications", "Location": COPILOT}])
    record(p + "dlpPolicies", "dlp-browser-test", Name="Browser, trial", Mode="TestWithoutNotifications", EnforcementPlanes=["Browser"], Priority=3, Locations=[])
    block = [{"setting": "ExcludeContentProcessing", "value": "Block"}]
    label = {"Version": "1.0", "Condition": {"Operator": "And", "SubConditions": [{"ConditionName": "ContentContainsSensitiveInformation", "Value": [{"groups": [{"labels": [{"name": "Confidential"}]}]}]}]}}
    record(p + "dlpRules", "rule-copilot", Name="Block confidential", Policy="dlp-copilot", Disabled=False, RestrictAccess=block, RestrictWebGrounding=True, AdvancedRule=label, GenerateAlert=["soc"], ReportSeverityLevel="High")
    record(p + "dlpRules", "rule-copilot-old", Name="Block confidential, old", Policy="dlp-copilot-test", Disabled=True, RestrictAccess=[], RestrictWebGrounding=False, AdvancedRule=label)
    record(p + "dlpRules", "rule-browser", Name="Block paste", Policy="dlp-browser", Disabled=False, BlockAccess=True, RestrictAccess=[], RestrictWebGrounding=False,
           AdvancedRule={"Version": "1.0", "Condition": {"Operator": "And", "SubConditions": [{"ConditionName": "DocumentSizeOver", "Value": "1"}]}})
    g = "Microsoft.Graph/sensitivityLabels"
    for name, level, active, protects in (("Public", 0, True, False), ("General", 1, True, False), ("Confidential", 2, True, True), ("Highly Confidential", 3, True, False), ("Secret (old)", 3, False, True)):
        record(g, "label-" + name.lower().split(" (")[0].replace(" ", "-"), name=name, sensitivity=level, isActive=active, isAppliable=active, hasProtection=protects, contentFormats=["file", "email"])
    record(p + "labelPolicies", "labels-all", Name="All staff", Labels=["Public", "General", "Confidential", "Highly Confidential"], ExchangeLocation=[{"Name": "All"}], SharePointLocation=[{"Name": "All"}])
    record(p + "labelPolicies", "labels-lab", Name="Lab", Labels=[], ExchangeLocation=[{"Name": "lab"}], SharePointLocation=[])
    record(p + "insiderRiskPolicies", "irm-ai", Name="Risky AI usage", InsiderRiskScenario="RiskyAIUsage", Enabled=True)
    record(p + "insiderRiskPolicies", "irm-leaks", Name="Leaks", InsiderRiskScenario="LeakOfInformation", Enabled=True)
    record(p + "insiderRiskPolicies", "irm-ai-off", Name="Risky AI usage, trial", InsiderRiskScenario="RiskyAIUsage", Enabled=False)
    record(p + "insiderRiskPolicies", "irm-tenant", Name="IRM_Tenant_Setting", InsiderRiskScenario="TenantSetting", Enabled=True, EpoBrowseToLlmSites=True, AdaptiveProtectionEnabled=False, NotificationRoleGroups=["InsiderRiskManagementAnalysts"])
    record(p + "auditConfigurations", "audit", Name="Default", UnifiedAuditLogIngestionEnabled=True)
    record(p + "auditRetentionPolicies", "keep-copilot", Name="Copilot, a year", RecordTypes=["CopilotInteraction"], Operations=[], RetentionDuration="TwelveMonths", Priority=1)
    record(p + "auditRetentionPolicies", "keep-short", Name="Copilot, short", RecordTypes=["CopilotInteraction"], Operations=[], RetentionDuration="ThreeMonths", Priority=2)
    record("Microsoft.Graph/auditLogQueries", "query-copilot", displayName="Copilot, weekly", status="succeeded", recordTypeFilters=["copilotInteraction"], operationFilters=[], serviceFilters=[],
           filterStartDateTime="2025-12-22T00:00:00Z", filterEndDateTime="2025-12-29T00:00:00Z")


def pipelines():
    every = ["HateUnfairness", "Violence", "Sexual", "SelfHarm", "SensitiveDataLeakage", "ProhibitedActions"]
    strategies = ["easy", "moderate", "difficult", "jailbreak", "indirect_jailbreak", "crescendo", "multi_turn", "base64"]
    for name, status, risks, attacks, simulated, target, end in (
            ("nightly-chat", "Completed", every, strategies, False, "chat", "2025-12-30T02:00:00Z"),
            ("nightly-summaries", "Completed", every[:4], ["easy", "baseline"], False, "summaries", "2025-12-29T02:00:00Z"),
            ("first-try", "Completed", every, strategies, True, "chat", "2025-06-01T02:00:00Z"),
            ("broken", "Failed", every, strategies, False, "reasoning", "2025-12-30T03:00:00Z")):
        record("Pipeline/redTeamRuns", "run-" + name, displayName=name, status=status, numTurns=5, riskCategories=risks, attackStrategies=attacks, simulationOnly=simulated,
               applicationScenario="assistant", target={"type": "AzureOpenAIModel", "modelDeploymentName": target}, completedDateTime=end, tags={"pipeline": "ai-gate"})
    for name, asr, hard in (("nightly-chat", 0.02, 0.05), ("nightly-summaries", 0.21, 0.4)):
        record("Pipeline/redTeamResults", "result-" + name, studio_url="https://ai.azure.example/" + name,
               scorecard={"risk_category_summary": [{"overall_asr": asr, "overall_total": 400, "overall_successful_attacks": int(400 * asr), "hate_unfairness_asr": asr, "violence_asr": asr, "sexual_asr": 0.0, "self_harm_asr": 0.0}],
                          "attack_technique_summary": [{"baseline_asr": asr / 2, "easy_complexity_asr": asr, "moderate_complexity_asr": asr, "difficult_complexity_asr": hard}]},
               parameters={"attack_complexity": ["easy", "difficult"]}, attack_details=[])
    record("Pipeline/gates", "gate-assistant", system="github", repository="halden/assistant", branch="main", requiredChecks=["build", "red-team"], approvers=["anna", "bjorn"])
    record("Pipeline/gates", "gate-planner", system="github", repository="halden/line-planner", branch="main", requiredChecks=["build"], approvers=[])
    record("Pipeline/gates", "gate-menus", system="azure-devops", repository="halden/menus", branch="main", requiredChecks=["Red-Team"], approvers=[])
    owasp = [f"LLM{i:02}" for i in range(1, 11)]
    atlas = ["AML.T0051.000", "AML.T0051.001", "AML.T0054", "AML.T0057", "AML.T0056", "AML.T0053", "AML.T0020", "AML.T0010", "AML.T0024", "AML.T0029", "AML.T0034", "AML.T0070", "AML.T0080", "AML.T0086"]
    record("Pipeline/attackCoverage", "coverage-assistant", owaspLlm=owasp, atlas=atlas, lastRun="2025-12-30T02:00:00Z", target="halden-assist/chat")
    record("Pipeline/attackCoverage", "coverage-planner", owaspLlm=["LLM01", "LLM06"], atlas=["AML.T0051.000"], lastRun="2025-03-01T00:00:00Z", target="bergen-ai/chat")


def tools_and_flows():
    for name, approval, allowed in (("erp", "always", ["read_order"]), ("mail", "never", []), ("search", "ALWAYS", []), ("files", "never", ["list"])):
        record("Foundry/agentTools", "tool-" + name, agent="line-planner", type="Foundry/agentTools", server_label=name, server_url=f"https://{name}.mcp.halden.example", require_approval=approval, allowed_tools=allowed,
               instructions="You plan production lines. Refuse everything else." if name != "files" else "")
    for name, on, approves in (("order-over-limit", 1, True), ("supplier-change", 1, False), ("old-approval", 0, True)):
        actions = {"Start_and_wait_for_an_approval": {"type": "OpenApiConnectionWebhook", "inputs": {"host": {"apiId": "/providers/Microsoft.PowerApps/apis/shared_approvals"}}}} if approves else {"Send": {"type": "OpenApiConnection", "inputs": {"host": {"apiId": "/providers/Microsoft.PowerApps/apis/shared_office365"}}}}
        record("PowerAutomate/approvalFlows", "flow-" + name, name=name, statecode=on, clientdata={"properties": {"definition": {"actions": actions}}}, tags=["ai-critical"])
    assistant = arm_id(PROD, "rg-assistants", "Microsoft.CognitiveServices/accounts", "halden-chat")
    record("Microsoft.Security/attackPaths", f"/subscriptions/{PROD}/providers/Microsoft.Security/attackPaths/path-1",
           properties={"displayName": "Internet exposed account leads to an AI model", "riskLevel": "High", "target": assistant})
    record("Microsoft.Security/attackPaths", f"/subscriptions/{PLANTS}/providers/Microsoft.Security/attackPaths/path-2",
           properties={"displayName": "Virtual machine leads to a database", "riskLevel": "Medium", "target": "/subscriptions/x/db"})


def write():
    for part in (entra, cloud_apps, purview, pipelines, tools_and_flows, attestations):
        part()
