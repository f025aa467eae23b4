import Formats
import Testing

/// Waivers: which rule, where, who answers for it, why, until when; and what is wrong with one is a finding.
@Suite struct WaiverTests {
  private static let bad = "ROOT = \"/Users/alice/work\"\n"
  /// Noon of 2026-06-15.
  private static let now = ["SOURCE_DATE_EPOCH": "1781524800"]

  private func project(_ waivers: String) throws -> Workspace {
    try Workspace([
      "auditor.yaml": "waivers: waivers.yaml\n", "waivers.yaml": .file("waivers:\n" + waivers),
      "tools/demo/a.py": .file(Self.bad), "b.py": .file(Self.bad),
    ])
  }

  private func findings(_ outcome: Outcome) throws -> [String] {
    try outcome.json()["findings"]?.elements.map {
      let mark = $0["suppressed"] == nil ? "" : "*"
      return "\(mark)\($0["rule_id"]?.text ?? "") \($0["path"]?.text ?? ""):\($0["line"]?.integer ?? 0)"
    } ?? []
  }

  private static let demo = "  - {rule: hard-path, path: tools/demo/**, owner: ops, reason: the demo machine"

  @Test func `waive what they name, and say who and why`() throws {
    let workspace = try project(Self.demo + ", until: 2026-12-31}\n")
    let outcome = try workspace.run(["scan", "--json"], environment: Self.now)
    #expect(outcome.status == 1, "\(outcome)")
    #expect(try findings(outcome) == ["hard-path.home b.py:1", "*hard-path.home tools/demo/a.py:1"])
    let waived = try #require(try outcome.json()["findings"]?.elements.last?["suppressed"])
    #expect(waived["kind"]?.text == "waiver")
    #expect(waived["owner"]?.text == "ops")
    #expect(waived["reason"]?.text == "the demo machine")
    #expect(waived["until"]?.text == "2026-12-31")
    _ = try workspace.run(["audit"], environment: Self.now)
    let report = try workspace.json(of: "reports/dod_report.latest.json")
    #expect(report["findings"]?.elements.last?.at("suppressed", "owner")?.text == "ops")
    #expect(report["inputs"]?.elements.contains { $0["role"]?.text == "waivers" } == true)
  }

  @Test(arguments: [
    (demo + ", until: 2026-06-15}\n", "*", ["waiver.ends-soon waivers.yaml:2"]),
    (demo + ", until: 2026-06-14}\n", "", ["waiver.expired waivers.yaml:2"]),
    (demo + ", until: 2026-06-29}\n", "*", []),
    (demo + ", until: 2026-06-28}\n", "*", ["waiver.ends-soon waivers.yaml:2"]),
    (demo + "}\n  - {rule: secret, path: '**', owner: o, reason: r}\n", "*", ["waiver.unused waivers.yaml:3"]),
    (
      demo + "}\n  - {rule: [hard-pth], path: '**', owner: o, reason: r}\n", "*",
      ["waiver.unknown-rule waivers.yaml:3"]
    ),
    ("  - {rule: [secret, hard-path.home], path: [c, tools/], owner: o, reason: r}\n", "*", []),
    ("  - {rule: dod.registry-contradicted, path: x, owner: o, reason: r}\n", "", ["waiver.unused waivers.yaml:2"]),
  ]) func `what is wrong with one is a finding`(waivers: String, mark: String, complaints: [String]) throws {
    let workspace = try project(waivers)
    let outcome = try workspace.run(["scan", "--json"], environment: Self.now)
    #expect(
      try findings(outcome)
        == ["hard-path.home b.py:1", "\(mark)hard-path.home tools/demo/a.py:1"] + complaints, "\(outcome)")
  }

  @Test func `of part of a tree, unused ones are not told, expired ones that would cover are`() throws {
    let workspace = try project(
      Self.demo + ", until: 2026-06-14}\n  - {rule: secret, path: '**', owner: o, reason: r}\n")
    let outcome = try workspace.run(["scan", "--json", "b.py"], environment: Self.now)
    #expect(try findings(outcome) == ["hard-path.home b.py:1"])
    #expect(
      try findings(workspace.run(["scan", "--json", "tools"], environment: Self.now)) == [
        "hard-path.home tools/demo/a.py:1", "waiver.expired waivers.yaml:2",
      ])
  }

  @Test(arguments: [
    ("  - {rule: hard-path, path: b.py, reason: r}\n", "waivers.yaml:2:5: a waiver needs 'owner'"),
    ("  - {rule: hard-path, path: b.py, owner: o}\n", "waivers.yaml:2:5: a waiver needs 'reason'"),
    ("  - {path: b.py, owner: o, reason: r}\n", "waivers.yaml:2:5: a waiver needs 'rule'"),
    ("  - {rule: hard-path, owner: o, reason: r}\n", "waivers.yaml:2:5: a waiver needs 'path'"),
    ("  - {rule: hard-path, path: b.py, owner: o, reason: r, untl: 2026-01-01}\n", "did you mean 'until'?"),
    ("  - {rule: hard-path, path: b.py, owner: o, reason: r, until: 2026-02-30}\n", "'2026-02-30' must be a date"),
    ("  - {rule: hard-path, path: 'b[', owner: o, reason: r}\n", "waivers.yaml:2:"),
    ("  - {rule: suppression.no-reason, path: b, owner: o, reason: r}\n", "cannot be waived"),
    ("  - [\n", "waivers.yaml:"),
  ]) func `a file that cannot be used is no verdict`(waivers: String, complaint: String) throws {
    let workspace = try project(waivers)
    for command in ["scan", "audit"] {
      let outcome = try workspace.run(command)
      #expect(outcome.status == 4, "\(outcome)")
      #expect(outcome.complaints.contains(complaint), "\(outcome)")
    }
  }

  @Test func `files of the command line win, and must be there`() throws {
    let workspace = try project("  - {rule: secret, path: x, owner: o, reason: r}\n")
    try workspace.put(.file("waivers:\n  - {rule: hard-path, path: '*.py', owner: o, reason: r}\n"), at: "../mine.yaml")
    #expect(try workspace.run("scan", "--waivers", "../mine.yaml").status == 0)
    let outcome = try workspace.run("scan", "--waivers", "gone.yaml")
    #expect(outcome.status == 4)
    #expect(outcome.complaints.contains("gone.yaml: cannot open"), "\(outcome)")
  }

  @Test func `suppressions of rules that are switched off are not unknown, and stacked ones count`() throws {
    let workspace = try Workspace([
      "a.py": """
      # auditor:ignore secret -- a password of the test server
      # auditor:ignore hard-path -- a machine that everybody has,
      # and that is described in the handbook
      PLACES = ["/Users/alice/x", "postgres://u:hunter2secret@db/x"]
      # auditor:ignore hard-path, secret -- one of two
      ROOT = "/Users/alice/work"

      """
    ])
    #expect(
      try findings(workspace.run("scan", "--json")) == [
        "*hard-path.home a.py:4", "*secret.connection-string a.py:4", "suppression.unused a.py:5",
        "*hard-path.home a.py:6",
      ])
    let outcome = try workspace.run("scan", "--json", "--disable", "secret")
    #expect(try findings(outcome) == ["*hard-path.home a.py:4", "*hard-path.home a.py:6"], "\(outcome)")
  }
}
