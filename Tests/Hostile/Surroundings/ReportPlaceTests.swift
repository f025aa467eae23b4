import EndToEnd
import Testing

/// Reports in places that are none.
@Suite struct ReportPlaceTests {
  private static func into(_ folder: String) -> HostileRun {
    HostileRun.command(
      "audit", "--json", "--no-cache", "--reports-dir", folder, answering: [4], saying: Planted.paths[0],
      Planted.paths[1])
  }

  static let cases = [
    HostileCase(
      "folders of reports that cannot be", ["../file": ""], into("/dev/null"), into("/proc/self/reports"),
      into("../file"), into("../file/reports"),
      into(String(repeating: "n", count: 300)), into(String(repeating: "n/", count: 3_000)),
      into("").expecting(.answers([64], ["needs a value"]))),
    HostileCase(
      "reports among what is audited", [:], HostileRun.audit("--reports-dir", "aa").reporting(to: "tree/aa"),
      HostileRun.audit("--reports-dir", "aa").reporting(to: "tree/aa")),
    HostileCase(
      "a folder that somebody names, behind a link", ["link": .link(to: "../outside"), "../outside": .folder],
      HostileRun.audit("--reports-dir", "link").reporting(to: "outside")),
    HostileCase(
      "a root that is none", [:], .command("audit", "", answering: [4, 64]), .command("scan", "", answering: [4, 64]),
      .command("audit", "aa/planted.py", answering: [4]),
      .command("scan", String(repeating: "x/", count: 5_000), answering: [4]),
      .command("audit", "aa\u{1B}[2J\n", answering: [4])),
    HostileCase(
      "a folder of reports where one file is a FIFO, one a socket and one a folder",
      [
        "reports/junit.xml": .fifo, "reports/report.html": .socket,
        "reports/dod_report.latest.json": .link(to: "junit.xml"),
      ], .audit()),
    HostileCase(
      "reports of 'dod' and 'drift' where links lead out",
      [
        "docs/dod/DOD__OPS.md": "- **Phase / Task ID**: OPS\n- **Gate**: G1\n",
        "observability": .link(to: "../outside"),
        "../outside/logs/activity_feed.jsonl":
          "{\"ts\":\"2026-01-01T10:00:00Z\",\"phase_id\":\"OPS\",\"action\":\"started\"}\n",
        "core/governance": .link(to: "../../outside"),
        "../outside/phase_status.yaml": "phases: {OPS: {verdict: DESIGNED}}\n",
      ],
      HostileRun.command("dod", "--all", answering: [4]).environment(["DOD_ROOT": "."]),
      HostileRun.command("dod", "--update-status-phase", "OPS", answering: [4]).environment(["DOD_ROOT": "."]),
      HostileRun.command("drift", "--once", answering: [4]).environment(["ROOT": "."]),
      HostileRun.command("run", "--phase", "OPS", "--", "true", answering: [0], saying: "leads outside the root")
        .environment(["DOD_ROOT": "."])),
    HostileCase(
      "a feed that is a link to what is not there yet",
      ["observability/logs/activity_feed.jsonl": .link(to: "../../../outside/new.jsonl"), "../outside": .folder],
      HostileRun.command("run", "--phase", "OPS", "--", "true", answering: [0]).environment(["DOD_ROOT": "."])),
  ]

  @Test(arguments: cases) func `keeps every promise`(_ example: HostileCase) throws { try example.check() }
}
