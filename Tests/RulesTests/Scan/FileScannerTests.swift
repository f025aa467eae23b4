import Formats
import Testing

@testable import Rules

@Suite("Scanning one file")
struct FileScannerTests {
  private let today = CivilDate(year: 2026, month: 6, day: 1) ?? CivilDate(dayNumber: 0)

  private func scan(_ text: String, path: String = "a.py", rule: String, metadata: String = "status: stable") throws
    -> [Finding]
  {
    let pack = """
      rules:
        - id: test.rule
          message: "found {match}"
          severity: error
          \(rule.split(separator: "\n").joined(separator: "\n    "))
          metadata: {remediation: "fix it", \(metadata)}
          examples: {match: [x], ok: [y]}
      """
    let rules = try RulePack([PackSource(name: "p", bytes: Array(pack.utf8))]).rules
    let file = try SourceFile(path: path, content: Array(text.utf8))
    return FileScanner(rules: rules, today: today).scan(file)
  }

  private func places(_ findings: [Finding]) -> [String] {
    findings.map { "\($0.ruleID) \($0.location.line ?? 0):\($0.location.column ?? 0)" }
  }

  @Test("a match is told at its line and byte, about its first group")
  func place() throws {
    let finding = try #require(try scan("é\nab bad!\n", rule: "pattern-regex: 'b (bad)'").first)
    #expect(finding.location == Location(path: "a.py", line: 2, column: 4, endLine: 2, endColumn: 7))
    #expect(finding.message == "found bad")
    #expect(finding.snippet == "ab bad!")
  }

  @Test("patterns see one line at a time: anchors are the line's, and nothing matches across a line end")
  func lines() throws {
    #expect(try places(scan("ab\nab\n", rule: "pattern-regex: '^ab$'")) == ["test.rule 1:1", "test.rule 2:1"])
    #expect(try places(scan("ab\r\nab\r\n", rule: "pattern-regex: '^ab$'")) == ["test.rule 1:1", "test.rule 2:1"])
    #expect(try places(scan("x\nab\n", rule: "pattern-regex: '\\Aab\\z'")) == ["test.rule 2:1"])
    #expect(try scan("a\nb\n", rule: "pattern-regex: 'a\\s+b'").isEmpty)
  }

  @Test("a line of thousands of matches takes no quadratic time")
  func longLine() throws {
    let line = String(repeating: "bad ", count: 10_000)
    let rule = "pattern-either: [bad, 'a(d)', ' (b)', '( )']\npattern-not-regex: fine"
    let found = try scan(line, rule: rule)
    #expect(found.count == 20_000)
    #expect(found.allSatisfy { ($0.snippet ?? "").count == Snippet.limit + 1 })
  }

  @Test("thousands of suppressions in one line take no quadratic time")
  func longLineOfSuppressions() throws {
    let line = String(repeating: "/*auditor:ignore test.rule -- why*/ bad ", count: 2_000)
    let findings = try scan(line, path: "a.c", rule: "pattern-regex: bad")
    #expect(findings.count { $0.suppression?.reason == "why" } == 2_000)
    #expect(findings.count { $0.ruleID == "suppression.unused" } == 1_999)
  }

  @Test("no finding about a line shows a secret of it: not its neighbour's, not a path's, not a suppression's")
  func neighbours() throws {
    let pack = """
      rules:
        - {id: s, message: "found {match}", severity: error, pattern-regex: 'pw=(\\w+)', metadata: {remediation: r, redact: true}, examples: {match: [x], ok: [y]}}
        - {id: word, message: "word {match}", severity: note, pattern-regex: 'pw=\\w+', metadata: {remediation: r}, examples: {match: [x], ok: [y]}}
      """
    let rules = try RulePack([PackSource(name: "p", bytes: Array(pack.utf8))]).rules
    let text = "pw=hunter2 " + String(repeating: ".", count: 215) + " pw=swordfish  # auditor:ignore s\n"
    let findings = FileScanner(rules: rules, today: today).scan(try SourceFile(path: "a.py", content: Array(text.utf8)))
    #expect(Set(findings.map(\.ruleID)) == ["s", "word", "suppression.no-reason"])
    for finding in findings {
      let told = finding.message + (finding.snippet ?? "")
      #expect(!told.contains("hunter") && !told.contains("sword"), "\(finding.ruleID): \(told)")
    }
  }

  @Test("a long match is told by its beginning, and a secret in it not at all")
  func longMatch() throws {
    let pack = """
      rules:
        - {id: s, message: "found", severity: error, pattern-regex: 'pw=(\\w+)', metadata: {remediation: r, redact: true}, examples: {match: [x], ok: [y]}}
        - {id: word, message: "word {match}", severity: note, pattern-regex: '<.*>', metadata: {remediation: r}, examples: {match: [x], ok: [y]}}
      """
    let rules = try RulePack([PackSource(name: "p", bytes: Array(pack.utf8))]).rules
    for blanks in [0, 80, 92, 200, 6_000] {
      let text =
        "<" + String(repeating: ".", count: blanks) + "pw=hunter2" + String(repeating: "-", count: 9_000) + ">\n"
      let findings = FileScanner(rules: rules, today: today).scan(
        try SourceFile(path: "a.py", content: Array(text.utf8)))
      let word = try #require(findings.first { $0.ruleID == "word" })
      #expect(word.message.utf8.count < 120 && word.message.hasPrefix("word <"))
      #expect(!word.message.contains("hun"), "after \(blanks) bytes: \(word.message)")
    }
  }

  @Test("a secret is taken out of the part of a long line that is shown")
  func longSecret() throws {
    let rule = "pattern-regex: 'key=(\\w+)'"
    for blanks in [0, 230, 4_090, 5_000] {
      let text = String(repeating: " ", count: blanks) + "key=" + String(repeating: "s", count: 9_000) + " end"
      let finding = try #require(try scan(text, rule: rule, metadata: "redact: true").first)
      #expect(!(finding.snippet ?? "").contains("s"), "after \(blanks) blanks")
    }
  }

  @Test("'in' chooses between code, comment and string")
  func classes() throws {
    let text = "bad # bad\n'bad'\n"
    #expect(try places(scan(text, rule: "pattern-regex: 'bad'\nin: [comment]")) == ["test.rule 1:7"])
    #expect(try places(scan(text, rule: "pattern-regex: 'bad'\nin: [string]")) == ["test.rule 2:2"])
    #expect(try places(scan(text, rule: "pattern-regex: 'bad'\nin: [code]")) == ["test.rule 1:1"])
  }

  @Test("'pattern-not-regex', 'require-near' and 'entropy' narrow")
  func narrowing() throws {
    #expect(try scan("bad but fine\n", rule: "pattern-regex: bad\npattern-not-regex: fine").isEmpty)
    #expect(
      try scan("bad  # auditor:ignore test.rule fine\n", rule: "pattern-regex: bad\npattern-not-regex: fine").count == 2
    )
    let near = "pattern-regex: bad\nrequire-near: {pattern-regex: write, lines: 1}"
    #expect(try scan("bad\n\nwrite\n", rule: near).isEmpty)
    #expect(try scan("bad\nwrite\n", rule: near).count == 1)
    let entropy = "pattern-regex: 'key=(\\w+)'\nentropy: 3.0"
    #expect(try scan("key=aaaaaaaaaaaa\n", rule: entropy).isEmpty)
    #expect(try scan("key=q8Zt1vLx93Kd\n", rule: entropy).count == 1)
  }

  @Test("paths and languages decide where a rule applies")
  func scope() throws {
    let rule = "pattern-regex: bad\nlanguages: [python]\npaths: {exclude: ['tests/**']}"
    #expect(try scan("bad", path: "src/a.py", rule: rule).count == 1)
    #expect(try scan("bad", path: "src/a.go", rule: rule).isEmpty)
    #expect(try scan("bad", path: "tests/a.py", rule: rule).isEmpty)
  }

  @Test("a secret never leaves in clear: not in the message, not in the snippet")
  func redaction() throws {
    let pack = """
      rules:
        - {id: s, message: "found {match}", severity: error, pattern-regex: 'pw=(\\w+)', metadata: {remediation: r, redact: true}, examples: {match: [x], ok: [y]}}
      """
    let rules = try RulePack([PackSource(name: "p", bytes: Array(pack.utf8))]).rules
    let file = try SourceFile(path: "a.py", content: Array("  pw=hunter2 # pw\n".utf8))
    let finding = try #require(FileScanner(rules: rules, today: today).scan(file).first)
    #expect(finding.message == "found ***")
    #expect(finding.snippet == "pw=*** # pw")
  }

  @Test(
    "a suppression counts with a rule, a reason and a date that is not past",
    arguments: [
      ("bad  # auditor:ignore test -- why", true, ""),
      ("bad  # auditor:ignore test.rule -- why (until 2026-06-01)", true, ""),
      ("# auditor:ignore test -- why\nbad", true, ""),
      ("x = 1  # auditor:ignore test -- why\nbad", false, "suppression.unused"),
      ("bad  # auditor:ignore test", false, "suppression.no-reason"),
      ("bad  # auditor:ignore test -- why (until 2026-05-31)", false, "suppression.expired"),
      ("bad  # auditor:ignore test -- why (until soon)", false, "suppression.malformed-date"),
      ("bad  # auditor:ignore tset -- why", false, "suppression.unknown-rule"),
      ("bad  # auditor:ignore -- why", false, "suppression.unnamed"),
      ("bad  # the comment auditor:ignore test -- why is how", false, ""),
      ("bad = 'auditor:ignore test -- why'", false, ""),
    ])
  func suppressions(text: String, isSuppressed: Bool, complaint: String) throws {
    let findings = try scan(text, rule: "pattern-regex: '^bad'")
    let finding = try #require(findings.first { $0.ruleID == "test.rule" })
    #expect((finding.suppression != nil) == isSuppressed)
    #expect(findings.map(\.ruleID).filter { $0 != "test.rule" } == (complaint.isEmpty ? [] : [complaint]))
  }

  @Test("where variants of one family meet, only the gravest is told")
  func gravest() throws {
    let rules = try RulePack.builtIn().rules.filter { $0.family == "todo-critical" }
    let file = try SourceFile(
      path: "a.py", content: Array("# TODO: fsync\nfile.write(x)\n\n\n\n\n\n\n\n# TODO: colour\n".utf8))
    let found = FileScanner(rules: rules, today: today).scan(file).map { "\($0.location.line ?? 0) \($0.ruleID)" }
    #expect(found == ["1 todo-critical.marker", "10 todo-critical.elsewhere"])
  }

  @Test("a file that is too large or too deep for a check is told, where the check had something to look at")
  func notTakenApart() throws {
    let large = "assert True\n" + String(repeating: "# nothing\n", count: 120_000)
    let deep = "assert True\nx = " + String(repeating: "[", count: 300) + String(repeating: "]", count: 300) + "\n"
    for text in [large, deep] {
      let findings = try scan(text, rule: "check: constant-assertion\nlanguages: [python]")
      #expect(places(findings) == ["coverage.outline 1:1"])
      #expect(findings.first?.level == .warning)
      #expect(try scan("# " + text.dropFirst(11), rule: "check: constant-assertion\nlanguages: [python]").isEmpty)
    }
  }

  @Test("a fingerprint survives moved lines and blanks, and tells equal lines apart")
  func fingerprints() throws {
    let rule = "pattern-regex: bad"
    let before = try scan("bad(1)\nbad(2)\nbad(1)\n", rule: rule).map(\.fingerprint)
    let after = try scan("\n\n  bad( 1 )\nbad(2)\n\nbad(1)\n", rule: rule).map(\.fingerprint)
    #expect(before == after)
    #expect(Set(before).count == 3)
  }

  @Test("UTF-16 with a mark is read, a file with zero bytes is no text")
  func encodings() throws {
    let utf16: [UInt8] = [0xFF, 0xFE] + "bad".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try SourceFile(path: "a", content: utf16).bytes == Array("bad".utf8))
    #expect(throws: SourceFile.Refusal.binary) { try SourceFile(path: "a", content: [0x41, 0, 0x42]) }
  }
}
