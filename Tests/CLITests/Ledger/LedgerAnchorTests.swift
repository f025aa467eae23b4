import Formats
import Testing

/// An anchor tells what a chain alone cannot: that a ledger was made anew, or set back.
@Suite struct LedgerAnchorTests {
  private static let ledger = "../audits.sqlite"

  /// A repository whose audits were recorded and anchored, and once more recorded.
  private func workspace(_ anchor: [String]) throws -> Workspace {
    let workspace = try Workspace(Sample.project(source: Sample.badSource))
    _ = try workspace.commit()
    let made = try workspace.start(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "../key", "-C", "test"])
    try #require(made.status == 0, "\(made)")
    let key = String(decoding: try workspace.bytes(of: "../key.pub"), as: UTF8.self)
    try workspace.put(.file("keeper@example.org \(key)"), at: "../signers")
    _ = try workspace.run("audit", "--ledger", Self.ledger)
    try workspace.put(.bytes(try workspace.bytes(of: Self.ledger)), at: "../early.sqlite")
    _ = try workspace.run("audit", "--ledger", Self.ledger)
    let anchored = try workspace.run(
      ["ledger", "anchor", "--ledger", Self.ledger] + anchor, environment: Self.person)
    #expect(anchored.status == 0, "\(anchored)")
    _ = try workspace.run("audit", "--ledger", Self.ledger)
    return workspace
  }

  /// Git wants to know who writes a note.
  private static let person = [
    "GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "user.name", "GIT_CONFIG_VALUE_0": "Keeper",
    "GIT_CONFIG_KEY_1": "user.email", "GIT_CONFIG_VALUE_1": "keeper@example.org",
  ]

  @Test(
    arguments: [
      (["--sign", "../key", "--out", "../anchor"], ["--anchor", "../anchor", "--allowed-signers", "../signers"]),
      (["--git-note"], ["--git-note"]),
    ])
  func `a ledger that grew since holds, one that was set back or made anew does not`(
    anchor: [String], check: [String]
  ) throws {
    let workspace = try workspace(anchor)
    func verify() throws -> Outcome { try workspace.run(["ledger", "verify", "--ledger", Self.ledger] + check) }
    let grown = try verify()
    #expect(grown.status == 0 && grown.output.contains("HOLDS"), "\(grown)")

    // An older copy, whose chain is whole.
    let whole = try workspace.bytes(of: Self.ledger)
    try workspace.put(.bytes(try workspace.bytes(of: "../early.sqlite")), at: Self.ledger)
    let early = try verify()
    #expect(early.status == 1 && early.output.contains("INTACT") && early.output.contains("rows then"), "\(early)")

    // The same ledger with a row changed and every link made anew.
    try workspace.put(.bytes(whole), at: Self.ledger)
    try forge("\(workspace.enclosure)/audits.sqlite")
    let forged = try verify()
    #expect(forged.status == 1 && forged.output.contains("INTACT"), "\(forged)")
    #expect(forged.output.contains("has another link"), "\(forged)")
  }

  @Test func `a note that was asked for and is not there is told`() throws {
    let workspace = try workspace(["--sign", "../key"])
    let outcome = try workspace.run("ledger", "verify", "--ledger", Self.ledger, "--git-note")
    #expect(outcome.status == 2 && outcome.output.contains("no git note"), "\(outcome)")
  }

  @Test func `an anchor that nobody known signed does not hold`() throws {
    let workspace = try workspace(["--sign", "../key", "--out", "../anchor"])
    try workspace.put("", at: "../signers")
    let outcome = try workspace.run(
      "ledger", "verify", "--ledger", Self.ledger, "--anchor", "../anchor", "--allowed-signers", "../signers")
    #expect(outcome.status == 1 && outcome.output.contains("REFUSED"), "\(outcome)")
  }

  /// Does what somebody could do who knows how the chain is made: docs/ledger.md says so.
  private func forge(_ path: String) throws {
    let tables = ["finding", "phase", "gate", "run", "signoff"]
    let database = try SQLiteDatabase.open(path, .readWrite)
    try database.execute("UPDATE finding SET level = 'note' WHERE seq = 1")
    guard case .text(let id)? = try database.value(of: "SELECT id FROM ledger"),
      case .integer(let count)? = try database.value(of: "SELECT row_count FROM ledger")
    else { throw Forging() }
    func big(_ value: UInt64, _ byteCount: Int) -> [UInt8] {
      (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }
    func sized(_ type: UInt8, _ bytes: [UInt8]) -> [UInt8] { [type] + big(UInt64(bytes.count), 4) + bytes }
    func integer(_ value: Int64) -> [UInt8] { [1] + big(UInt64(bitPattern: value), 8) }
    var link = SHA256.digest(sized(3, Array("auditor ledger 1".utf8)) + sized(3, Array(id.utf8))).bytes
    for seq in 1...count {
      for table in tables {
        var rows = try database.prepare("SELECT * FROM \(table) WHERE seq = \(seq)")
        guard try rows.step() else { continue }
        var bytes = link + sized(3, Array(table.utf8)) + integer(Int64(rows.columnCount - 1))
        for column in 0..<(rows.columnCount - 1) {
          switch rows.value(at: column) {
          case .null: bytes += [0]
          case .integer(let value): bytes += integer(value)
          case .real(let value): bytes += [2] + big(value.bitPattern, 8)
          case .text(let value): bytes += sized(3, Array(value.utf8))
          case .blob(let value): bytes += sized(4, value)
          }
        }
        link = SHA256.digest(bytes).bytes
        rows.reset()
        var update = try database.prepare("UPDATE \(table) SET hash = ? WHERE seq = \(seq)")
        try update.bind(link, at: 1)
        try update.run()
      }
    }
    var end = try database.prepare("UPDATE ledger SET head = ?")
    try end.bind(link, at: 1)
    try end.run()
  }

  private struct Forging: Error {}
}
