import Formats
import Rules
import Testing

@testable import Reports

@Suite("A ledger keeps what happened to findings")
struct LedgerTests {
  private let world: LedgerWorld

  init() throws { world = try LedgerWorld() }

  private func finding(_ name: String, waivedUntil: String? = nil, _ level: Severity = .error) -> Finding {
    LedgerWorld.finding(name, level, waivedUntil: waivedUntil)
  }

  private var changes: [String] {
    get throws {
      try world.rows("SELECT run, change, path FROM finding ORDER BY seq").map { row in
        guard case .integer(let run) = row[0], case .text(let change) = row[1], case .text(let path) = row[2] else {
          return "?"
        }
        return "\(run) \(change) \(path)"
      }
    }
  }

  @Test("what is new, what changed and what is gone gets a row, what stays gets none")
  func life() throws {
    let first = try world.record(
      LedgerWorld.run([finding("a"), finding("b"), finding("c", waivedUntil: "2030-01-01")]))
    #expect(first.number == 1 && first.appeared == 2 && first.open == 2 && first.fixed == 0)
    let second = try world.record(LedgerWorld.run([finding("b"), finding("c"), finding("d")], at: 1_000))
    #expect(second.number == 2 && second.appeared == 1 && second.fixed == 1 && second.open == 3)
    let third = try world.record(LedgerWorld.run([finding("a"), finding("b", .note)], at: 2_000))
    #expect(third.appeared == 1 && third.fixed == 2 && third.open == 2)
    #expect(
      try changes == [
        "1 found a", "1 found b", "1 found c", "2 changed c", "2 found d", "2 fixed a", "3 found a", "3 changed b",
        "3 fixed c", "3 fixed d",
      ])
    #expect(try Ledger.verify(world.path()).isIntact)
  }

  @Test("the view tells first seen, last seen and fixed")
  func history() throws {
    try world.record(LedgerWorld.run([finding("a"), finding("b")], at: 1_000))
    try world.record(LedgerWorld.run([finding("a"), finding("b")], at: 2_000))
    try world.record(LedgerWorld.run([finding("a")], at: 3_000))
    try world.record(LedgerWorld.run([finding("b")], at: 9_000), target: "other")
    #expect(
      try world.rows("SELECT target, path, first_seen, last_seen, fixed FROM finding_history ORDER BY target, path")
        == [
          [.text("other"), .text("b"), .integer(9_000), .integer(9_000), .null],
          [.text("shop"), .text("a"), .integer(1_000), .integer(3_000), .null],
          [.text("shop"), .text("b"), .integer(1_000), .integer(2_000), .integer(3_000)],
        ])
  }

  @Test("a run that did not look at everything fixes nothing")
  func partial() throws {
    try world.record(LedgerWorld.run([finding("a"), finding("b")]))
    for run in [
      LedgerWorld.run([finding("a")], scope: Scope(.diff)), LedgerWorld.run([finding("c")], isJudged: false),
    ] {
      #expect(try world.record(run).fixed == 0)
    }
    #expect(try world.record(LedgerWorld.run([finding("a")])).fixed == 2)
  }

  @Test("a report says the same as the run that it tells, as JSON and as lines")
  func reports() throws {
    let run = LedgerWorld.run([
      finding("a\u{0}\"\\\u{202E}"), finding("b", waivedUntil: "2030-01-01"), finding("c", .note),
    ])
    let direct = try world.record(run)
    let report = try JSON.read(AuditReportJSON(run).bytes())
    let ledger = try Ledger.openOrMake(world.path("other.sqlite"), id: LedgerWorld.id(1))
    let row = try LedgerRun(report: report, target: "shop", id: LedgerWorld.id(2), recorded: Timestamp(milliseconds: 5))
    let told = try ledger.record(row) { try $0.take(findingsOf: report) }
    #expect(told == direct)

    var lines = Array("{\"first\": \"line\"}\n".utf8)
    for finding in run.findings {
      var json = JSONWriter(.compact)
      json.finding(finding)
      json.newline()
      lines += json.takeBytes()
    }
    let third = try Ledger.openOrMake(world.path("lines.sqlite"), id: LedgerWorld.id(1))
    let streamed = try third.record(row, expecting: 100_000) { intake in
      var reader = FindingLines()
      try reader.take(lines, 0..<lines.count, into: &intake)
    }
    #expect(streamed == direct)
    #expect(try Ledger.verify(world.path("lines.sqlite")).isIntact)
  }

  @Test("what is no finding is refused with its line, and nothing of the run is kept")
  func malformed() throws {
    try world.record(LedgerWorld.run([finding("a")]))
    let before = try Ledger.verify(world.path())
    for line in [
      "[]", "{\"rule_id\": \"x\"}", "nonsense",
      "{\"rule_id\":\"x\",\"level\":\"fatal\",\"path\":\"p\",\"message\":\"m\",\"fingerprint\":\"\(String(repeating: "a", count: 32))\"}",
      "{\"rule_id\":\"x\",\"level\":\"note\",\"path\":\"p\",\"message\":\"m\",\"fingerprint\":\"short\"}",
    ] {
      let ledger = try Ledger.open(world.path())
      let row = try LedgerRun(
        LedgerWorld.run(), target: "shop", id: LedgerWorld.id(3), recorded: Timestamp(milliseconds: 0))
      let lines = Array("{}\n\(line)\n".utf8)
      var said = ""
      do {
        _ = try ledger.record(row) { intake in
          var reader = FindingLines()
          try reader.take(lines, 0..<lines.count, into: &intake)
        }
      } catch { said = "\(error)" }
      #expect(said.hasPrefix("line 2: "), "\(line): \(said)")
    }
    #expect(try Ledger.verify(world.path()) == before)
  }

  @Test("an export has a line a row, and ends where the chain is broken")
  func export() throws {
    try world.record(LedgerWorld.run([finding("a\n\u{1B}[2J"), finding("b")]))
    func lines() throws -> [Value] {
      let ledger = try Ledger.open(world.path())
      var bytes: [UInt8] = []
      _ = try ledger.export { bytes += $0 }
      return try bytes.split(separator: 0x0A).map { try JSON.read(Array($0)) }
    }
    let whole = try lines()
    #expect(whole.compactMap { $0["table"]?.text } == ["finding", "finding", "run"])
    #expect(whole[1]["path"]?.text == "a\n\u{1B}[2J" && whole[3]["seq"]?.integer == 3)
    _ = try world.rows("UPDATE finding SET message = 'other' WHERE seq = 2")
    #expect(try lines().count == 2)
  }

  @Test("a file that is no ledger, or of a newer auditor, is refused and left as it is")
  func others() throws {
    try world.write(
      Array(
        "no database at all, and longer than a header of SQLite would be: \(String(repeating: "x", count: 99))".utf8),
      to: "text")
    _ = try SQLiteDatabase.open(world.path("plain"), .readWriteCreate).execute("CREATE TABLE t(n)")
    try world.record(LedgerWorld.run())
    _ = try world.rows("PRAGMA user_version=99")
    for name in ["text", "plain", "ledger.sqlite", "absent"] {
      let before = try? world.bytes(name)
      #expect(throws: LedgerError.self) { _ = try Ledger.verify(world.path(name)) }
      let after = try? world.bytes(name)
      #expect(after == before)
    }
  }
}
