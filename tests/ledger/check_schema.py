#!/usr/bin/env python3
"""The schema of the exemption ledger accepts the samples that the reader accepts, and refuses the broken ones.

usage: tests/ledger/check_schema.py     exit code 77 = no validator is installed
"""
import json
import pathlib
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing.name} is not installed")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "tests/ledger/samples"


class Loader(yaml.SafeLoader):
    """Dates stay the texts that they are."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(text):
    return yaml.load(text, Loader=Loader)


def main() -> int:
    schema = json.loads((ROOT / "docs/schemas/exemptions.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    problems = []
    checked = 0
    for sample in load((SAMPLES / "good.yaml").read_text(encoding="utf-8")):
        checked += 1
        for error in validator.iter_errors(load(sample["text"])):
            problems.append(f"good: {sample['title']}: {error.message}")
    for sample in load((SAMPLES / "broken.yaml").read_text(encoding="utf-8")):
        if sample.get("schema") == "unreadable":
            continue
        checked += 1
        valid = validator.is_valid(load(sample["text"]))
        if valid != (sample.get("schema") == "valid"):
            problems.append(f"broken: {sample['title']}: the schema {'accepts' if valid else 'refuses'} it")
    for problem in problems:
        print(problem)
    print(f"{checked} samples, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
