#!/usr/bin/env python3
"""Writes a tree with so many findings, has it told in each format, and checks number, form and peak memory of each."""

import gzip
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

LIMIT = 64 << 20
A_FILE = 500
SCHEMAS = Path(__file__).parent.parent / "reports" / "schema"


def make(tree: Path, count: int) -> None:
    # In two parts, so that no scan takes this file for a violation.
    home = "/ho" + "me/ann"
    for number in range(count // A_FILE):
        folder = tree / f"part{number // 100}"
        folder.mkdir(exist_ok=True)
        lines = (f"path_{line} = '{home}/{number}/{line}'\n" for line in range(A_FILE))
        (folder / f"module{number}.py").write_text("".join(lines))


def apart(check, out: Path) -> int:
    """What a check finds, by a process of its own: the memory of this one is where that of each run begins to count."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, str(check(out)).encode())
        except Exception as error:  # what is wrong is said, and no number of findings is -1
            print(f"  {type(error).__name__}: {error}"[:2_000])
        finally:
            sys.stdout.flush()
            os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader) as answer:
        return int(answer.read() or -1)


def run(words: list[str], tree: Path, out: Path) -> tuple[int, int]:
    """The exit status and the peak memory of a process."""
    with out.open("wb") as file:
        child = subprocess.Popen(words, cwd=tree, stdout=file, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage.ru_maxrss << 10


def read_json(out: Path, schema: str | None = None):
    with out.open() as file:
        document = json.load(file)
    if schema is not None and out.stat().st_size < 64 << 20:
        try:
            import jsonschema
        except ImportError:
            print("  jsonschema is not there: read, but not validated by it")
        else:
            jsonschema.validate(document, json.loads((SCHEMAS / f"{schema}.schema.json").read_text()))
    return document


def junit_findings(out: Path) -> int:
    """Failures name every finding in a line of its own; the counts have to be those that are declared."""
    found = cases = declared = 0
    for event, element in ElementTree.iterparse(out, events=("start", "end")):
        if event == "start" and element.tag == "testsuite":
            declared += int(element.get("tests"))
        if event == "end" and element.tag == "testcase":
            cases += 1
            failure = element.find("failure")
            if failure is not None:
                found += failure.text.count(": error: ")
            element.clear()
    assert cases == declared, f"{cases} cases, {declared} declared"
    return found


def xmllint(out: Path) -> None:
    words = ["xmllint", "--noout", "--huge", "--stream", "--schema", str(SCHEMAS / "junit.xsd"), str(out)]
    subprocess.run(words, check=True, stderr=subprocess.DEVNULL)


def for_github(out: Path) -> int:
    """GitHub takes no more than 10 MB of it, compressed."""
    packed = len(gzip.compress(out.read_bytes()))
    assert packed <= 10_000_000, f"{packed} bytes, compressed"
    return len(read_json(out, "sarif")["runs"][0]["results"])


def junit(out: Path) -> int:
    xmllint(out)
    return junit_findings(out)


def text(out: Path) -> int:
    with out.open() as file:
        return sum(" error   " in line for line in file)


CHECKS = [
    (["json"], lambda out: len(read_json(out, "scan_report")["findings"]), None),
    (["junit"], junit, None),
    (["junit", "--junit-schema", "ant"], junit, None),
    (["junit", "--junit-schema", "compat"], junit, None),
    (["sarif"], lambda out: len(read_json(out, "sarif")["runs"][0]["results"]), None),
    (["sarif-github"], for_github, 25_000),
    (["gitlab"], lambda out: len(read_json(out, "code_quality")), None),
    (["github"], lambda out: len(out.read_text().splitlines()), 10),
    (["text"], text, None),
]


def main() -> int:
    auditor, count = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    missed = 0
    with tempfile.TemporaryDirectory(prefix="auditor-formats-") as folder:
        tree, out = Path(folder) / "tree", Path(folder) / "out"
        tree.mkdir()
        make(tree, count)
        os.environ |= {"XDG_CACHE_HOME": f"{folder}/cache", "TMPDIR": folder}
        # The second run goes by the cache that the first one made.
        for words, found, most in [CHECKS[0], *CHECKS]:
            status, peak = run([auditor, "scan", "--format", *words], tree, out)
            told, wanted = apart(found, out), min(count, most or count)
            verdict = "met" if status == 1 and told == wanted and peak <= LIMIT else "MISSED"
            missed += verdict == "MISSED"
            size = out.stat().st_size / 1e6
            print(f"{verdict}  {' '.join(words):30} {told:>9} findings {size:8.1f} MB  peak {peak / 2**20:5.1f} MiB", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
