import Formats
import Glibc
import Rules
import Testing

@testable import Reports

/// A folder for ledgers of one test, gone when the test is, and runs to put into them.
final class LedgerWorld {
  private let folder: String

  init() throws {
    var template = Array("/tmp/auditor-ledger-XXXXXX".utf8CString)
    folder = try #require(mkdtemp(&template).map { String(cString: $0) })
  }

  deinit {
    for name in names { unlink(path(name)) }
    rmdir(folder)
  }

  func path(_ name: String = "ledger.sqlite") -> String { "\(folder)/\(name)" }

  var names: [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name.0) { String(cString: $0) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  func bytes(_ name: String = "ledger.sqlite") throws -> [UInt8] {
    guard let file = fopen(path(name), "rb") else { throw Failed() }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece.prefix(count) }
    return bytes
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    let file = try #require(fopen(path(name), "wb"))
    defer { fclose(file) }
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }

  struct Failed: Error {}

  static func id(_ number: Int) throws -> ULID {
    try ULID(milliseconds: Int64(number), randomness: [UInt8](repeating: 7, count: 10).span)
  }

  /// A finding in a file of its own, which is its identity.
  static func finding(
    _ name: String, rule: String = "hard-path.home", _ level: Severity = .error, message: String = "m",
    waivedUntil: String? = nil
  ) -> Finding {
    Finding(
      ruleID: rule, level: level, message: message, location: Location(path: name, line: 3), snippet: "x",
      remediation: "r",
      suppression: waivedUntil.map { .init(kind: .waiver, reason: "known", until: $0, owner: "team@example.org") })
  }

  static func run(
    _ findings: [Finding] = [], at milliseconds: Int64 = 0, scope: Scope = Scope(.tree), isJudged: Bool = true
  ) -> AuditRun {
    AuditRun(
      tool: .init(name: "auditor", version: "1", rulePackDigest: String(repeating: "0", count: 64)),
      time: Timestamp(milliseconds: milliseconds), gitHead: nil, threshold: .error, rules: [], inputs: [],
      findings: findings, phases: [], gates: [], contracts: [],
      unevaluated: isJudged ? [] : [Unevaluated(area: .scan, location: Location(path: "x"), message: "unreadable")],
      coverage: Coverage(), scope: scope)
  }

  /// Records a run and answers what that came to.
  @discardableResult
  func record(_ run: AuditRun, target: String = "shop", phases: [LedgerRun.Phase] = []) throws -> LedgerEntry {
    let ledger = try Ledger.openOrMake(path(), id: Self.id(1))
    var row = try LedgerRun(run, target: target, id: Self.id(2), recorded: Timestamp(milliseconds: 5))
    row.phases = phases
    return try ledger.record(row, run.findings)
  }

  /// Rows of a question to the file.
  func rows(_ sql: String, _ name: String = "ledger.sqlite") throws -> [[SQLiteValue]] {
    let database = try SQLiteDatabase.open(path(name), .readWrite)
    var statement = try database.prepare(sql)
    var rows: [[SQLiteValue]] = []
    while try statement.step() { rows.append((0..<statement.columnCount).map { statement.value(at: $0) }) }
    return rows
  }
}
