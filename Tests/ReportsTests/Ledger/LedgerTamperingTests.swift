import Formats
import Rules
import Testing

@testable import Reports

@Suite("A ledger that was tampered with is found out")
struct LedgerTamperingTests {
  private let world: LedgerWorld
  private var original: [UInt8] { Self.original }

  /// A ledger of some runs of two targets; made once, for a test makes hundreds of copies.
  private static let original: [UInt8] = {
    do { return try make() } catch { return [] }
  }()

  private static func make() throws -> [UInt8] {
    let world = try LedgerWorld()
    for round in 0..<6 {
      let findings = (round..<round + 8).map { LedgerWorld.finding("src/\($0).py") }
      try world.record(
        LedgerWorld.run(findings, at: Int64(round) * 1_000), target: round.isMultiple(of: 2) ? "shop" : "bank",
        phases: [LedgerRun.Phase(phaseID: "OPS", verdict: "PROVEN", missingCount: 0)])
    }
    #expect(world.names == ["ledger.sqlite"])
    return try world.bytes()
  }

  init() throws {
    world = try LedgerWorld()
    try #require(!Self.original.isEmpty)
    try world.write(Self.original, to: "ledger.sqlite")
  }

  private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
  }

  /// What somebody does to the file with SQL.
  private func tampering(_ dice: inout Dice) throws -> String {
    let tables: [LedgerTable] = [.finding, .phase, .run]
    let table = tables[Int.random(in: 0..<tables.count, using: &dice)]
    let numbers = try world.rows("SELECT seq FROM \(table.rawValue)", "copy").compactMap { row in
      if case .integer(let number) = row[0] { number } else { nil }
    }
    let seq = numbers[Int.random(in: 0..<numbers.count, using: &dice)]
    let other = numbers.filter { $0 != seq }[Int.random(in: 0..<(numbers.count - 1), using: &dice)]
    let column = (table.columns + ["hash"])[Int.random(in: 0...table.columns.count, using: &dice)]
    let name = table.rawValue
    switch Int.random(in: 0..<9, using: &dice) {
    case 0: return "DELETE FROM \(name) WHERE seq = \(seq)"
    case 1: return "DELETE FROM \(name) WHERE seq >= \(seq)"
    case 2:
      return """
        UPDATE \(name) SET seq = -1 WHERE seq = \(seq); UPDATE \(name) SET seq = \(seq) WHERE seq = \(other);
        UPDATE \(name) SET seq = \(other) WHERE seq = -1
        """
    case 3: return "UPDATE \(name) SET seq = seq + 1000 WHERE seq = \(seq)"
    case 4:
      let columns = (table.columns + ["hash"]).joined(separator: ", ")
      return "INSERT INTO \(name)(seq, \(columns)) SELECT \(original.count), \(columns) FROM \(name) WHERE seq = \(seq)"
    case 5: return "UPDATE ledger SET row_count = row_count - 1"
    case 6: return "UPDATE ledger SET head = zeroblob(32)"
    case 7:
      return "UPDATE \(name) SET hash = (SELECT hash FROM \(name) WHERE seq = \(other)) WHERE seq = \(seq)"
    default:
      // A value of the same type that is another one.
      return """
        UPDATE \(name) SET \(column) = CASE typeof(\(column)) WHEN 'integer' THEN \(column) + 1 WHEN 'blob'
        THEN zeroblob(length(\(column)) + 1) WHEN 'text' THEN \(column) || 'x'
        ELSE (SELECT CASE type WHEN 'INTEGER' THEN 1 ELSE 'x' END FROM pragma_table_info('\(name)')
        WHERE name = '\(column)') END WHERE seq = \(seq)
        """
    }
  }

  @Test("rows that are edited, deleted, moved or added, and ends that are edited", arguments: 1...500)
  func rows(seed: Int) throws {
    var dice = Dice(state: UInt64(seed))
    try world.write(original, to: "copy")
    let script = try tampering(&dice)
    do {
      let database = try SQLiteDatabase.open(world.path("copy"), .readWrite)
      try database.execute(script)
    }
    let verdict = try Ledger.verify(world.path("copy"))
    #expect(verdict.firstBreak != nil, "\(script)")
  }

  @Test("the first broken link is named")
  func names() throws {
    _ = try world.rows("UPDATE finding SET message = 'harmless' WHERE seq = 5")
    let verdict = try Ledger.verify(world.path())
    #expect(verdict.firstBreak?.row == 5 && verdict.firstBreak?.table == "finding" && verdict.rowCount == 4)
    // Nothing more is added to what is known to be cut.
    _ = try world.rows("DELETE FROM run WHERE seq = (SELECT max(seq) FROM run)")
    #expect(throws: LedgerError.self) { try world.record(LedgerWorld.run()) }
  }

  @Test("a file that is cut short", arguments: 1...120)
  func truncated(seed: Int) throws {
    var dice = Dice(state: UInt64(seed) << 32)
    let length = Int.random(in: 0..<original.count, using: &dice)
    try world.write(Array(original.prefix(length)), to: "copy")
    let verdict = try? Ledger.verify(world.path("copy"))
    #expect(verdict?.firstBreak != nil || verdict == nil, "\(length) of \(original.count) bytes")
  }

  @Test("a byte that is changed is found out, or changes nothing of what is told", arguments: 1...200)
  func bytes(seed: Int) throws {
    var dice = Dice(state: UInt64(seed) << 40)
    var bytes = original
    let place = Int.random(in: 0..<bytes.count, using: &dice)
    bytes[place] ^= UInt8.random(in: 1...255, using: &dice)
    try world.write(bytes, to: "copy")
    guard let verdict = try? Ledger.verify(world.path("copy")), verdict.firstBreak == nil else { return }
    func exported(_ name: String) throws -> [UInt8] {
      let ledger = try Ledger.open(world.path(name))
      var bytes: [UInt8] = []
      _ = try ledger.export { bytes += $0 }
      return bytes
    }
    #expect(try exported("copy") == exported("ledger.sqlite"), "byte \(place)")
  }

  @Test(
    "tables, indices, views and triggers that are changed or added",
    arguments: [
      "DROP VIEW finding_history", "DROP INDEX run_by_target", "CREATE TABLE more(n)",
      "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM finding; END",
      "DROP VIEW finding_history; CREATE VIEW finding_history AS SELECT 'nothing' AS path",
    ])
  func schema(script: String) throws {
    _ = try SQLiteDatabase.open(world.path(), .readWrite).execute(script)
    #expect(try Ledger.verify(world.path()).firstBreak?.row == nil)
    #expect(try !Ledger.verify(world.path()).isIntact)
    #expect(throws: LedgerError.self) { try world.record(LedgerWorld.run()) }
  }
}
