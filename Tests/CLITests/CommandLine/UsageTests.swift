import Testing

/// A wrong command line: exit status 64, what is wrong, what to type instead, nothing done.
@Suite struct UsageTests {
  struct Case: CustomTestStringConvertible {
    let words: [String]
    let message: String
    var testDescription: String { words.joined(separator: " ") }

    init(_ line: String, _ message: String) {
      words = line.split(separator: " ").map(String.init)
      self.message = message
    }
  }

  static let cases = [
    Case("audti", "unknown command 'audti', did you mean 'audit'?"),
    Case("--audit", "unknown option '--audit'"),
    Case("audit --fail-onn error", "unknown option '--fail-onn', did you mean '--fail-on'?"),
    Case("audit --fail-on sometimes", "expected one of error, warning, note, never"),
    Case("trend --format htlm", "expected one of text, json, html, did you mean 'html'?"),
    Case("gates verfy", "did you mean 'verify'?"),
    Case("audit --jobs none", "expected a whole number above 0"),
    Case("audit --jobs 0", "expected a whole number above 0"),
    Case("audit --jobs", "'-j, --jobs N' needs a value"),
    Case("audit --quiet=yes", "no value: the option stands alone"),
    Case("audit --format xml", "expected one of text, json, junit"),
    Case("audit one two", "'two' is one argument too many"),
    Case("scan -x", "unknown option '-x'"),
    Case("hash", "'auditor hash' needs FILE"),
    Case("gates", "'gates' needs one of: verify, closure"),
    Case("gates verify", "'--root ROOT' needs a value"),
    Case("gates verify --root . --gate-map m --pin seed", "expected NAME=VALUE"),
    Case("schema validate a.json", "'--schema FILE' needs a value"),
    Case("conformance nothing", "no suite is called 'nothing'"),
    Case("rules explain hard-pat", "did you mean 'hard-path'?"),
    Case("parse notes.txt", "--from yaml, json, jsonl or markdown"),
  ]

  @Test(arguments: cases) func `is refused`(_ example: Case) throws {
    let workspace = try Workspace(Sample.project())
    let outcome = try workspace.run(example.words)
    #expect(outcome.status == 64)
    #expect(outcome.complaints.contains(example.message), "\(outcome)")
    #expect(outcome.standardOutput.isEmpty)
    #expect(workspace.names(in: "reports").isEmpty)
  }

  @Test(arguments: [
    ["--update-status-phase", "A", "--all"], ["--update-status-phase", "A", "--phase", "B"],
  ]) func `contradictory options of dod give no verdict`(options: [String]) throws {
    let workspace = try Workspace(Sample.project(.proven))
    let outcome = try workspace.run(["dod"] + options)
    #expect(outcome.status == 4, "as the DoD checker does")
    #expect(outcome.complaints.contains("--update-status-phase"))
  }
}
