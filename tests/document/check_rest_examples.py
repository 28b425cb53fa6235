#!/usr/bin/env python3
"""docs/rest-examples.md explains what the library finds in the official API examples, where they lie beside the project.

usage: check_rest_examples.py WRIT PROJECT EXAMPLES
"""
import collections
import json
import pathlib
import re
import subprocess
import sys

# Reasons that tell a user what to do.
ACTIONABLE = (
    r"the input holds no \S+: export that type too, or say that the input is complete",
    r"attestation: a manual control is decided by people",
    r"was not exported",
    r"--param",
    r"--context",
)


def main():
    writ, project, examples = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    if not examples.exists():
        print(f"SKIP: {examples} is not there")
        return 77
    out = subprocess.run([writ, "eval", "-p", "std", "--no-fail", "--now", "2026-01-01T00:00:00Z", "--format", "ndjson", "--verdicts", "all", str(examples)],
                         capture_output=True, text=True, check=True).stdout
    verdicts, blamed, problems = collections.Counter(), collections.Counter(), []
    for line in out.splitlines():
        finding = json.loads(line)
        verdicts[finding["verdict"]] += 1
        name = f"{finding['control']} on {finding['resource']['id']}"
        if finding["verdict"] == "error":
            problems.append(f"error: {name}: {finding.get('reason')}")
        if finding["verdict"] == "unknown" and not any(re.search(known, finding.get("reason", "")) for known in ACTIONABLE):
            problems.append(f"a reason that nobody can act on: {name}: {finding.get('reason')}")
        if finding["verdict"] == "noncompliant":
            blamed[finding["control"]] += 1
    page = (project / "docs/rest-examples.md").read_text()
    explained = {control: int(count) for control, count in re.findall(r"^\| \[([A-Z-]+\d+)\]\([^)]*\) \| (\d+) \| \S", page, re.M)}
    for control in sorted(set(blamed) | set(explained)):
        if blamed[control] != explained.get(control, 0):
            problems.append(f"{control}: {blamed[control]} findings, docs/rest-examples.md explains {explained.get(control, 0)}")
    print("\n".join(problems))
    print(f"examples: {dict(verdicts)}, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
