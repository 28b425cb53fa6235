#!/usr/bin/env python3
"""The table of docs/coverage.md and the controls of the standard library name each other.

usage: check_coverage.py WRIT PROJECT
"""
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
import library  # noqa: E402

PRACTICE = re.compile(r"[A-Z]+-\d+s?")


def main():
    writ, project = sys.argv[1], pathlib.Path(sys.argv[2])
    found = {control.id: control for control in library.controls(project / "stdlib/std")}
    known = {name: control.tags for name, control in found.items()}
    answer = subprocess.run([writ, "check", "--targets", "std"], capture_output=True, text=True, check=True).stdout
    targets = dict(re.findall(r"^([A-Z]+-[A-Z]+-\d+)\s+(.*)$", answer, re.M))
    problems = []
    rows = set()
    for line in (project / "docs/coverage.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) < 7 or not PRACTICE.fullmatch(cells[1]):
            continue
        practice, control, target = cells[1], cells[2].split("]")[0].lstrip("["), cells[4]
        rows.add((practice, control))
        if control not in known:
            problems.append(f"{practice}: there is no control {control}")
        elif practice not in known[control]:
            problems.append(f"{control} does not have the tag {practice}")
        if control in found and (target == "Azure Policy, provider mode") != bool(found[control].item("mode")):
            problems.append(f"{control}: the table says {target}, and its mode says otherwise")
        if target != "attested" and (target == "local only") != targets.get(control, "").startswith("local only"):
            problems.append(f"{control}: the table says {target}, `writ check --targets` says {targets.get(control)}")
    for control, tags in known.items():
        for tag in tags:
            if PRACTICE.fullmatch(tag) and (tag, control) not in rows:
                problems.append(f"{control} has the tag {tag}, which has no such row")
    practices = {practice for practice, _ in rows}
    if len(practices) != 107:
        problems.append(f"{len(practices)} practices have a row, not 107")
    for problem in problems:
        print(f"docs/coverage.md: {problem}")
    print(f"coverage: {len(practices)} practices, {len(rows)} rows, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
