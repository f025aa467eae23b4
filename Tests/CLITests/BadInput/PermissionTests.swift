import Formats
import Testing

/// What may not be read, or written.
@Suite(.enabled(if: Unprivileged.isPossible, "needs a user to whom permissions mean something"))
struct PermissionTests {
  @Test func `an unreadable file is told and the others are judged`() throws {
    let workspace = try Workspace(Sample.project(source: Sample.badSource, and: ["src/locked.py": "x = 1\n"]))
    workspace.setMode(0, of: "src/locked.py")
    try workspace.giveAway()
    let outcome = try workspace.run(["audit"], through: Unprivileged.wrapper)
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.complaints.contains("auditor: src/locked.py: not scanned: permission denied"))
    let report = try workspace.json(of: "reports/dod_report.latest.json")
    #expect(report.gaps.count == 1)
    #expect(report.at("coverage", "skipped", "unreadable")?.integer == 1)
    #expect(report["findings"]?.count == 2)
  }

  @Test func `a folder that cannot be listed is told and the others are walked`() throws {
    let workspace = try Workspace(Sample.project(source: Sample.badSource, and: ["src/locked/a.py": "x = 1\n"]))
    workspace.setMode(0, of: "src/locked")
    try workspace.giveAway()
    let outcome = try workspace.run(["audit"], through: Unprivileged.wrapper)
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.complaints.contains("auditor: src/locked: cannot list the folder: permission denied"))
    #expect(try workspace.json(of: "reports/dod_report.latest.json")["findings"]?.count == 2)
  }

  @Test(arguments: ["dod/DOD__OPS.md", "dod/registry.yaml", "evidence/feed.jsonl", "gates/gates.map.yaml", "dod"])
  func `an input that may not be read gives no verdict`(path: String) throws {
    let workspace = try Workspace(Sample.project(.proven, gate: .sealed, source: Sample.badSource))
    workspace.setMode(0, of: path)
    try workspace.giveAway()
    let outcome = try workspace.run(["audit"], through: Unprivileged.wrapper)
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.complaints.contains("auditor: \(path): "))
    #expect(outcome.complaints.contains("ermission denied"))
    let report = try workspace.json(of: "reports/dod_report.latest.json")
    #expect(
      report["findings"]?.texts(of: "rule_id").filter { !$0.hasPrefix("dod.") }.count == 2, "\(report.sourceText)")
  }

  @Test func `evidence that may not be read is no proof`() throws {
    let workspace = try Workspace(Sample.project(.proven))
    workspace.setMode(0, of: "evidence/run.log")
    try workspace.giveAway()
    let outcome = try workspace.run(["audit"], through: Unprivileged.wrapper)
    #expect(outcome.status == 2 || outcome.status == 4, "\(outcome)")
    #expect(outcome.description.contains("evidence.path_unreadable:"), "\(outcome)")
  }

  @Test func `reports that cannot be written leave the old ones, and the result is told`() throws {
    let workspace = try Workspace(
      Sample.project(source: Sample.badSource, and: ["reports/dod_report.latest.json": "{}\n"]))
    try workspace.giveAway()
    workspace.setMode(0o555, of: "reports")
    let outcome = try workspace.run(["audit"], through: Unprivileged.wrapper)
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.complaints.contains("cannot write: permission denied"))
    #expect(outcome.output.contains("hard-path.home"), "what was found is not lost: \(outcome)")
    #expect(outcome.output.contains("(exit 4)"))
    #expect(workspace.names(in: "reports") == ["dod_report.latest.json"])
    #expect(try workspace.bytes(of: "reports/dod_report.latest.json") == Array("{}\n".utf8))
  }

  @Test func `a repository of somebody else is told`() throws {
    let workspace = try Workspace(Sample.project())
    _ = try workspace.commit()
    _ = try workspace.start(["chmod", "0777", "."])
    let outcome = try workspace.run(["audit"], through: Unprivileged.wrapper)
    #expect(outcome.status == 0 || outcome.complaints.contains("git"), "\(outcome)")
  }
}

/// Reports that cannot be written for reasons that hold for every user.
@Suite struct UnwritableReportTests {
  @Test(arguments: [("reports", Entry.file("")), ("reports/dod_report.latest.json", .folder)])
  func `the result is told all the same`(path: String, entry: Entry) throws {
    let workspace = try Workspace(Sample.project(source: Sample.badSource))
    try workspace.put(entry, at: path)
    for format in ["text", "json"] {
      let outcome = try workspace.run("audit", "--format", format)
      #expect(outcome.status == 4, "\(outcome)")
      #expect(outcome.complaints.contains("reports"))
      #expect(outcome.output.contains("hard-path.home"), "\(outcome)")
      if format == "json" { #expect(try outcome.json().at("summary", "exit_status")?.integer == 4) }
    }
  }
}
