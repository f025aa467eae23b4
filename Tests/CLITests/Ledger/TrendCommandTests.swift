import Formats
import Testing

/// The past as the built binary tells it, and other days than today.
@Suite struct TrendCommandTests {
  @Test func `what was recorded is told, for people and for programs`() throws {
    let workspace = try Workspace(Sample.project(.proven, source: Sample.badSource))
    _ = try workspace.run("audit", "--ledger", "../l.sqlite", "--target", "shop")
    try workspace.put(Sample.cleanSource, at: "src/area.py")
    try workspace.put("other\n", at: "evidence/run.log")
    _ = try workspace.run("audit", "--ledger", "../l.sqlite", "--target", "shop")
    let outcome = try workspace.run("trend", "--ledger", "../l.sqlite")
    #expect(outcome.status == 0 && outcome.output.contains("fell from PROVEN"), "\(outcome)")
    #expect(outcome.output.contains("shop  2 of 2 runs"), "\(outcome)")
    let json = try workspace.run("trend", "--ledger", "../l.sqlite", "--target", "shop", "--json")
    #expect(try json.json()["targets"]?[0]?["runs"]?.count == 2, "\(json)")
    let unknown = try workspace.run("trend", "--ledger", "../l.sqlite", "--target", "nobody")
    #expect(unknown.status == 64 && unknown.complaints.contains("no target is called 'nobody'"), "\(unknown)")
    #expect(try workspace.run("trend", "--ledger", "../absent.sqlite").status == 4)
  }

  @Test(arguments: ["scan", "audit"])
  func `a waiver that ends is judged by the day that is asked about`(command: String) throws {
    let workspace = try Workspace([
      "src/area.py": Sample.badSource,
      "auditor.yaml": "waivers: waivers.yaml\n",
      "waivers.yaml": """
      waivers:
        - {rule: hard-path.home, path: src/**, owner: ops@example.org, reason: old machine, until: 2026-06-30}

      """,
    ])
    func status(_ day: String) throws -> Int32 { try workspace.run(command, "--as-of", day).status }
    #expect(try status("2026-06-30") == 0)
    #expect(try status("2026-07-01") == 1)
    #expect(try status("July") == 64)
    guard command == "audit" else { return }
    _ = try workspace.run("audit", "--as-of", "2026-07-01")
    let report = try workspace.json(of: "reports/dod_report.latest.json")
    #expect(report["as_of"]?.text == "2026-07-01")
  }
}
