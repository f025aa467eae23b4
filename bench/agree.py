"""Whether two programs gave the same answer: agree.py NAME ARGUMENT… exits 1 and says where they differ.

Runs in a process of its own, for the answers are large and the one that times stays small.
"""

import collections
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from rivals import ABSENT

RIVALS = [sys.executable, str(Path(__file__).with_name("rivals.py"))]


def output(command: list[str], statuses: tuple[int, ...] = (0,), **options) -> bytes:
    finished = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    if finished.returncode == ABSENT:
        raise FileNotFoundError(finished.stderr.decode().strip())
    if finished.returncode not in statuses:
        sys.exit(f"{command[:4]} exited {finished.returncode}: {finished.stderr.decode()[-400:]}")
    return finished.stdout


def same(ours, theirs, what: str) -> None:
    if ours != theirs:
        sys.exit(f"the answers differ: {what}")
    print(what)


def yaml(auditor: str, path: str) -> None:
    """The parsed catalogue is the one that PyYAML parses."""
    from yaml import CSafeLoader, load

    [ours] = json.loads(output([auditor, "parse", "--from", "yaml", path, "--format", "json"]))["documents"]
    with open(path, "rb") as file:
        theirs = load(file, Loader=CSafeLoader)
    same(ours, theirs, f"both parse the same document of {len(theirs['outputs'])} entries")


def hash(auditor: str, root: str) -> None:
    """Every digest is openssl's, and the lines come in the order of the names."""
    names = Path(root, "files0.txt").read_bytes()
    ours = output([auditor, "hash", "--files0-from", "files0.txt"], cwd=root).decode().splitlines()
    theirs = output(["xargs", "-0", "-n", "256", "openssl", "dgst", "-sha256"], cwd=root, input=names).decode()
    expected = [re.fullmatch(r"SHA2?-?256\((.*)\)= ([0-9a-f]{64})", line) for line in theirs.splitlines()]
    same(ours, [f"{line[2]}  {line[1]}" for line in expected if line], f"{len(ours)} digests are equal, in order")


def schema(auditor: str, root: str) -> None:
    """The same instances are invalid."""
    names = Path(root, "names0.txt").read_bytes()
    validate = ["xargs", "-0", "-n", "5000", auditor, "schema", "validate", "--schema", root + "/schema.json", "--json"]
    # xargs answers 123 when a child has answered 1: some instance is invalid.
    reports = output(validate, (123,), input=names).decode()
    decoder, ours, place = json.JSONDecoder(), [], 0
    while place < len(reports):
        report, place = decoder.raw_decode(reports, place)
        place += 1
        ours += [file["path"] for file in report["files"] if not file["valid"]]
    theirs = output([*RIVALS, "schema", root + "/schema.json", root + "/names0.txt"]).decode().splitlines()
    same(ours, theirs, f"the same {len(ours)} of {names.count(0)} instances are invalid")


def gates(auditor: str, root: str, pin: str, *flags: str) -> None:
    """Every gate passes, openssl's digest over the bytes of its listed files is the sealed one, and with --members every
    listed file was compared."""
    verify = [auditor, "gates", "verify", "--root", root, "--gate-map", root + "/gates.indexed.yaml", "--pin", pin]
    answer = json.loads(output([*verify, "--json", *flags]))
    passed = [gate for gate in answer["gates"] if gate["status"] == "PASS"]
    bundles = [index.parent for index in Path(root).rglob("index.json")]
    sealed, listed = 0, 0
    for bundle in bundles:
        names = sorted(file["path"].encode() for file in json.loads((bundle / "index.json").read_bytes()))
        listed += len(names)
        joined = "xargs -0 cat | openssl dgst -sha256 -r"
        digest = output(["sh", "-c", joined], input=b"\0".join(names), cwd=bundle).decode().split()[0]
        sealed += digest in (bundle / "_passed.flag").read_text()
    if flags:
        compared = sum(gate["compared_members"] for gate in answer["gates"])
        same(compared, listed, f"{compared} files were compared with their index")
    same((len(passed), len(passed)), (len(answer["gates"]), sealed), f"{sealed} sealed digests are openssl's")


def scan(auditor: str, pack: str, patterns: str, tree: str) -> None:
    """The same lines are found by the same patterns."""
    report = json.loads(output([auditor, "scan", "--rules", pack, "--no-ignore", "--json", tree], (0, 1)))
    ours = {(os.path.join(tree, finding["path"]), finding["line"]) for finding in report["findings"]}
    found = output(["rg", *"--no-config --no-ignore --hidden --no-heading --no-unicode -n -f".split(), patterns, tree])
    theirs = set()
    for line in found.decode(errors="replace").splitlines():
        path, number, _ = line.split(":", 2)
        theirs.add((path, int(number)))
    same(ours, theirs, f"the same {len(theirs)} lines are found")


def ledger(auditor: str, made: str, plain: str) -> None:
    """The ledger holds the same rows in the same order, and every link of its chain fits."""
    output([auditor, "ledger", "verify", "--ledger", made])
    columns = "rule{0}, level, message, path, line, {1}"
    query = "SELECT " + columns.format("", "lower(hex(fingerprint))") + " FROM finding ORDER BY seq"
    ours = output(["sqlite3", "-csv", made, query])
    theirs = output(["sqlite3", "-csv", plain, "SELECT " + columns.format("_id", "fingerprint") + " FROM finding ORDER BY rowid"])
    same(ours, theirs, f"the same {ours.count(10)} rows, and the chain holds")


def sweep(auditor: str, root: str, plan: str, rows: str) -> None:
    """Both look at the same bytes and find the same."""
    run = [auditor, "sweep", "run", "--quiet", "--plan", plan, "--shard", "1/1", "--jobs", "1", "--out", rows]
    output(run)
    ours, seen = [], [0, 0]
    for line in Path(rows, "shard-00001-of-00001.jsonl").read_text().splitlines()[:-1]:
        row = json.loads(line)
        seen = [seen[0] + row["counts"]["files_scanned"], seen[1] + row["counts"]["bytes_scanned"]]
        for finding in row["findings"]:
            ours.append((finding["rule_id"], f"{row['target']}/{finding['path']}", finding["line"], finding["column"]))
    report = json.loads(output([auditor, "scan", "--no-cache", "--json", root + "/one"], (0, 1)))
    same(seen, [report["coverage"][count] for count in ("files_scanned", "bytes_scanned")],
         f"both look at {seen[0]} files of {seen[1]} bytes")
    theirs = []
    for finding in report["findings"]:
        # Below this project, paths are relative to it.
        path = finding["path"].rpartition(f"/{Path(root).name}/one/")[2]
        theirs.append((finding["rule_id"], path, finding["line"], finding["column"]))
    same(sorted(ours), sorted(theirs), f"the same {len(ours)} findings")


def jsonl(auditor: str, feed: str) -> None:
    """Both count the same events for each phase and action."""
    ours = output([auditor, "count-events", feed]).decode().splitlines()
    theirs = output([*RIVALS, "jsonl", feed]).decode().splitlines()
    total = sum(int(line.split()[-1]) for line in theirs)
    same(sorted(ours), sorted(theirs), f"both count the same {total} events in {len(theirs)} groups")


def dod(auditor: str, root: str) -> None:
    """Each phase has the verdict that its events and evidence were made for."""
    expected = json.loads(Path(root, "expected.json").read_bytes())
    environment = {**os.environ, "DOD_ROOT": root}
    answer = json.loads(output([auditor, "dod", "--all", "--json"], (0, 2, 3), env=environment))
    proven = {phase["phase_id"] for phase in answer["results"] if phase["verdict"] == "PROVEN"}
    made = {name for name, phase in expected["phases"].items() if phase["chain_ok"] and phase["evidence_ok"]}
    same(len(answer["results"]), len(expected["phases"]), f"all {len(expected['phases'])} phases are judged")
    counts = {phase["phase_id"]: phase["checks"]["activity_chain"]["event_count"] for phase in answer["results"]}
    same(counts, {name: phase["events"] for name, phase in expected["phases"].items()},
         f"all {sum(counts.values())} events are counted")
    same(proven, made, f"{len(made)} of {len(expected['phases'])} phases are PROVEN, as made")


def diff(auditor: str, repository: str, pack: str, expected: str) -> None:
    """By the 40 patterns, what the branch added is found where it was planted, and nothing else."""
    report = json.loads(output(
        [auditor, "scan", "--diff", "main...pr", "--rules", pack, "--json", "--fail-on", "never", "."], cwd=repository))
    ours = sorted((finding["path"], finding["rule_id"].rpartition(".")[2].upper()) for finding in report["findings"])
    rows = [line.split("\t") for line in Path(expected).read_text().splitlines()]
    same(ours, sorted((path, rule) for path, rule, kind in rows if kind == "added"),
         f"{len(ours)} planted lines are found in {report['coverage']['files_scanned']} changed files")


if __name__ == "__main__":
    known = {"yaml": yaml, "hash": hash, "schema": schema, "gates": gates, "scan": scan, "jsonl": jsonl, "dod": dod,
             "diff": diff, "ledger": ledger, "sweep": sweep}
    try:
        known[sys.argv[1]](*sys.argv[2:])
    except (FileNotFoundError, ModuleNotFoundError) as missing:
        print(missing)
        sys.exit(ABSENT)
