#!/usr/bin/env python3
"""Compares a release build of auditor with named programs: run.py [NAME…] [--record]

Each benchmark first checks that both programs give the same answer, then times them in turn and judges the ratio of the
medians. Exit status: 0, or 1 when answers differ or a limit is missed. docs/benchmarks.md says more.
"""

import argparse
import datetime
import json
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from benchmarks import ALL, HERE, Benchmark, Limits
from paired import Pair, compare
from rivals import ABSENT
from stored import Stored
from workloads import Absent, Workloads

HEAD = [
    "| benchmark | rival | CPU s, ours / rival | **CPU ratio** | last record | limit | wall ratio | peak MiB | verdict |",
    "|---|---|---|---|---|---|---|---|---|",
]


class Disagreement(Exception):
    """The two programs did not give the same answer; a time would mean nothing."""


def main() -> int:
    options = read_options()
    auditor = Path(options.auditor).resolve()
    if not os.access(auditor, os.X_OK):
        sys.exit(f"{auditor} is not there; run: make build")
    workloads = Workloads(HERE / "work", Path(options.workloads).resolve())
    stored = Stored(HERE / "results")
    rows, raw, failed = list(HEAD), {}, False
    for benchmark in ALL:
        if options.names and benchmark.name not in options.names:
            continue
        print(f"{benchmark.name}: {benchmark.what} …", file=sys.stderr, flush=True)
        try:
            commands = benchmark.commands(str(auditor), workloads)
            agreement = check(commands.agree)
            pair = compare(commands.ours, commands.rival, options.runs or benchmark.runs)
        except (Absent, FileNotFoundError) as reason:
            rows.append(row(benchmark, [""] * 6, f"skipped: {reason}"))
        except Disagreement as difference:
            failed = True
            rows.append(row(benchmark, [""] * 6, f"**{difference}**"))
        else:
            missed = misses(benchmark.limits, pair)
            failed = failed or bool(missed)
            rows.append(row(benchmark, figures(benchmark, pair, stored), verdict(benchmark.limits, missed)))
            raw[benchmark.name] = {
                "ours": shlex.join(commands.ours), "rival": shlex.join(commands.rival), "agreement": agreement,
                "limits": vars(benchmark.limits), "runs": pair.raw(),
            }
        print(rows[-1], file=sys.stderr, flush=True)
    print("\n".join(rows))
    if stored.name:
        print(f"The last record is {stored.name}.")
    if options.record:
        record(rows, raw, auditor)
    return 1 if failed else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(benchmark.name for benchmark in ALL))
    parser.add_argument("--auditor", default=HERE.parent / ".build/release/auditor", help="the binary to measure")
    parser.add_argument("--workloads", default=HERE.parent.parent / "shared/bench", help="the folder of the generators")
    parser.add_argument("--runs", type=int, help="runs of each side (default: by benchmark)")
    parser.add_argument("--record", action="store_true", help="keep table and raw numbers below bench/results")
    options = parser.parse_args()
    unknown = set(options.names) - {benchmark.name for benchmark in ALL}
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    return options


def check(command: list[str] | None) -> str:
    if command is None:
        return "not compared: the two do different work"
    finished = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = " ".join(finished.stdout.split()[-60:])
    if finished.returncode == ABSENT:
        raise Absent(said)
    if finished.returncode != 0:
        raise Disagreement(said)
    return said


def misses(limits: Limits, pair: Pair) -> list[str]:
    """The limits that we are over, in words."""
    judged = [
        ("CPU", pair.ratio("cpu"), limits.cpu),
        ("wall", pair.least_ratio("wall"), limits.wall),
        ("peak", pair.median("ours", "peak"), limits.peak),
        ("wall s", pair.least("ours", "wall"), limits.seconds),
        ("wall s over", pair.least("ours", "wall") - pair.least("rival", "wall"), limits.over),
    ]
    return [f"{name} {figure:.3g} > {limit:g}" for name, figure, limit in judged if limit and figure > limit]


def verdict(limits: Limits, missed: list[str]) -> str:
    if missed:
        return "**missed: " + "; ".join(missed) + "**"
    return "recorded" if limits == Limits() else "met"


def figures(benchmark: Benchmark, pair: Pair, stored: Stored) -> list[str]:
    limits = benchmark.limits
    named = [("CPU", limits.cpu, " ×"), ("wall", limits.wall, " ×"), ("peak", limits.peak, " MiB"),
             ("wall", limits.seconds, " s"), ("wall", limits.over, " s more")]
    wall = f"{pair.ratio('wall'):.2f}"
    return [
        f"{pair.median('ours', 'cpu'):.3f} / {pair.median('rival', 'cpu'):.3f}",
        f"**{pair.ratio('cpu'):.3f}**",
        stored.change(benchmark.name, pair.ratio("cpu")),
        ", ".join(f"{name} ≤ {limit:g}{unit}" for name, limit, unit in named if limit is not None) or "none",
        (wall if limits.wall is None else f"{wall}, least {pair.least_ratio('wall'):.2f}")
        + ("" if limits.seconds is None else f", least {pair.least('ours', 'wall'):.2f} s")
        + ("" if limits.over is None
           else f", least {pair.least('ours', 'wall'):.3f} / {pair.least('rival', 'wall'):.3f} s"),
        f"{pair.median('ours', 'peak'):.0f} / {pair.median('rival', 'peak'):.0f}",
    ]


def row(benchmark: Benchmark, cells: list[str], said: str) -> str:
    return "| " + " | ".join([f"{benchmark.name}: {benchmark.what}", benchmark.rival, *cells, said]) + " |"


README = """# Benchmarks, {name}

{table}

Ratios are our medians by the rival's, both timed in turn in one run; CPU time is user and system. Wall time is told
only, for other work runs on the machine; where a limit names it, the least of each side counts. `raw.json` holds every
run. Peaks up to about 25 MiB are those of the process that measures, which a child is a copy of at first.

## Machine and versions

{facts}

## Commands

`make bench` runs all of them.

{commands}"""


def record(rows: list[str], raw: dict, auditor: Path) -> None:
    """Writes a folder for this day and machine: the table for people, every run for whoever doubts it."""
    folder = HERE / "results" / f"{datetime.date.today()}-{machine_name()}"
    folder.mkdir(parents=True, exist_ok=True)
    facts = surroundings(auditor)
    commands = [
        f"{name} ({entry['agreement']}):\n\n```sh\n{entry['ours']}\n{entry['rival']}\n```\n"
        for name, entry in raw.items()
    ]
    text = README.format(
        name=folder.name, table="\n".join(rows), facts="\n".join(f"- {name}: {fact}" for name, fact in facts.items()),
        commands="\n".join(commands))
    data = json.dumps({"surroundings": facts, "benchmarks": rounded(raw)}, ensure_ascii=False) + "\n"
    # Paths of one machine say nothing elsewhere.
    for place, name in [(str(auditor), "auditor"), (str(HERE.parent) + "/", ""), (sys.executable, "python3")]:
        text, data = text.replace(place, name), data.replace(place, name)
    (folder / "README.md").write_text(text)
    (folder / "raw.json").write_text(data)
    print(f"recorded in {folder}", file=sys.stderr)


def rounded(value):
    """The same data with floats of four decimals: more is noise."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return round(value, 4) if isinstance(value, float) else value


def machine_name() -> str:
    return f"{platform.system()}-{platform.machine()}-{os.cpu_count()}cores".lower()


def surroundings(auditor: Path) -> dict[str, str]:
    processor = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+) kB", Path("/proc/meminfo").read_text())
    commit = first_line(["git", "describe", "--always", "--dirty"])
    facts = {
        "processor": f"{processor[1] if processor else platform.machine()}, {os.cpu_count()} cores",
        "memory": f"{int(memory[1]) // 1024 if memory else 0} MiB",
        "kernel": platform.release(),
        "load at the end": " ".join(f"{load:.1f}" for load in os.getloadavg()) + " (1, 5, 15 minutes)",
        "auditor": first_line([str(auditor), "--version"]) + ", commit " + commit,
        "build": "swift build -c release --static-swift-stdlib, " + first_line(["swift", "--version"]),
        "Python": platform.python_version(),
    }
    for package in ("PyYAML", "orjson", "jsonschema"):
        try:
            facts[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            facts[package] = "not installed"
    for program in ("openssl", "rg"):
        argument = "version" if program == "openssl" else "--version"
        facts[program] = first_line([program, argument]) if shutil.which(program) else "not installed"
    return facts


def first_line(command: list[str]) -> str:
    finished = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=HERE)
    return (finished.stdout.splitlines() or ["unknown"])[0].strip()


if __name__ == "__main__":
    sys.exit(main())
