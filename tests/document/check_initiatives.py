#!/usr/bin/env python3
"""The initiatives of the library become policy set definitions within Azure's limits: a baseline that only reports, a strict one that
refuses what can be refused, and one for each framework whose groups hold exactly the controls that map to them.

usage: check_initiatives.py WRIT PROJECT
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import library  # noqa: E402

PROVIDER_MODES = ("std.ai_services.provider_mode", "std.azure_ml.provider_mode")
FRAMEWORKS = {"mcsb_ai": "mcsb", "nist_ai": "nist_ai_rmf", "eu_ai": "eu_ai_act", "owasp_llm_top_10": "owasp_llm"}
REPORTING = {"Audit", "AuditIfNotExists", "Manual", "Disabled"}
MOST_MEMBERS, MOST_PARAMETERS = 1000, 400


def emitted(writ, folder, target):
    subprocess.run([writ, "emit", target, "-p", "std", "--partial", "-o", str(folder)], check=True, capture_output=True)
    found = {}
    for path in pathlib.Path(folder).rglob("*.json"):
        document = json.loads(path.read_text())
        if isinstance(document, dict) and isinstance(document.get("properties"), dict):
            found[document.get("name")] = document["properties"]
    return found


def effect_of(member, definition, initiative):
    """The effect that a member has when nobody gives a parameter."""
    value = member.get("parameters", {}).get("effect", {}).get("value")
    if value is None:
        return definition.get("parameters", {}).get("effect", {}).get("defaultValue", definition["policyRule"]["then"]["effect"])
    forwarded = re.fullmatch(r"\[parameters\('([^']+)'\)\]", value)
    return initiative["parameters"][forwarded.group(1)]["defaultValue"] if forwarded else value


def main():
    writ, project = sys.argv[1], pathlib.Path(sys.argv[2])
    problems = []
    controls = {control.id: control for control in library.controls(project / "stdlib/std")}
    modules = {control.id: re.search(r"^module (\S+)", control.path.read_text(), re.M).group(1) for control in controls.values()}
    with tempfile.TemporaryDirectory() as folder:
        definitions = emitted(writ, folder, "azure-policy")
        sets = {name: value for name, value in emitted(writ, folder, "initiative").items() if "policyDefinitions" in value}
    definitions = {value["metadata"]["control"]: value for value in definitions.values() if "policyRule" in value}
    usable = {name for name in definitions if modules[name] not in PROVIDER_MODES}

    def expect(initiative, wanted):
        members = {member["policyDefinitionReferenceId"] for member in sets[initiative]["policyDefinitions"]}
        if members != wanted:
            problems.append(f"{initiative}: missing {sorted(wanted - members)}, not expected {sorted(members - wanted)}")

    for name in ["ai_baseline", "ai_strict", "ai_provider_mode", *FRAMEWORKS]:
        if name not in sets:
            problems.append(f"{name} is not emitted")
    if problems:
        print("\n".join(problems))
        return 1
    for name, properties in sets.items():
        members, parameters = properties["policyDefinitions"], properties.get("parameters", {})
        groups = {group["name"] for group in properties.get("policyDefinitionGroups", [])}
        if not 0 < len(members) <= MOST_MEMBERS or len(parameters) > MOST_PARAMETERS:
            problems.append(f"{name}: {len(members)} members, {len(parameters)} parameters")
        if not groups or not parameters:
            problems.append(f"{name} has no groups or no parameters")
        used = {group for member in members for group in member.get("groupNames", [])}
        if not used <= groups:
            problems.append(f"{name}: groups {sorted(used - groups)} are not declared")
        given = set(re.findall(r"\[parameters\('([^']+)'\)\]", json.dumps(members)))
        if given != set(parameters):
            problems.append(f"{name}: parameters declared and given differ: {sorted(given ^ set(parameters))}")
        for member in members:
            definition = definitions.get(member["policyDefinitionReferenceId"])
            if definition is None and name != "ai_provider_mode":
                problems.append(f"{name}: no definition for {member['policyDefinitionReferenceId']}")
            elif definition is not None and not set(member.get("parameters", {})) <= set(definition["parameters"]):
                problems.append(f"{name}: {member['policyDefinitionReferenceId']} gets a parameter that it does not have")
    # The baseline reports and changes nothing; the strict one refuses whatever can be refused.
    for member in sets["ai_baseline"]["policyDefinitions"]:
        effect = effect_of(member, definitions[member["policyDefinitionReferenceId"]], sets["ai_baseline"])
        if effect not in REPORTING:
            problems.append(f"ai_baseline: {member['policyDefinitionReferenceId']} has the effect {effect}")
    expect("ai_strict", usable)
    for member in sets["ai_strict"]["policyDefinitions"]:
        definition = definitions[member["policyDefinitionReferenceId"]]
        allowed = definition.get("parameters", {}).get("effect", {}).get("allowedValues", [])
        effect = effect_of(member, definition, sets["ai_strict"])
        if ("Deny" in allowed) != (effect == "Deny"):
            problems.append(f"ai_strict: {member['policyDefinitionReferenceId']} has the effect {effect}")
    # A group of a framework holds the controls that map to it, no others.
    for name, framework in FRAMEWORKS.items():
        prefix = "AI-" if name == "mcsb_ai" else ""
        wanted = {control for control in usable if any(of == framework and number.startswith(prefix) for of, number in controls[control].maps)}
        expect(name, wanted)
        groups = {group["name"] for group in sets[name]["policyDefinitionGroups"]}
        for member in sets[name]["policyDefinitions"]:
            mapped = {number for of, number in controls[member["policyDefinitionReferenceId"]].maps if of == framework and number in groups}
            if set(member.get("groupNames", [])) != mapped or not mapped:
                problems.append(f"{name}: {member['policyDefinitionReferenceId']} is in {member.get('groupNames')}, maps to {sorted(mapped)}")
    if {group["name"] for group in sets["mcsb_ai"]["policyDefinitionGroups"]} != {f"AI-{i}" for i in range(1, 8)}:
        problems.append("mcsb_ai does not have the groups AI-1 to AI-7")
    print("\n".join(problems))
    print("initiatives: " + ", ".join(f"{name} {len(value['policyDefinitions'])}" for name, value in sorted(sets.items())) + f"; {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
