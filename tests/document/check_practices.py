#!/usr/bin/env python3
"""Every practice of docs/coverage.md is checked by a control that is green in `writ test std`, and finds something to praise and
something to blame in the sample tenant.

usage: check_practices.py WRIT PROJECT
"""
import collections
import json
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
import library  # noqa: E402


def main():
    writ, project = sys.argv[1], pathlib.Path(sys.argv[2])
    problems = []
    # Green: every case of the control passed, and it has some.
    tested = subprocess.run([writ, "test", "std"], capture_output=True, text=True, check=False).stdout
    green, control = collections.defaultdict(list), ""
    for line in tested.splitlines():
        if re.fullmatch(r"[A-Z]+-[A-Z]+-\d+", line):
            control = line
        elif re.match(r"  (ok|FAIL) ", line):
            green[control].append(line.startswith("  ok"))
    last = tested.splitlines()[-1] if tested else ""
    decided = re.search(r"(\d+) of (\d+) conditions decided both ways", last)
    if not decided or decided.group(1) != decided.group(2):
        problems.append(f"writ test std: {last}")
    verdicts = collections.defaultdict(collections.Counter)
    lines = subprocess.run([writ, "eval", "-p", "std", "--no-fail", "--now", "2026-01-01T00:00:00Z", "--format", "ndjson", "--verdicts", "compliant,noncompliant",
                            str(project / "samples/halden/snapshot.ndjson")], capture_output=True, text=True, check=True).stdout
    for line in lines.splitlines():
        finding = json.loads(line)
        verdicts[finding["control"]][finding["verdict"]] += 1
    practices = collections.defaultdict(list)
    for found in library.controls(project / "stdlib/std"):
        for tag in found.tags:
            practices[tag].append(found.id)
    forms = [line.split()[0] for line in (project / "tests/document/forms.txt").read_text().splitlines() if line[:1] != "#"]
    for practice in forms:
        good = [c for c in practices[practice] if green[c] and all(green[c]) and verdicts[c]["compliant"] and verdicts[c]["noncompliant"]]
        if not good:
            problems.append(f"{practice}: none of {practices[practice]} is green, praises and blames")
    print("\n".join(problems))
    print(f"practices: {len(forms)}, {sum(len(g) for g in green.values())} cases, {last}, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
