#!/usr/bin/env python3
"""What the library becomes in Azure Policy: every practice that can be expressed is, guardrails and approved models in the mode of
their resource provider as well, remediations with everything that Azure needs, all within Azure's limits.

usage: check_emission.py WRIT PROJECT
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import library  # noqa: E402

# Azure's limits of a definition.
LIMITS = {"displayName": 128, "description": 512, "category": 128, "parameters": 20, "rule bytes": 1 << 20}
EXPRESSIBLE = ("built-in", "custom", "provider", "setting", "attested")
PROVIDER_MODES = {"Microsoft.CognitiveServices.Data", "Microsoft.MachineLearningServices.v2.Data"}
ROLE = re.compile(r"/providers/Microsoft\.Authorization/roleDefinitions/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
# What has to be remediated: switches, diagnostic settings, private endpoints, Defender plans. Control, kind, roles by name.
REMEDIATED = {
    "AIS-ID-001": ("modify", "cognitive_services_contributor"),
    "AIS-NET-001": ("modify", "cognitive_services_contributor"),
    "AML-NET-001": ("modify", "contributor"),
    "AML-CMP-003": ("modify", "contributor"),
    "SRCH-NET-001": ("modify", "search_service_contributor"),
    "SRCH-ID-001": ("modify", "search_service_contributor"),
    "DAT-NET-001": ("modify", "storage_account_contributor"),
    "DAT-NET-003": ("modify", "contributor"),
    "DAT-NET-004": ("modify", "documentdb_account_contributor"),
    "DAT-NET-005": ("modify", "storage_account_contributor"),
    "AUD-LOG-001": ("deploy", "log_analytics_contributor monitoring_contributor"),
    "AUD-LOG-002": ("deploy", "log_analytics_contributor monitoring_contributor"),
    "AUD-LOG-003": ("deploy", "log_analytics_contributor monitoring_contributor"),
    "AUD-LOG-004": ("deploy", "log_analytics_contributor monitoring_contributor"),
    "HUM-LAPP-003": ("deploy", "log_analytics_contributor monitoring_contributor"),
    "AIS-NET-005": ("deploy", "network_contributor cognitive_services_contributor"),
    "AML-NET-012": ("deploy", "network_contributor"),
    "SRCH-NET-003": ("deploy", "network_contributor search_service_contributor"),
    "DFC-PLAN-001": ("deploy", "owner"),
    "DFC-PLAN-002": ("deploy", "owner"),
    "DFC-PLAN-003": ("deploy", "security_admin"),
    "DFC-PLAN-004": ("deploy", "owner"),
    "DFC-PLAN-005": ("deploy", "owner"),
    "DFC-COV-003": ("deploy", "cognitive_services_contributor"),
}


def limits(properties):
    sizes = {"displayName": len(properties["displayName"]), "description": len(properties["description"]),
             "category": len(properties["metadata"].get("category", "")), "parameters": len(properties["parameters"]),
             "rule bytes": len(json.dumps(properties["policyRule"]))}
    for name, size in sizes.items():
        if size > LIMITS[name]:
            yield f"{name}: {size} is more than Azure's {LIMITS[name]}"


def deployment(details):
    """A deployment that Azure can run: schema, resources, every parameter declared and given, and something to look for first."""
    if not details.get("type"):
        yield "nothing is looked for before it deploys"
    body = details["deployment"]["properties"]
    template = body["template"]
    if not template.get("$schema", "").startswith("https://schema.management.azure.com/schemas/"):
        yield "its template has no schema"
    if not template.get("resources"):
        yield "its template deploys nothing"
    for resource in template.get("resources", []):
        if not all(resource.get(key) for key in ("type", "apiVersion", "name", "properties")):
            yield "a resource of its template is not complete"
    given, declared = set(body.get("parameters", {})), set(template.get("parameters", {}))
    used = set(re.findall(r"parameters\('(\w+)'\)", json.dumps({key: value for key, value in template.items() if key != "parameters"})))
    if not given == declared == used:
        yield f"parameters given {sorted(given)}, declared {sorted(declared)}, used {sorted(used)}"
    if details.get("deploymentScope") == "subscription" and not details["deployment"].get("location"):
        yield "a deployment to a subscription needs a location"


def remediation(properties, kind, roles):
    effects = properties["parameters"]["effect"]["allowedValues"]
    details = properties["policyRule"]["then"].get("details", {})
    wanted = "Modify" if kind == "modify" else "DeployIfNotExists"
    if wanted not in effects:
        yield f"does not offer the effect {wanted}"
    given = details.get("roleDefinitionIds", [])
    if sorted(given) != sorted(roles):
        yield f"asks for the roles {given}, not {roles}"
    if kind == "modify":
        if details.get("conflictEffect") not in ("audit", "deny", "disabled"):
            yield "has no conflictEffect"
        if not details.get("operations"):
            yield "changes nothing"
        for operation in details.get("operations", []):
            if operation["operation"] not in ("add", "addOrReplace", "remove") or not operation["field"].startswith("Microsoft."):
                yield f"has the operation {operation}"
    else:
        yield from deployment(details)


def main():
    writ, project = sys.argv[1], pathlib.Path(sys.argv[2])
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([writ, "emit", "azure-policy", "-p", "std", "--partial", "-o", folder], check=True, capture_output=True)
        emitted = {}
        for path in pathlib.Path(folder).rglob("*.json"):
            document = json.loads(path.read_text())
            if "policyRule" in document.get("properties", {}):
                emitted[document["properties"]["metadata"]["control"]] = document["properties"]
    found = library.controls(project / "stdlib/std")
    forms = dict(line.split() for line in (project / "tests/document/forms.txt").read_text().splitlines() if line[:1] != "#")
    for practice, form in forms.items():
        controls = [control.id for control in found if practice in control.tags]
        if form in EXPRESSIBLE and not any(control in emitted for control in controls):
            problems.append(f"{practice} can be expressed and none of {controls} is emitted")
        if form == "provider" and not any(emitted.get(control, {}).get("mode") in PROVIDER_MODES for control in controls):
            problems.append(f"{practice} has no definition in the mode of its resource provider")
        if form == "provider" and not any(control in emitted and emitted[control]["mode"] not in PROVIDER_MODES for control in controls):
            problems.append(f"{practice} has no definition over resources of Resource Manager")
    ids = dict(re.findall(r'^let (\w+) = "([^"]+)"', (project / "stdlib/std/azure/roles.writ").read_text(), re.M))
    for name, role in ids.items():
        if not ROLE.fullmatch(role):
            problems.append(f"std.azure.roles: {name} is not the id of a role")
    for control in found:
        if bool(control.remediation) != (control.id in REMEDIATED):
            problems.append(f"{control.id}: remediation and the list of this test disagree")
    for control, (kind, names) in REMEDIATED.items():
        if control not in emitted:
            problems.append(f"{control} is remediated and not emitted")
            continue
        problems += [f"{control} {problem}" for problem in remediation(emitted[control], kind, [ids[name] for name in names.split()])]
    for control, properties in sorted(emitted.items()):
        problems += [f"{control}: {problem}" for problem in limits(properties)]
        if properties["mode"] in PROVIDER_MODES:
            types = re.findall(r'"field": "type", "equals": "([^"]+)"', json.dumps(properties["policyRule"]))
            if not types or not types[0].startswith(properties["mode"] + "/"):
                problems.append(f"{control}: type {types} in mode {properties['mode']}")
            if set(properties["parameters"]["effect"]["allowedValues"]) - {"Audit", "Deny", "Disabled"}:
                problems.append(f"{control}: an effect that its mode does not have")
    print("\n".join(problems))
    print(f"emission: {len(emitted)} definitions of {len(found)} controls, {len(REMEDIATED)} with a remediation, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
