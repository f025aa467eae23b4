"""What is measured: our command, the rival's, how their answers are compared first, and the limits."""

import json
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workloads import Workloads

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Limits:
    """The most that we may take: times the rival's (medians; for wall time the least of each), MiB, or seconds of wall
    time (the least of our runs), alone or more than the rival's. None: recorded only."""

    cpu: float | None = None
    wall: float | None = None
    peak: float | None = None
    seconds: float | None = None
    over: float | None = None


@dataclass(frozen=True)
class Commands:
    ours: list[str]
    rival: list[str]
    # Fails when the answers differ; None where the two do not do the same work, which the table says.
    agree: list[str] | None


@dataclass(frozen=True)
class Benchmark:
    name: str
    what: str
    rival: str
    limits: Limits
    runs: int
    commands: Callable[[str, Workloads], Commands]


def shell(line: str) -> list[str]:
    return ["sh", "-c", line]


def rival(*arguments: object) -> list[str]:
    return [sys.executable, str(HERE / "rivals.py"), *map(str, arguments)]


def agree(*arguments: object) -> list[str]:
    return [sys.executable, str(HERE / "agree.py"), *map(str, arguments)]


def start(auditor: str, _: Workloads) -> Commands:
    return Commands([auditor, "--version"], ["true"], shell(f"{shlex.quote(auditor)} --version && true"))


def yaml(auditor: str, workloads: Workloads) -> Commands:
    path = workloads.catalogue()
    ours = [auditor, "parse", "--from", "yaml", str(path), "--format", "json"]
    return Commands(ours, rival("yaml", path), agree("yaml", auditor, path))


def jsonl(auditor: str, workloads: Workloads) -> Commands:
    feed = workloads.feed() / "observability/logs/activity_feed.jsonl"
    return Commands([auditor, "count-events", str(feed)], rival("jsonl", feed), agree("jsonl", auditor, feed))


def dod(auditor: str, workloads: Workloads) -> Commands:
    root = workloads.feed()
    feed = root / "observability/logs/activity_feed.jsonl"
    ours = ["env", f"DOD_ROOT={root}", auditor, "dod", "--all", "--json"]
    return Commands(ours, rival("jsonl", feed), agree("dod", auditor, root))


OPENSSL = "xargs -0 -P2 -n 256 openssl dgst -sha256 < files0.txt"


def hash(auditor: str, workloads: Workloads) -> Commands:
    root = workloads.artifacts()
    ours = f"cd {shlex.quote(str(root))} && exec {shlex.quote(auditor)} hash --files0-from files0.txt"
    return Commands(shell(ours), shell(f"cd {shlex.quote(str(root))} && {OPENSSL}"), agree("hash", auditor, root))


def gates(auditor: str, workloads: Workloads, *flags: str) -> Commands:
    root = workloads.artifacts()
    pin = "manifest_fingerprint=" + json.loads((root / "expected.json").read_text())["manifest_fingerprint"]
    ours = [auditor, "gates", "verify", "--root", str(root), "--gate-map", f"{root}/gates.indexed.yaml", "--pin", pin]
    checked = agree("gates", auditor, root, pin, *flags)
    return Commands([*ours, *flags], shell(f"cd {shlex.quote(str(root))} && {OPENSSL}"), checked)


def gates_members(auditor: str, workloads: Workloads) -> Commands:
    return gates(auditor, workloads, "--members")


def schema(auditor: str, workloads: Workloads) -> Commands:
    root = workloads.receipts()
    paths = {"auditor": auditor, "schema": root / "schema.json", "names": root / "names0.txt"}
    quoted = {name: shlex.quote(str(path)) for name, path in paths.items()}
    line = "xargs -0 -n 5000 {auditor} schema validate --schema {schema} < {names}".format(**quoted)
    return Commands(shell(line), rival("schema", paths["schema"], paths["names"]), agree("schema", auditor, root))


def ripgrep(patterns: Path, tree: Path) -> list[str]:
    flags = "--no-config --no-ignore --hidden --no-heading --no-unicode -n -j2"
    return ["rg", *flags.split(), "-f", str(patterns), str(tree)]


def scan(tree: Callable[[Workloads], Path]) -> Callable[[str, Workloads], Commands]:
    def commands(auditor: str, workloads: Workloads) -> Commands:
        patterns, files = workloads.patterns(), tree(workloads)
        pack = patterns / "pack.yaml"
        ours = [auditor, "scan", "--rules", str(pack), "--no-ignore", "--no-cache", "-j2", str(files)]
        checked = agree("scan", auditor, pack, patterns / "rg.txt", files)
        return Commands(ours, ripgrep(patterns / "rg.txt", files), checked)

    return commands


def scan_builtin(tree: Callable[[Workloads], Path]) -> Callable[[str, Workloads], Commands]:
    def commands(auditor: str, workloads: Workloads) -> Commands:
        patterns, files = workloads.patterns(), tree(workloads)
        ours = [auditor, "scan", "--no-ignore", "--no-cache", "-j2", str(files)]
        return Commands(ours, ripgrep(patterns / "rg.txt", files), None)

    return commands


def large(workloads: Workloads) -> Path:
    return workloads.sources("large")


def diff(auditor: str, workloads: Workloads) -> Commands:
    repository = str(workloads.repository())
    ours = [auditor, "scan", "--diff", "main...pr", "--fail-on", "never", repository]
    return Commands(ours, ["git", "-C", repository, "diff", "-U0", "main...pr"], agree("diff", auditor, repository, workloads.patterns() / "pack.yaml", repository + ".expected.tsv"))


def rescan(auditor: str, workloads: Workloads) -> Commands:
    """Both sides touch the same hundredth of the files first; the rival then scans all of them as if for the first time."""
    tree = shlex.quote(str(workloads.sources("large")))
    touch = f"find {tree} -type f -name '*[05]7.*' -print0 | head -z -n 600 | xargs -0 touch"
    # Not below the repository: a scan keeps no cache in the tree that it looks at.
    cache = shlex.quote(tempfile.gettempdir() + "/auditor-bench-cache")
    scan = f"XDG_CACHE_HOME={cache} {shlex.quote(auditor)} scan --no-ignore -j2 --fail-on never"
    checked = f"{scan} {tree} && {scan} --verify-cache {tree}"
    return Commands(shell(f"{touch}; {scan} {tree}"), shell(f"{touch}; {scan} --no-cache {tree}"), shell(checked))


def sweep(auditor: str, workloads: Workloads) -> Commands:
    """One thread on both sides: what a core gets done."""
    root, rows = workloads.repositories(), workloads.folder / "rows"
    plan = workloads.folder / "plan.json"
    subprocess.run([auditor, "sweep", "plan", "--quiet", "--below", str(root / "many"), "--shards", "1", "--out", str(plan)],
                   check=True)
    named = {"auditor": auditor, "plan": plan, "rows": rows}
    quoted = {name: shlex.quote(str(value)) for name, value in named.items()}
    ours = "rm -rf {rows}; exec {auditor} sweep run --quiet --plan {plan} --shard 1/1 --jobs 1 --out {rows}".format(**quoted)
    return Commands(shell(ours), [auditor, "scan", "--no-cache", "-j1", str(root / "one")],
                    agree("sweep", auditor, root, plan, rows))


def ledger(auditor: str, workloads: Workloads) -> Commands:
    findings = workloads.findings()
    made, plain = workloads.folder / "ledger.sqlite", workloads.folder / "plain.sqlite"
    named = {"auditor": auditor, "lines": findings / "run.jsonl", "rows": findings / "rows.csv", "made": made, "plain": plain}
    quoted = {name: shlex.quote(str(value)) for name, value in named.items()}
    ours = "rm -f {made}; exec {auditor} ledger record --quiet --ledger {made} --target bench {lines}".format(**quoted)
    rival = "rm -f {plain}; exec sqlite3 {plain} '.import --csv {rows} finding'".format(**quoted)
    checked = agree("ledger", auditor, made, plain)
    return Commands(shell(ours), shell(rival), shell(f"({ours}) && ({rival}) && {shlex.join(checked)}"))


RIPGREP = "ripgrep -j2 --no-unicode, the same patterns"

ALL = [
    Benchmark("start", "start and say the version", "true", Limits(wall=6), 101, start),
    Benchmark("yaml", "parse 11 MB of YAML and print it as JSON", "PyYAML, CSafeLoader (libyaml), parsing alone",
              Limits(cpu=0.06, peak=120), 3, yaml),
    Benchmark("jsonl", "read 1,000,000 events (378 MB) strictly, four fields each, and count them by two",
              "orjson, counting the events by two fields, one thread", Limits(cpu=0.25), 5, jsonl),
    Benchmark("dod", "judge 500 phases by a feed of 1,000,000 events (378 MB)",
              "orjson, counting the events by two fields, one thread", Limits(cpu=0.40, peak=64, seconds=1.0), 5, dod),
    Benchmark("hash", "SHA-256 of 50,200 files, 4.03 GB", "openssl dgst, two processes", Limits(cpu=0.60), 3, hash),
    Benchmark("schema", "validate 20,000 JSON files by one schema", "python-jsonschema, is_valid", Limits(cpu=0.08), 3,
              schema),
    Benchmark("gates", "verify 20 gates over the same 4.03 GB", "openssl dgst of the files, two processes",
              Limits(cpu=0.60), 3, gates),
    Benchmark("gates-members", "verify the same gates and each file's own digest, in one pass",
              "openssl dgst of the files, two processes", Limits(cpu=1.1), 3, gates_members),
    Benchmark("scan-small", "40 patterns over 2,000 source files, 31 MB", RIPGREP,
              Limits(cpu=0.80, peak=128), 15, scan(Workloads.sources)),
    Benchmark("scan-large", "40 patterns over 60,000 source files, 1 GB", RIPGREP,
              Limits(cpu=0.60, peak=128), 7, scan(large)),
    Benchmark("scan-real", "40 patterns over the text files of this machine", RIPGREP,
              Limits(cpu=0.70, peak=128), 7, scan(Workloads.installed)),
    Benchmark("scan-builtin", "the built-in rules over 2,000 source files, 31 MB",
              "ripgrep -j2 --no-unicode, the 40 patterns", Limits(peak=128), 7, scan_builtin(Workloads.sources)),
    Benchmark("scan-builtin-large", "the built-in rules over 60,000 source files, 1 GB",
              "ripgrep -j2 --no-unicode, the 40 patterns", Limits(cpu=1.0, peak=128), 5, scan_builtin(large)),
    Benchmark("diff", "what a branch of 50 files changed, among 20,000 files", "git diff -U0", Limits(over=0.040), 15,
              diff),
    Benchmark("rescan", "scan 60,000 files again, of which 600 were touched", "auditor itself, without its cache",
              Limits(cpu=0.15), 3, rescan),
    # 1 / 0.9: per core, a sweep gets at least nine tenths done of what a scan does.
    Benchmark("sweep", "sweep over 300 repositories of 50 files, 257 MB", "auditor itself, scanning the same files as one tree",
              Limits(cpu=1.11), 5, sweep),
    Benchmark("ledger", "record 1,000,000 findings: rows chained and indexed", "sqlite3 .import of the same rows, no index",
              Limits(cpu=2.5), 3, ledger),
]
