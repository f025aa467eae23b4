import Formats
import Testing

/// A configuration or rule pack that cannot be used stops the run: no verdict, the place on standard error, and a report
/// that says so, so that nobody mistakes the last one for today's.
@Suite struct BadConfigurationTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let configuration: Entry
    let complaint: String

    init(_ what: String, _ configuration: Entry, _ complaint: String) {
      testDescription = what
      self.configuration = configuration
      self.complaint = complaint
    }
  }

  static let cases = [
    Case("broken YAML", "scan:\n  exclude: [\n", "auditor.yaml:3:1: "),
    Case("not UTF-8", .bytes(Array("dod:\n  docs: ".utf8) + [0xFF, 0x0A]), "auditor.yaml:2:9: "),
    Case("no mapping", "[]\n", "auditor.yaml:1:1: the configuration"),
    Case("an unknown key", "scan: {}\ngate: []\n", "auditor.yaml:2:1: "),
    Case("a wrong type", "scan:\n  exclude: {}\n", "auditor.yaml:2:12: "),
    Case("a wrong word", "fail_on: sometimes\n", "auditor.yaml:1:10: "),
    Case(
      "a path that climbs", "dod:\n  feed: logs/../../feed.jsonl\n",
      "auditor.yaml:2:9: 'logs/../../feed.jsonl' leads outside"),
    Case("an absolute path", "gates:\n  - map: /etc/passwd\n", "auditor.yaml:2:10: '/etc/passwd' leads outside"),
    Case("a rule pack outside", "rules: [../rules]\n", "auditor.yaml:1:8: '../rules' leads outside"),
    Case("a bad pattern", "scan:\n  exclude: [\"a[\"]\n", "auditor.yaml:2"),
    Case(
      "an unknown rule", "disable:\n  - secrt\n", "auditor.yaml:2:5: no rule is called 'secrt', did you mean 'secret'?"),
    Case("a missing rule pack", "rules: [gone]\n", "gone: cannot inspect: no such file"),
    Case("a FIFO", .fifo, "auditor.yaml: cannot read: it is a FIFO"),
    Case("a folder", .folder, "auditor.yaml: cannot read: it is a folder"),
    Case(
      "a link that leads out", .link(to: "../outside.yaml"), "auditor.yaml: cannot resolve: it leads outside the root"),
  ]

  private static let outside = "rules: [hunter2-outside]\n"

  @Test(arguments: cases) func `stops the run`(_ example: Case) throws {
    var entries = Sample.project(.proven, source: Sample.badSource, and: ["../outside.yaml": .file(Self.outside)])
    entries["auditor.yaml"] = example.configuration
    let workspace = try Workspace(entries)
    try workspace.put("{\"summary\": {\"exit_status\": 0}}\n", at: "reports/dod_report.latest.json")
    let outcome = try workspace.run("audit")
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.complaints.contains("auditor: \(example.complaint)"), "\(outcome)")
    #expect(!outcome.description.contains("hunter2"))
    let report = try workspace.json(of: "reports/dod_report.latest.json")
    #expect(report.at("summary", "exit_status")?.integer == 4)
    #expect(report["unevaluated"]?.texts(of: "area") == ["configuration"])
    #expect(try JUnitSummary(workspace.bytes(of: "reports/junit.xml")).totals.errors == 1)
  }

  static let packs: [(String, [String: Entry], String)] = [
    ("a broken pack", ["pack.yaml": "rules:\n  - {id: x\n"], "packs/pack.yaml:3:1: "),
    ("an unknown key", ["pack.yaml": "rules:\n  - id: x\n    mesage: y\n"], "packs/pack.yaml:3"),
    ("a bad pattern", ["pack.yaml": Entry.file(pack(pattern: "a(b"))], "packs/pack.yaml:5"),
    ("examples that do not hold", ["pack.yaml": Entry.file(pack(pattern: "zebra"))], "packs/pack.yaml:"),
    ("an empty folder", ["readme.txt": ""], "packs: holds no rule"),
    ("an empty pack", ["pack.yaml": ""], "packs/pack.yaml"),
    ("a pack without rules", ["pack.yaml": "rules: []\n"], "packs: holds no rule"),
    (
      "a rule twice", ["a.yaml": Entry.file(pack()), "b.yaml": Entry.file(pack())],
      "is defined twice, first at packs/a.yaml:2"
    ),
    ("another encoding", ["pack.yaml": .bytes([0x72, 0xFF])], "packs/pack.yaml:1:2"),
  ]

  private static func pack(pattern: String = "cat") -> String {
    """
    rules:
      - id: word
        message: "found"
        severity: error
        pattern-regex: '\(pattern)'
        metadata: {remediation: "leave it out"}
        examples: {match: ["a cat"], ok: ["a dog"]}

    """
  }

  @Test(arguments: packs) func `rule packs are used whole or not at all`(
    what: String, files: [String: Entry], complaint: String
  ) throws {
    let workspace = try Workspace(Sample.project())
    for (name, entry) in files { try workspace.put(entry, at: "packs/\(name)") }
    for command in ["scan", "audit"] {
      let outcome = try workspace.run(command, "--rules", "packs")
      #expect(outcome.status == 4, "\(outcome)")
      #expect(outcome.complaints.contains(complaint), "\(outcome)")
    }
  }

  @Test func `a sound pack is used instead of the built-in ones`() throws {
    let workspace = try Workspace([
      "packs/pack.yaml": .file(Self.pack()), "note.txt": "a cat\n", "a.py": Sample.badSource,
    ])
    let outcome = try workspace.run("scan", "--rules", "packs", "--json", "note.txt", "a.py")
    #expect(outcome.status == 1, "\(outcome)")
    #expect(try outcome.json()["findings"]?.texts(of: "rule_id") == ["word"])
  }

  @Test func `an unknown rule on the command line is no verdict, with a suggestion`() throws {
    let workspace = try Workspace(Sample.project())
    let outcome = try workspace.run("scan", "--disable", "todo-critcal")
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.complaints.contains("did you mean 'todo-critical'?"))
  }

  @Test func `no rules left is no pass`() throws {
    let ids = try #require(try BuiltBinary.run(["rules", "list", "--json"], in: "/").json()["rules"]).texts(of: "id")
    let all = ids.joined(separator: ", ")
    let workspace = try Workspace(Sample.project(and: ["auditor.yaml": .file("disable: [\(all)]\n")]))
    let outcome = try workspace.run("audit")
    #expect(outcome.status == 4)
    #expect(outcome.complaints.contains("every rule is disabled"), "\(outcome)")
  }

  @Test(arguments: ["include", "exclude"]) func `a pattern that matches no file is told`(key: String) throws {
    let configuration = "scan:\n  \(key): [\"src/**\", \"typo/**\"]\n"
    let workspace = try Workspace(
      Sample.project(and: ["auditor.yaml": .file(configuration), "other.py": Sample.cleanSource]))
    let outcome = try workspace.run("audit")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("typo/**"), "\(outcome)")
    let patterns = try workspace.json(of: "reports/dod_report.latest.json").at("coverage", "patterns_without_files")
    #expect(patterns?.elements.map(\.text) == ["typo/**"])
  }
}
