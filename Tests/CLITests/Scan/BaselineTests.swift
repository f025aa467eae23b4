import Formats
import Testing

/// Accepted findings do not count, new ones do, and what is gone is told.
@Suite struct BaselineTests {
  private static let bad = "ROOT = \"/Users/alice/work\"\n"
  private static let body = (1...9).map { "x\($0) = \($0)\n" }

  private func project(_ more: [String: Entry] = [:]) throws -> Workspace {
    let entries: [String: Entry] = [
      "auditor.yaml": "baseline: known.jsonl\n",
      "a.py": .file(Self.body[0...2].joined() + Self.bad + Self.body[3...8].joined()),
    ]
    let workspace = try Workspace(entries.merging(more) { $1 })
    let outcome = try workspace.run("baseline", "write")
    #expect(outcome.status == 0, "\(outcome)")
    return workspace
  }

  /// The findings as `RULE PATH:LINE`, with `*` for one that is suppressed.
  private func findings(_ outcome: Outcome) throws -> [String] {
    try outcome.json()["findings"]?.elements.map {
      let mark = $0["suppressed"] == nil ? "" : "*"
      return "\(mark)\($0["rule_id"]?.text ?? "") \($0["path"]?.text ?? ""):\($0["line"]?.integer ?? 0)"
    } ?? []
  }

  @Test func `what is accepted does not count, wherever it moves`() throws {
    let workspace = try project()
    var outcome = try workspace.run("scan", "--json")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(try findings(outcome) == ["*hard-path.home a.py:4"])
    let moved = "import os\n\n" + Self.body[0...2].joined() + "   " + Self.bad + Self.body[3...8].joined()
    try workspace.put(.file(moved), at: "a.py")
    outcome = try workspace.run("scan", "--json")
    #expect(try findings(outcome) == ["*hard-path.home a.py:6"])
    outcome = try workspace.run("scan", "--json", "--new-only")
    #expect(try findings(outcome) == [])
    outcome = try workspace.run("audit")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("1 suppressed (1 in the baseline)"), "\(outcome)")
  }

  @Test func `an edited neighbour does not make it new, a changed line does`() throws {
    let workspace = try project()
    try workspace.put(.file(Self.body[0...1].joined() + "y = 2\n" + Self.bad + Self.body[3...8].joined()), at: "a.py")
    #expect(try findings(workspace.run("scan", "--json")) == ["*hard-path.home a.py:4"])
    let changed = "ROOT = \"/Users/alice/other\"\n"
    try workspace.put(.file(Self.body[0...2].joined() + changed + Self.body[3...8].joined()), at: "a.py")
    let outcome = try workspace.run("scan", "--json")
    #expect(outcome.status == 1)
    #expect(try findings(outcome) == ["hard-path.home a.py:4", "baseline.stale known.jsonl:2"])
  }

  @Test func `a swap is seen: one fixed, an equal line elsewhere`() throws {
    let workspace = try project()
    try workspace.put(.file(Self.body[0...7].joined() + Self.bad + Self.body[8]), at: "a.py")
    var outcome = try workspace.run("scan", "--json")
    #expect(outcome.status == 1, "\(outcome)")
    #expect(try findings(outcome) == ["hard-path.home a.py:9", "baseline.stale known.jsonl:2"])
    try workspace.put(.file(Self.body.joined()), at: "a.py")
    try workspace.put(.file(Self.body[0...2].joined() + Self.bad + Self.body[3...8].joined()), at: "b.py")
    outcome = try workspace.run("scan", "--json")
    #expect(try findings(outcome) == ["hard-path.home b.py:4", "baseline.stale known.jsonl:2"])
  }

  @Test func `equal findings are counted`() throws {
    let workspace = try project(["b.py": .file(Self.bad + Self.bad)])
    try workspace.put(.file(Self.bad + Self.bad + Self.bad), at: "b.py")
    let outcome = try workspace.run("scan", "--json")
    #expect(outcome.status == 1)
    #expect(try findings(outcome).filter { $0.hasPrefix("hard") }.count == 1, "\(outcome)")
    try workspace.put(.file("DSN = connect(\"/Users/alice/a\", \"/Users/alice/b\")\n"), at: "b.py")
    _ = try workspace.run("baseline", "write")
    #expect(try workspace.json(lineOf: "known.jsonl", 3)["count"]?.integer == 2)
    #expect(try workspace.run("scan").status == 0)
  }

  @Test func `the file is sorted, one entry a line, without lines, dates or content, and stays as it is`() throws {
    let workspace = try project(["z.py": .file(Self.bad), "b/c.py": "DSN = \"postgres://u:hunter2secret@db/x\"\n"])
    let bytes = try workspace.bytes(of: "known.jsonl")
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 4, "\(text)")
    #expect(lines[0].hasPrefix(#"{"schema_version":"auditor.baseline/1","salt":""#))
    #expect(lines.dropFirst().map { $0.prefix(14) } == [#"{"path":"a.py""#, #"{"path":"b/c.p"#, #"{"path":"z.py""#])
    #expect(!text.contains("hunter2") && !text.contains("alice"))
    _ = try workspace.run("baseline", "write")
    #expect(try workspace.bytes(of: "known.jsonl") == bytes)
    // From another folder, and as a merge leaves it.
    _ = try BuiltBinary.run(
      ["baseline", "write", "--baseline", "\(workspace.root)/known.jsonl", workspace.root], in: "/")
    #expect(try workspace.bytes(of: "known.jsonl") == bytes)
    try workspace.put(.file(([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\r\n")), at: "known.jsonl")
    #expect(try workspace.run("scan").status == 0)
  }

  @Test func `pruning takes out what is gone and adds nothing`() throws {
    let workspace = try project(["b.py": .file(Self.bad + Self.bad)])
    try workspace.put("x = 1\n", at: "a.py")
    try workspace.put(.file(Self.bad), at: "b.py")
    try workspace.put(.file(Self.bad), at: "c.py")
    var outcome = try workspace.run("scan", "--fail-on", "note")
    #expect(outcome.output.contains("that is no longer there"), "\(outcome)")
    outcome = try workspace.run("baseline", "prune")
    #expect(outcome.output == "known.jsonl: 1 findings accepted, 0 of them new; 2 are gone\n", "\(outcome)")
    outcome = try workspace.run("scan", "--json")
    #expect(try findings(outcome) == ["*hard-path.home b.py:1", "hard-path.home c.py:1"])
  }

  @Test func `paths and changes tell nothing stale that they did not look at`() throws {
    let workspace = try project(["b.py": .file(Self.bad)])
    let base = try workspace.commit()
    try workspace.put("x = 1\n", at: "a.py")
    #expect(try findings(workspace.run("scan", "--json", "b.py")) == ["*hard-path.home b.py:1"])
    #expect(try findings(workspace.run("scan", "--json", "--diff", base)) == [])
    #expect(try findings(workspace.run("scan", "--json", "a.py")) == ["baseline.stale known.jsonl:2"])
    try workspace.put(.file(Self.bad + Self.bad), at: "c.py")
    _ = try workspace.run("baseline", "write", "c.py")
    #expect(
      try findings(workspace.run("scan", "--json")) == [
        "*hard-path.home b.py:1", "*hard-path.home c.py:1", "*hard-path.home c.py:2", "baseline.stale known.jsonl:2",
      ])
  }

  @Test func `a scan with gaps writes nothing`() throws {
    let workspace = try project()
    let bytes = try workspace.bytes(of: "known.jsonl")
    try workspace.put("secret\n", at: "locked/x.py")
    try workspace.giveAway()
    workspace.setMode(0, of: "locked")
    defer { workspace.setMode(0o755, of: "locked") }
    guard Unprivileged.isPossible else { return }
    let outcome = try workspace.run(["baseline", "write"], through: Unprivileged.wrapper)
    #expect(outcome.status == 4, "\(outcome)")
    #expect(try workspace.bytes(of: "known.jsonl") == bytes)
  }

  @Test(arguments: [
    ("{}\n", "known.jsonl:1: "), ("", "known.jsonl:1: no baseline"), ("<<<<<<< HEAD\n", "known.jsonl:1: a merge"),
    ("{\"schema_version\":\"auditor.baseline/2\",\"salt\":\"00\"}\n", "known.jsonl:1: 'auditor.baseline/2'"),
    ("{\"schema_version\":\"auditor.baseline/1\",\"salt\":\"x\"}\n", "known.jsonl:1: salt"),
    ("{\"schema_version\":\"auditor.baseline/1\",\"salt\":\"0011223344556677\"}\n{\"path\":1}\n", "known.jsonl:2: "),
    ("{\"schema_version\":\"auditor.baseline/1\",\"salt\":\"0011223344556677\"}\nnot json\n", "known.jsonl:2: no"),
  ]) func `one that cannot be used is no verdict`(content: String, complaint: String) throws {
    let workspace = try project()
    try workspace.put(.file(content), at: "known.jsonl")
    for command in [["scan"], ["audit"], ["baseline", "write"], ["baseline", "prune"]] {
      let outcome = try workspace.run(command)
      #expect(outcome.status == 4, "\(outcome)")
      #expect(outcome.complaints.contains(complaint), "\(outcome)")
    }
    _ = try workspace.start(["rm", "known.jsonl"])
    #expect(try workspace.run("scan").status == 4)
    #expect(try workspace.run("baseline", "prune").status == 4)
  }
}

extension Workspace {
  fileprivate func json(lineOf path: String, _ line: Int) throws -> Value {
    try JSON.read(Array(try bytes(of: path).split(separator: 0x0A)[line - 1]))
  }
}
