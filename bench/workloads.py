"""The data that the benchmarks read: made once, below a folder that git ignores.

Most come from generators outside this repository; where these are absent the benchmarks that need them are skipped, and
say so. A workload is complete when its folder bears its final name.
"""

import csv
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path


# What a finding has in both forms.
FINDING_COLUMNS = ["rule_id", "level", "message", "path", "line", "fingerprint"]

# What a sweep looks at: how many repositories, and how many files each has.
REPOSITORIES = 300
REPOSITORY_FILES = 50

# The most bytes of files of the machine that are copied.
INSTALLED_BYTES = 400 << 20


class Absent(Exception):
    """A workload cannot be made here, and why."""


class Workloads:
    def __init__(self, folder: Path, generators: Path):
        self.folder = folder
        self.generators = generators
        folder.mkdir(parents=True, exist_ok=True)

    def catalogue(self) -> Path:
        """A YAML catalogue of 20,000 entries, 11 MB."""
        return self._made("catalogue.yaml", "gen_yaml.py", "--entries", "20000")

    def feed(self) -> Path:
        """A root with an activity feed of 1,000,000 events (378 MB) and the documents of 500 phases."""
        return self._made("feed", "gen_feed.py")

    def receipts(self) -> Path:
        """20,000 JSON instances, one schema, and the list of the instances, ended by NUL each."""
        root = self._made("receipts", "gen_json.py")
        names = sorted(str(path) for path in root.glob("instances/*/*.json"))
        (root / "names0.txt").write_text("".join(name + "\0" for name in names))
        return root

    def artifacts(self) -> Path:
        """20 sealed bundles: 200 files of 20 MB and 50,000 small ones, 4 GB, and a gate map that hashes what their
        indices list (the generator's own map names a law by which the index would belong to the bundle)."""
        root = self._made("artifacts", "gen_artifacts.py")
        gates = (root / "gates.map.yaml").read_text()
        indexed = gates.replace("kind: sha256_bundle_digest", "kind: sha256_index_json_ascii_lex_raw_bytes")
        (root / "gates.indexed.yaml").write_text(indexed)
        return root

    def sources(self, size: str = "small") -> Path:
        """Source files with one planted line in 2,000: small 2,000 files, 31 MB; large 60,000 files, 1 GB."""
        name = "sources" if size == "small" else f"sources-{size}"
        return self._made(name, "gen_source.py", "--size", size) / "tree"

    def repository(self) -> Path:
        """A repository of 5,000 commits and 20,000 files, with a branch `pr` that changed 50 of them, checked out."""
        made = self._made("repo", "gen_repo.py")
        subprocess.run(["git", "-C", str(made), "checkout", "--quiet", "pr"], check=True)
        return made

    def repositories(self) -> Path:
        """15,000 of the large source files, 257 MB, twice: `many` spreads them over 300 repositories, `one` is the same tree
        as a single one. The files are links to those of the source tree."""
        path = self.folder / "repositories"
        if path.exists():
            return path
        source = self.sources("large")
        print(f"making {path} …", file=sys.stderr)
        unfinished = self.folder / "unfinished-repositories"
        if unfinished.is_dir():
            shutil.rmtree(unfinished)
        files = sorted(file for file in source.rglob("*") if file.is_file())
        chosen = files[::len(files) // (REPOSITORIES * REPOSITORY_FILES)]
        for number in range(REPOSITORIES):
            name = f"team{number % 7}/service{number}"
            for file in chosen[number * REPOSITORY_FILES:(number + 1) * REPOSITORY_FILES]:
                for root in ("many", "one"):
                    link = unfinished / root / name / file.relative_to(source)
                    link.parent.mkdir(parents=True, exist_ok=True)
                    os.link(file, link)
            git = ["git", "-C", str(unfinished / "many" / name), "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
            subprocess.run([*git, "init", "--quiet"], check=True)
            subprocess.run([*git, "add", "--all"], check=True)
            subprocess.run([*git, "commit", "--quiet", "--message", "files"], check=True)
        unfinished.rename(path)
        return path

    def installed(self) -> Path:
        """Text files that come with this machine: headers, Python, Perl, documents, the Swift toolchain."""
        path = self.folder / "installed"
        if path.exists():
            return path
        print(f"making {path} …", file=sys.stderr)
        unfinished = self.folder / "unfinished-installed"
        if unfinished.is_dir():
            shutil.rmtree(unfinished)
        swift = shutil.which("swift")
        roots = ["/usr/include", "/usr/share", *glob.glob("/usr/lib/python3*"), "/etc"]
        if swift:
            roots.append(str(Path(swift).resolve().parent.parent))
        copied = 0
        for root in roots:
            for folder, folders, names in os.walk(root):
                folders.sort()
                for name in sorted(names):
                    copied += _copy_text(Path(folder, name), unfinished) if copied < INSTALLED_BYTES else 0
        unfinished.rename(path)
        return path

    def findings(self) -> Path:
        """A run of 1,000,000 findings: `run.jsonl` as the lines of a report, `rows.csv` the same rows for SQLite."""
        path = self.folder / "findings"
        if path.exists():
            return path
        print(f"making {path} …", file=sys.stderr)
        unfinished = self.folder / "unfinished-findings"
        unfinished.mkdir(exist_ok=True)
        head = {
            "schema_version": "auditor.dod_report/1", "ts": "2026-01-01T00:00:00Z", "git_head": None,
            "tool": {"name": "auditor", "version": "0", "rule_pack_digest": "sha256:" + "0" * 64},
            "scope": {"kind": "tree"}, "summary": {"exit_status": 1, "unevaluated": 0},
            "coverage": {"files_scanned": 100_000}, "phases": {}, "gates": [],
        }
        rules = ["hard-path.home", "todo-critical.elsewhere", "secret.aws-key", "optimism-claim.works", "test-bypass.skip"]
        with open(unfinished / "run.jsonl", "w") as lines, open(unfinished / "rows.csv", "w", newline="") as rows:
            lines.write(json.dumps(head) + "\n")
            table = csv.writer(rows)
            table.writerow(FINDING_COLUMNS)
            for number in range(1_000_000):
                finding = {
                    "rule_id": rules[number % 5], "level": ("error", "warning", "note")[number % 3],
                    "message": f"the line names what exists on one machine only ({number % 977}): take it as an option",
                    "path": f"services/service-{number % 89}/src/module_{number // 10 % 1000}/file_{number // 10}.py",
                    "line": number % 10 * 13 + 1,
                    "fingerprint": hashlib.sha256(str(number).encode()).hexdigest()[:32],
                }
                lines.write(json.dumps(finding) + "\n")
                table.writerow(finding[column] for column in FINDING_COLUMNS)
        unfinished.rename(path)
        return path

    def patterns(self) -> Path:
        """40 patterns: `rg.txt` for ripgrep, `pack.yaml` the same as rules of ours."""
        folder = self._made("patterns", "mkrules.py")
        rules = []
        for line in (self.generators / "patterns.tsv").read_text().splitlines():
            if line.startswith("#") or not line.strip():
                continue
            name, _, flags, pattern, example = line.split("\t")
            rules.append({
                "id": "bench." + name.lower(), "message": name, "severity": "warning",
                "pattern-regex": ("(?i)" if flags == "i" else "") + pattern,
                "metadata": {"remediation": "none", "since": "0.1.0"},
                "examples": {
                    "match": [{"path": "a.txt", "text": example + "\n"}], "ok": [{"path": "a.txt", "text": "\n"}],
                },
            })
        # JSON is YAML.
        (folder / "pack.yaml").write_text(json.dumps({"rules": rules}, indent=1))
        return folder

    def _made(self, name: str, generator: str, *options: str) -> Path:
        path = self.folder / name
        if path.exists():
            return path
        program = self.generators / generator
        if not program.exists():
            raise Absent(f"no workload: {program} is not there")
        print(f"making {path} …", file=sys.stderr)
        unfinished = self.folder / ("unfinished-" + name)
        if unfinished.is_dir():
            shutil.rmtree(unfinished)
        subprocess.run(
            [sys.executable, program, unfinished, *options], check=True, stdout=subprocess.DEVNULL)
        unfinished.rename(path)
        return path


def _copy_text(source: Path, folder: Path) -> int:
    """Copies a file that every program takes for the same lines of text: UTF-8, no zero byte, no line end but "\\n" and "\\r\\n". The number of bytes."""
    if source.is_symlink() or not source.is_file() or source.stat().st_size > 4 << 20:
        return 0
    try:
        content = source.read_bytes()
        content.decode()
    except (OSError, UnicodeDecodeError):
        return 0
    if not content or b"\0" in content or content.count(b"\r") != content.count(b"\r\n"):
        return 0
    target = folder / source.relative_to("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return len(content)
