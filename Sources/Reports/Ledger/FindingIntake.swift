import Formats
import Rules

/// Takes the findings of one run, one after the other, and adds a row for each that the ledger does not know as it is now.
package struct FindingIntake: ~Copyable {
  /// What is known of a finding of this target that is there.
  private struct Known {
    /// The row that says so.
    var seq: Int64 = 0
    var mark: UInt64 = 0
    var isSeen = false

    enum Change {
      case appeared, changed, none, twice
    }

    /// Notes that a finding is there in this run; `seq` is the row that would say so.
    mutating func see(_ mark: UInt64, seq: Int64) -> Change {
      if isSeen { return .twice }
      isSeen = true
      if self.seq == 0 {
        (self.seq, self.mark) = (seq, mark)
        return .appeared
      }
      if self.mark == mark { return .none }
      (self.seq, self.mark) = (seq, mark)
      return .changed
    }
  }

  /// How many of each the run has.
  struct Counts {
    var errors: Int64 = 0
    var warnings: Int64 = 0
    var notes: Int64 = 0
    var accepted: Int64 = 0
    var appeared: Int64 = 0
    var fixed: Int64 = 0
  }

  private static let error = Array("error".utf8)[...]
  private static let warning = Array("warning".utf8)[...]
  private static let found = Array("found".utf8)[...]
  private static let changed = Array("changed".utf8)[...]
  private static let fixed = Array("fixed".utf8)[...]

  private let run: Int64
  private var known: [LedgerFinding.Key: Known]
  private var insert: ChainedInsert
  private(set) var chain: LedgerChain
  private(set) var counts = Counts()
  /// The digest of what tells the run, where it is known only when all findings were read.
  package var reportSHA256: String?

  init(
    run: Int64, target: String, chain: LedgerChain, expecting count: Int, in database: borrowing SQLiteDatabase
  ) throws {
    var open = try Self.open(target: target, in: database)
    if open.isEmpty { open.reserveCapacity(count) }
    let insert = try ChainedInsert(.finding, in: database)
    self.run = run
    self.chain = chain
    self.insert = insert
    known = open
  }

  /// Records that a finding is there. One that is told twice counts once.
  package mutating func take(_ finding: borrowing LedgerFinding) throws {
    switch known[finding.key, default: Known()].see(finding.mark, seq: chain.count + 1) {
    case .twice: return
    case .none: break
    case .appeared:
      try add(finding, Self.found)
      if finding.accepted == nil { counts.appeared += 1 }
    case .changed: try add(finding, Self.changed)
    }
    if finding.accepted != nil {
      counts.accepted += 1
    } else if finding.level == Self.error {
      counts.errors += 1
    } else if finding.level == Self.warning {
      counts.warnings += 1
    } else {
      counts.notes += 1
    }
  }

  /// Records which of the known findings are gone, after all that are there were taken.
  mutating func close(in database: borrowing SQLiteDatabase) throws {
    let gone = known.filter { !$0.value.isSeen }.sorted { $0.value.seq < $1.value.seq }
    if gone.isEmpty { return }
    var old = try database.prepare("SELECT rule, level, path, accepted FROM finding WHERE seq = ?")
    for (key, state) in gone {
      try old.bind(state.seq, at: 1)
      guard try old.step() else { continue }
      let (rule, level, path) = (old.text(at: 0), old.text(at: 1), old.text(at: 2))
      if old.storage(at: 3) == .null { counts.fixed += 1 }
      old.reset()
      try begin(key, Self.fixed)
      for text in [rule, level, path] { try insert.text(text ?? "", &chain) }
      try insert.integer(nil, &chain)
      for _ in 0..<4 { try insert.text(nil as String?, &chain) }
      try insert.end(&chain)
    }
  }

  private mutating func add(_ finding: borrowing LedgerFinding, _ change: ArraySlice<UInt8>) throws(SQLiteError) {
    try begin(finding.key, change)
    try insert.text(finding.rule, &chain)
    try insert.text(finding.level, &chain)
    try insert.text(finding.path, &chain)
    try insert.integer(finding.line, &chain)
    try insert.text(finding.message, &chain)
    try insert.text(finding.accepted, &chain)
    try insert.text(finding.until, &chain)
    try insert.text(finding.owner, &chain)
    try insert.end(&chain)
  }

  private mutating func begin(_ key: LedgerFinding.Key, _ change: ArraySlice<UInt8>) throws(SQLiteError) {
    try insert.begin(&chain)
    try insert.integer(run, &chain)
    try insert.text(change, &chain)
    try insert.blob(key.bytes.span, &chain)
  }

  /// The findings of a target that were there when it was last looked at.
  private static func open(
    target: String, in database: borrowing SQLiteDatabase
  ) throws -> [LedgerFinding.Key: Known] {
    var known: [LedgerFinding.Key: Known] = [:]
    // The rows of a run stand together, right before the run's own.
    var rows = try database.prepare(
      """
      SELECT f.seq, f.change, f.fingerprint, f.level, f.accepted, f.until, f.owner FROM run r JOIN finding f
      ON f.seq BETWEEN r.first_seq AND r.seq WHERE r.target = ? ORDER BY f.seq
      """)
    try rows.bind(target, at: 1)
    while try rows.step() {
      guard let key = rows.withBytes(at: 2, { LedgerFinding.Key(bytes: $0) }) else { continue }
      if rows.text(at: 1) == "fixed" {
        known[key] = nil
        continue
      }
      func bytes(_ column: Int) -> ArraySlice<UInt8>? { rows.text(at: column).map { Array($0.utf8)[...] } }
      known[key] = Known(
        seq: rows.rawInteger(at: 0), mark: LedgerFinding.mark(bytes(3) ?? [], bytes(4), bytes(5), bytes(6)),
        isSeen: false)
    }
    return known
  }
}
