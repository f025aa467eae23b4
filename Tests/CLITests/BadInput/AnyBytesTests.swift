import Formats
import Testing

/// Whatever bytes an input holds, a run ends by itself, with a documented status and a whole report.
@Suite struct AnyBytesTests {
  static let inputs = [
    "auditor.yaml", "dod/registry.yaml", "dod/DOD__OPS.md", "evidence/feed.jsonl", "gates/gates.map.yaml",
    "gates/run/flag.txt", "src/area.py", ".gitignore",
  ]

  static let contents: [(String, Entry)] = [
    ("zeros", .bytes([UInt8](repeating: 0, count: 5_000))),
    ("no UTF-8", .bytes((0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 197 &+ 91) })),
    ("nesting", .file(String(repeating: "[{\"a\":", count: 10_000))),
    ("aliases", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\ne: [*d, *d, *e]\n"),
    ("one line", .file(String(repeating: "- **Gate**: `", count: 8_000))),
  ]

  @Test(arguments: contents) func `end in a report`(what: String, content: Entry) throws {
    for input in Self.inputs {
      let workspace = try Workspace(Sample.project(.proven, gate: .sealed, and: [input: content]))
      let outcome = try workspace.run("audit")
      #expect((0...4).contains(outcome.status), "\(what) as \(input): \(outcome)")
      let report = try workspace.json(of: "reports/dod_report.latest.json")
      #expect(report.at("summary", "exit_status")?.integer == Int64(outcome.status), "\(what) as \(input)")
      #expect(try JUnitSummary(workspace.bytes(of: "reports/junit.xml")).isConsistent, "\(what) as \(input)")
      #expect(outcome.status != 4 || !outcome.complaints.isEmpty, "\(what) as \(input)")
    }
  }
}
