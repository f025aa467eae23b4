import Testing

/// Inputs that cannot be read or understood: no verdict (4), each told with its place on standard error and in the
/// report, and what was found elsewhere is not lost.
@Suite struct BadFileTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    /// Put over a tree with a sealed gate, a proven phase and one violation.
    let entries: [String: Entry]
    /// `AREA PATH:LINE` of the gap.
    let gap: String
    /// What the message says.
    let message: String

    init(_ what: String, _ path: String, _ entry: Entry, at gap: String, _ message: String) {
      testDescription = what
      entries = [path: entry]
      self.gap = gap
      self.message = message
    }
  }

  private static let invalidUTF8 = Entry.bytes(Array("# ok\n- \u{7B}".utf8) + [0xFF, 0xFE, 0x0A])

  static let cases = [
    Case("a broken registry", "dod/registry.yaml", "phases:\n  OPS: {verdict: [\n", at: "dod dod/registry.yaml:3", "]"),
    Case("a registry that is no mapping", "dod/registry.yaml", "- OPS\n", at: "dod dod/registry.yaml:1", "mapping"),
    Case("a registry of another encoding", "dod/registry.yaml", invalidUTF8, at: "dod dod/registry.yaml:2", "0xff"),
    Case("a document of another encoding", "dod/DOD__OPS.md", invalidUTF8, at: "dod dod/DOD__OPS.md:2", "0xff"),
    Case("a feed of another encoding", "evidence/feed.jsonl", invalidUTF8, at: "dod evidence/feed.jsonl:2", "0xff"),
    Case("a feed that is a FIFO", "evidence/feed.jsonl", .fifo, at: "dod evidence/feed.jsonl", "FIFO"),
    Case("a document that is a FIFO", "dod/DOD__OPS.md", .fifo, at: "dod dod/DOD__OPS.md", "FIFO"),
    Case("a registry that is a folder", "dod/registry.yaml", .folder, at: "dod dod/registry.yaml", "folder"),
    Case("a broken gate map", "gates/gates.map.yaml", "gates:\n  - {\n", at: "gates gates/gates.map.yaml:3", "}"),
    Case(
      "a gate map without gates", "gates/gates.map.yaml", "version: 1\n", at: "gates gates/gates.map.yaml:1", "gates"),
    Case(
      "a gate map that defines none", "gates/gates.map.yaml", "gates: []\n", at: "gates gates/gates.map.yaml", "no gate"
    ),
    Case("a gate map that is a socket", "gates/gates.map.yaml", .socket, at: "gates gates/gates.map.yaml", "socket"),
    Case("a file beyond the limit", "src/big.py", .sparse(65 << 20), at: "scan src/big.py", "larger than"),
  ]

  private static func tree(_ entries: [String: Entry]) throws -> Workspace {
    var all = Sample.project(.proven, gate: .sealed, source: Sample.badSource)
    for path in entries.keys { all[path] = nil }
    return try Workspace(all.merging(entries) { $1 })
  }

  @Test(arguments: cases) func `is told with its place`(_ example: Case) throws {
    let workspace = try Self.tree(example.entries)
    let outcome = try workspace.run("audit")
    #expect(outcome.status == 4, "\(outcome)")
    let report = try workspace.json(of: "reports/dod_report.latest.json")
    #expect(report.gaps.count == 1)
    #expect(report.gaps.contains { $0.hasPrefix(example.gap) && $0.contains(example.message) }, "\(report.gaps)")
    let place = example.gap.split(separator: " ")[1]
    #expect(outcome.complaints.contains("auditor: \(place)"), "\(outcome.complaints)")
    #expect(report["findings"]?.texts(of: "rule_id").contains("hard-path.home") == true, "what was found stays")
    #expect(report.at("summary", "junit", "errors")?.integer == 1)
  }

  @Test(arguments: [
    ("a missing gate map", "gates:\n  - map: gone.yaml\n", "gates gone.yaml"),
    ("a missing folder of documents", "dod:\n  docs: gone\n", "dod gone"),
    ("a missing contract", "contracts: [gone.schema.json]\n", "contracts gone.schema.json"),
    (
      "a missing contract file of exit codes", "dod: {docs: dod, feed: evidence/feed.jsonl, abi: gone.yaml}\n",
      "dod gone.yaml"
    ),
  ]) func `what the configuration names must be there`(what: String, configuration: String, gap: String) throws {
    let workspace = try Self.tree(["auditor.yaml": .file("scan: {exclude: [\"evidence/**\"]}\n" + configuration)])
    let outcome = try workspace.run("audit")
    #expect(outcome.status == 4, "\(outcome)")
    let report = try workspace.json(of: "reports/dod_report.latest.json")
    #expect(report.gaps.contains { $0.hasPrefix(gap) }, "\(report.gaps)")
    #expect(outcome.complaints.contains(gap.split(separator: " ")[1]))
    #expect(report["findings"]?.texts(of: "rule_id").contains("hard-path.home") == true)
  }

  @Test func `broken lines of a feed are counted, and the rest is judged`() throws {
    var entries = Sample.project(.proven)
    if case .file(let feed) = entries["evidence/feed.jsonl"] {
      entries["evidence/feed.jsonl"] = .file("{\"ts\":\n" + feed)
    }
    let workspace = try Workspace(entries)
    let outcome = try workspace.run("audit")
    #expect(outcome.status == 0, "\(outcome)")
    let findings = try workspace.json(of: "reports/dod_report.latest.json")["findings"]
    let skipped = findings?.elements.filter { $0["rule_id"]?.string == "dod.feed-line-skipped" } ?? []
    #expect(skipped.map { $0["line"]?.integer } == [1])
  }

  @Test func `a broken member of a sealed bundle is a conflict of that gate`() throws {
    let workspace = try Self.tree(["gates/run/flag.txt": .bytes([0xFF, 0xFE])])
    let outcome = try workspace.run("audit")
    #expect(outcome.status == 1, "\(outcome)")
    #expect(try workspace.json(of: "reports/dod_report.latest.json")["gates"]?.texts(of: "status") == ["CONFLICT"])
  }
}
