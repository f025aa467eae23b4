import EndToEnd
import Testing

/// Standard streams that are closed, full or somebody else's, and limits on what a process may use.
@Suite struct StreamTests {
  private static let audit = HostileRun.command("audit", "--json", "--no-cache", answering: [1, 4])

  static let cases = [
    HostileCase(
      "closed standard streams", [:], audit.with(descriptors: "<&-"), audit.with(descriptors: ">&-"),
      audit.with(descriptors: "2>&-"),
      audit.with(descriptors: "<&- >&- 2>&-"), HostileRun.scan().with(descriptors: "<&- 2>&-"),
      HostileRun.command(
        "ledger", "record", "--ledger", "../audits.sqlite", "--report", "reports/dod_report.latest.json",
        answering: [0, 4, 64]
      )
      .with(descriptors: "<&- >&- 2>&-").writing("audits.sqlite")),
    HostileCase(
      "a standard input that never ends, or is a folder", [:], HostileRun.scan().with(descriptors: "</dev/zero"),
      HostileRun.scan().with(descriptors: "<."),
      HostileRun.command("scan", "--stdin-path", "a.py", answering: [4]).with(descriptors: "<."),
      HostileRun.command("scan", "--stdin-jsonl", answering: [4]).with(descriptors: "<."),
      HostileRun.command("parse", "--from", "json", "-", answering: [4]).with(descriptors: "<.")),
    HostileCase(
      "a reader that goes away", [:],
      HostileRun.command("scan", answering: [0]).through("sh", "-c", "\"$@\" | head -c 1 > /dev/null", "sh")),
    HostileCase(
      "few open files", ["a/b/c/d/e/f/g/h/i/j/k.py": "x = 1\n"], HostileRun.scan().after("ulimit -n 64"),
      HostileRun.scan().after("ulimit -n 16").expecting(.findsAtLeast),
      HostileRun.audit("--no-cache").after("ulimit -n 24").expecting(.findsAtLeast),
      HostileRun.command("audit", "--json", "--no-cache", answering: [1, 4]).after("ulimit -n 16"),
      HostileRun.command("scan", "--json", answering: [1, 4]).after("ulimit -n 6"),
      HostileRun.command("audit", "--json", answering: [1, 4]).after("ulimit -n 4")),
    HostileCase("many open files", [:], HostileRun.scan().after("ulimit -n $(ulimit -Hn)")),
    HostileCase(
      "small files only", [:],
      HostileRun.command("audit", "--json", "--no-cache", answering: [4], saying: Planted.paths[1]).after(
        "ulimit -f 1"),
      HostileRun.scan().after("ulimit -f 0"), HostileRun.scan().after("ulimit -f 4")),
    HostileCase("little memory", [:], HostileRun.audit("--no-cache").after("ulimit -v 1500000")),
    HostileCase(
      "a small stack", ["deep.json": .file(String(repeating: "[", count: 100_000))],
      HostileRun.audit("--no-cache").after("ulimit -s 512")),
    HostileCase(
      "no cores, and no new processes but these", [:], HostileRun.scan("--jobs", "64"),
      HostileRun.scan("--jobs", "1000").after("ulimit -c 0")),
  ]

  @Test(arguments: cases) func `keeps every promise`(_ example: HostileCase) throws { try example.check() }
}
