"""The sources of the standard library, taken apart far enough to check them: controls with their metadata, test cases, records.

The library is written in one layout (an item begins a line, two spaces in a block), which is what this reads.
"""
import pathlib
import re

VERDICTS = ("passes", "fails", "skips", "unknown", "errors")
CONTROL = re.compile(r'((?:^///[^\n]*\n)*)^control (\w+) "([^"]+)" \{\n(.*?)^\}', re.M | re.S)
RECORD = re.compile(r"((?:^///[^\n]*\n)*)^record ([A-Za-z.]+(?:/\w+)+) \{", re.M)
RELATED = re.compile(r"\b(?:some|no|count\()\s*[A-Z][\w.]*/")


def prose(comment):
    return " ".join(line[3:].strip() for line in comment.splitlines())


class Case:
    def __init__(self, verdict, title, text):
        self.verdict, self.title, self.text = verdict, title, text


class Control:
    def __init__(self, path, comment, name, title, body, cases):
        self.path, self.name, self.title, self.body, self.cases = path, name, title, body, cases
        self.rationale = prose(comment)
        self.id = self.item("id").strip('"')
        self.maps = re.findall(r'(\w+) "([^"]+)"', self.item("maps"))
        self.tags = re.findall(r'"([^"]+)"', self.item("tags"))
        self.manual = bool(re.search(r"^  manual\b", body, re.M))
        self.has_where = bool(re.search(r"^  where ", body, re.M))
        self.related = bool(RELATED.search(self.conditions()))
        self.subject = (re.search(r" as (\w+)\s*$", self.item("on")) or [None, ""])[1]
        self.remediation = (re.search(r"^  remediate (\w+)", body, re.M) or [None, ""])[1]

    def item(self, key):
        """What stands behind a key, continuation lines included."""
        found = re.search(rf"^  {key} +(.*(?:\n {{4,}}.*)*)", self.body, re.M)
        return found.group(1) if found else ""

    def conditions(self):
        """where, require, let and fn, without the messages."""
        body = self.body.split("\n  remediate ")[0]
        parts = re.findall(r"^  (?:where|require|let|fn) .*(?:\n {4,}.*)*", body, re.M)
        return re.sub(r'\n? *else "(?:[^"\\]|\\.)*"', "", "\n".join(parts))

    def cases_of(self, verdict):
        return [case for case in self.cases if case.verdict == verdict]


def cases_of(block):
    found = []
    for line in block.splitlines():
        start = re.match(rf'  ({"|".join(VERDICTS)}) +"((?:[^"\\]|\\.)*)"(.*)', line)
        if start:
            found.append(Case(*start.groups()))
        elif found:
            found[-1].text += "\n" + line
    return found


def controls(library):
    found = []
    for path in sorted(pathlib.Path(library).rglob("*.writ")):
        text = path.read_text()
        tests = {name: cases_of(block) for name, block in re.findall(r"^test (\w+) \{\n(.*?)^\}", text, re.M | re.S)}
        for comment, name, title, body in CONTROL.findall(text):
            found.append(Control(path, comment, name, title, body, tests.get(name, [])))
    return found


def records(library):
    """Type and documentation of each record."""
    return [(name, prose(comment)) for path in sorted(pathlib.Path(library).rglob("*.writ")) for comment, name in RECORD.findall(path.read_text())]
