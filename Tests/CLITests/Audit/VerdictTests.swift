import Testing

/// The exit status of `audit` is the gravest of everything that was judged.
@Suite struct VerdictTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let entries: [String: Entry]
    let status: Int32

    init(_ what: String, _ entries: [String: Entry], _ status: Int32) {
      testDescription = what
      self.entries = entries
      self.status = status
    }
  }

  static let cases = [
    Case("clean files", Sample.project(), 0),
    Case("a proven phase and a sealed gate", Sample.project(.proven, gate: .sealed), 0),
    Case("a violation", Sample.project(.proven, source: Sample.badSource), 1),
    Case("tampered evidence behind a gate", Sample.project(gate: .tampered), 1),
    Case("a gate without its flag", Sample.project(gate: .missing), 2),
    Case("a phase whose evidence is missing", Sample.project(.partial), 2),
    Case("a phase that is only designed", Sample.project(.designed), 3),
    Case("PARTIAL outweighs a violation", Sample.project(.partial, source: Sample.badSource), 2),
    Case("DESIGNED outweighs a tampered gate", Sample.project(.designed, gate: .tampered), 3),
    Case(
      "no verdict outweighs DESIGNED",
      Sample.project(.designed, gate: .sealed, and: ["gates/gates.map.yaml": "gates: [\n"]), 4),
  ]

  @Test(arguments: cases) func `exit status`(_ example: Case) throws {
    let workspace = try Workspace(example.entries)
    let outcome = try workspace.run("audit")
    #expect(outcome.status == example.status, "\(outcome)")
    let report = try workspace.json(of: "reports/dod_report.latest.json")
    #expect(report.at("summary", "exit_status")?.integer == Int64(example.status))
  }

  @Test(arguments: [
    ("error", 1), ("warning", 1), ("note", 1), ("never", 0),
  ]) func `a threshold decides which findings fail`(level: String, status: Int32) throws {
    let workspace = try Workspace(Sample.project(source: Sample.badSource))
    let outcome = try workspace.run("audit", "--fail-on", level)
    #expect(outcome.status == status, "\(outcome)")
    #expect(outcome.output.contains("hard-path.home"), "below the threshold is told all the same")
  }

  @Test(arguments: [("warning", 0), ("note", 1)])
  func `a note fails only who asks for it`(level: String, status: Int32) throws {
    let workspace = try Workspace(Sample.project(source: "# TODO: nicer names\nx = 1\n"))
    #expect(try workspace.run("audit").status == 0)
    #expect(try workspace.run("audit", "--fail-on", level).status == status)
    #expect(try workspace.run("scan", "--fail-on", level).status == status)
  }

  @Test func `a commit counts when git has it`() throws {
    let workspace = try Workspace(Sample.project(.proven))
    let commit = try workspace.commit()
    func name(_ commit: String) throws {
      let document = "- **Phase / Task ID**: OPS\n- **Gate**: G1\n- **Commit SHA**: \(commit)\n"
      try workspace.put(.file(document), at: "dod/DOD__OPS.md")
    }
    try name(commit)
    let proven = try workspace.run("audit")
    #expect(proven.status == 0, "\(proven)")
    #expect(try workspace.json(of: "reports/dod_report.latest.json")["git_head"]?.text == commit)
    try name(String(repeating: "0", count: 40))
    let unreachable = try workspace.run("audit")
    #expect(unreachable.status == 2, "\(unreachable)")
    #expect(unreachable.output.contains("metadata.commit_sha_unreachable"))
  }

  @Test func `without a configuration, what the tree shows is audited`() throws {
    let workspace = try Workspace(Sample.project(.designed, gate: .tampered, and: ["auditor.yaml": ""]))
    _ = try workspace.start(["rm", "auditor.yaml"])
    let outcome = try workspace.run("audit")
    let report = try workspace.json(of: "reports/dod_report.latest.json")
    #expect(report.at("phases", "OPS", "verdict")?.text == "DESIGNED", "\(outcome)")
    #expect(report["gates"]?.texts(of: "gate_id") == ["sales"])
  }
}
