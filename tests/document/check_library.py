#!/usr/bin/env python3
"""Every control of the standard library is complete: metadata, mappings, and tests of the edges that matter for it. Every record says
how it is exported.

usage: check_library.py PROJECT
"""
import pathlib
import re
import sys

sys.dont_write_bytecode = True
import library  # noqa: E402

# Frameworks that every control is mapped to, with the exceptions. OWASP's list is about attacks on applications: controls of records,
# logs and accounts have no number there.
EVERYWHERE = ("mcsb", "nist_ai_rmf", "iso_42001", "eu_ai_act", "mitre_atlas")
NOT_MAPPED = {
    ("GOV-RAI-001", "mcsb"): "a review of whole systems is no control of a cloud benchmark",
    ("GOV-RAI-001", "mitre_atlas"): "it answers to no technique of an adversary",
    ("DFC-PLAN-002", "mitre_atlas"): "it finds data, and stops no technique",
}
EXPORT = re.compile(r"Export: .*(az (rest|graph query)|\bGet-[A-Z]\w+|pipeline artifact|https://)")


def metadata(control):
    for key in ("severity", "category", "fix", "link", "maps"):
        if not control.item(key):
            yield f"has no {key}"
    if not re.fullmatch(r'"https://[^" ]+"', control.item("link")):
        yield "its link is not an https address"
    sentences = len(re.findall(r"[.!?](?=\s|$)", control.rationale))
    if sentences != 2:
        yield f"its rationale has {sentences} sentences, not two"
    mapped = {framework for framework, _ in control.maps}
    for framework in EVERYWHERE:
        if (framework in mapped) == ((control.id, framework) in NOT_MAPPED):
            yield f"is mapped to {framework}, and the exception says it is not" if framework in mapped else f"is not mapped to {framework}"


def other_case(literal, text):
    """The literal stands in the text, written in other letters."""
    return any(match.group(0) != literal for match in re.finditer(re.escape(literal), text, re.I))


def tests(control):
    if control.manual:
        if not control.cases_of("unknown"):
            yield "is attested and has no case `unknown`"
        return
    for verdict in ("passes", "fails"):
        if not control.cases_of(verdict):
            yield f"has no case that {verdict}"
    if control.has_where and not control.cases_of("skips"):
        yield "has `where` and no case that skips"
    conditions = control.conditions()
    texts = [case.text for case in control.cases]
    if control.related:
        if not control.cases_of("unknown"):
            yield "looks at other resources and has no case `unknown`"
        if not any("given []" in text for text in texts):
            yield "looks at other resources and has no case without any (given [])"
    # A property that it reads is missing in some case.
    read = re.findall(rf"\b{control.subject}\.(\w+)", conditions)
    read += [quoted for quoted in re.findall(rf'\b{control.subject}\.tags\["([^"]+)"\]|has key "([^"]+)"', conditions) for quoted in quoted if quoted]
    read += re.findall(rf"\b{control.subject}\.[\w.]+\.(\w+)", conditions)
    names = {name for name in read if name not in ("name", "type", "id", "location", "parent_id", "subscription_id", "resource_group_id")}
    if names and not any(not re.search(rf'"?{name}"?\s*:', text, re.I) for name in names for text in texts):
        yield f"has no case where one of {', '.join(sorted(names))} is missing"
    # An array that it goes through is empty in some case.
    arrays = set(re.findall(rf"\b{control.subject}\.(?:\w+\.)*(\w+)\s*(?::|where)", re.sub(r"\bcount\(([^()]*)\)", r"\1 where", conditions)))
    arrays = {name for name in arrays if re.search(rf"(\bin |count\()[\w.]*\b{name}\b", conditions)}
    if arrays and not any(re.search(rf"\b{name}: \[\]", text) for name in arrays for text in texts):
        yield f"has no case where one of {', '.join(sorted(arrays))} is an empty array"
    # Text is compared without regard to case: some case is written otherwise.
    defaults = " ".join(re.findall(r"^  param (?!effect\b)\w+: \[?String\]? = (.*)", control.body, re.M))
    literals = {text for text in re.findall(r'"((?:[^"\\]|\\.)*)"', conditions + " " + defaults) if re.search("[A-Za-z]{2}", text)}
    literals -= set(re.findall(r'raw\("([^"]+)"\)|named "([^"]+)"', conditions) and [name for pair in re.findall(r'raw\("([^"]+)"\)|named "([^"]+)"', conditions) for name in pair])
    literals = {text.strip("*") for text in literals if text.strip("*")}
    if literals and not any(other_case(literal, text) for literal in literals for text in texts):
        yield f"has no case that writes one of {', '.join(sorted(literals)[:5])} in other letters"


def main():
    project = pathlib.Path(sys.argv[1])
    problems = []
    found = library.controls(project / "stdlib/std")
    for control in found:
        problems += [f"{control.path.relative_to(project)}: {control.id} {problem}" for check in (metadata, tests) for problem in check(control)]
    records = library.records(project / "stdlib/std")
    for name, comment in records:
        if not EXPORT.search(comment):
            problems.append(f"record {name} does not say how it is exported")
    if len(found) < 100 or len(records) < 20:
        problems.append(f"only {len(found)} controls and {len(records)} records were read")
    print("\n".join(problems))
    print(f"library: {len(found)} controls, {sum(len(c.cases) for c in found)} cases, {len(records)} records, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
