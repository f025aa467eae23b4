import Formats
import Rules
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

  @Test func `a sweep into a ledger is told for all repositories at once`() throws {
    var entries: [String: Entry] = [:]
    for name in ["shop", "bank"] {
      for (path, entry) in Sample.project(.proven) { entries["src/\(name)/\(path)"] = entry }
    }
    let workspace = try Workspace(entries)
    func night(_ day: Int) throws -> [String: String] {
      let environment = ["SOURCE_DATE_EPOCH": "\(1_767_225_600 + day * 86_400)"]
      _ = try workspace.run(
        ["sweep", "--below", "src", "--out", "night\(day)", "--ledger", "l.sqlite"], environment: environment)
      return environment
    }
    _ = try night(0)
    try workspace.put(Sample.badSource, at: "src/shop/src/area.py")
    try workspace.put("other\n", at: "src/bank/evidence/run.log")
    let environment = try night(1)
    let outcome = try workspace.run(["trend", "--org", "--ledger", "l.sqlite"], environment: environment)
    #expect(outcome.status == Rules.ExitStatus.findings.rawValue, "\(outcome)")
    #expect(outcome.output.hasPrefix("2 repositories as of 2026-01-02"), "\(outcome)")
    #expect(outcome.output.contains("Fell from PROVEN\n  bank: "), "\(outcome)")
    #expect(outcome.output.contains("New findings\n  shop: 1 error, 1 note: hard-path"), "\(outcome)")
    let json = try workspace.run(["trend", "--org", "--ledger", "l.sqlite", "--json"], environment: environment)
    #expect(try json.json()["alerts"]?.texts(of: "kind") == ["fell_from_proven", "new", "new"], "\(json)")
    try workspace.put(.file(json.output), at: "org.json")
    let valid = try workspace.run(
      "schema", "validate", "--schema", "\(packageRoot)/reports/schema/org_trend.schema.json", "org.json")
    #expect(valid.status == 0, "\(valid)")
    let page = try workspace.run(
      ["trend", "--org", "--ledger", "l.sqlite", "--format", "html"], environment: environment)
    #expect(page.status == json.status && page.output.hasPrefix("<!DOCTYPE html>"), "\(page)")
    let later = ["SOURCE_DATE_EPOCH": "\(1_767_225_600 + 9 * 86_400)"]
    let stale = try workspace.run(["trend", "--org", "--ledger", "l.sqlite"], environment: later)
    #expect(stale.status == Rules.ExitStatus.noVerdict.rawValue && stale.output.contains("Not looked at"), "\(stale)")
    #expect(
      try workspace.run(["trend", "--org", "--ledger", "l.sqlite", "--stale-after", "9"], environment: later).status
        == 1)
  }

  @Test(arguments: [
    ["--org", "--target", "shop"], ["--within", "3"], ["--format", "html"], ["--org", "--since", "2030-01-01"],
  ])
  func `what contradicts itself is refused`(arguments: [String]) throws {
    let workspace = try Workspace(Sample.project())
    _ = try workspace.run("audit", "--ledger", "l.sqlite")
    let outcome = try workspace.run(["trend", "--ledger", "l.sqlite"] + arguments)
    #expect(outcome.status == Rules.ExitStatus.usage.rawValue, "\(outcome)")
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
