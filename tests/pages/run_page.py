#!/usr/bin/env python3
"""Runs the commands of a documentation page in an empty folder and compares what they print with the page.

A fence ```LANG PATH writes a file; ```sh runs by bash, `exit=N` says with which code; the ```text fence that follows directly
is the expected output, with standard error behind it. --update rewrites these fences.

usage: run_page.py WRIT PAGE [--update]
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FENCE = re.compile(r"```(\w+)([^\n]*)\n(.*?)```\n", re.S)


def main() -> int:
    writ, page = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    update = "--update" in sys.argv
    text = page.read_text()
    folder = tempfile.mkdtemp()
    environment = {**os.environ, "PATH": f"{writ.parent}:{os.environ['PATH']}", "NO_COLOR": "1", "LC_ALL": "C"}
    failures = commands = 0
    printed, out, last = None, [], 0
    for fence in FENCE.finditer(text):
        language, rest, body = fence[1], fence[2].strip(), fence[3]
        between = text[last:fence.start()]
        if language == "sh":
            commands += 1
            expected = int(m[1]) if (m := re.search(r"exit=(\d+)", rest)) else 0
            run = subprocess.run(["bash", "-c", "set -e\n" + body if not expected else body], cwd=folder,
                                 env=environment, text=True, capture_output=True)
            printed = run.stdout + run.stderr
            if run.returncode != expected:
                failures += 1
                print(f"FAIL exit code {run.returncode}, expected {expected}:\n{body}{printed}")
        elif language == "text" and printed is not None and not between.strip():
            if body != printed and not update:
                failures += 1
                print(f"FAIL the page says\n{body}but it is\n{printed}")
            out.append((fence.start(3), fence.end(3), printed))
            printed = None
        elif rest:
            path = pathlib.Path(folder) / rest
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body)
        last = fence.end()
    if update:
        for start, end, replacement in reversed(out):
            text = text[:start] + replacement + text[end:]
        page.write_text(text)
    print(f"{page.name}: {commands} commands, {len(out)} outputs compared, {failures} failures")
    return 1 if failures or commands == 0 else 0


sys.exit(main())
